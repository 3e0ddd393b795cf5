import { type Html, html } from '../../cards/markup.ts';
import { inLanguage, type Language, words } from '../../cards/words.ts';
import type { Trouble } from './answers.ts';

const HOME = words('回到首页', 'Go to the start page');
const NUMBER = words('编号', 'Number');

/** A small page for people: what happened, why, what next; for our own faults the number to tell the administrator. */
export const errorPage = (trouble: Trouble, language: Language, request: string): Html =>
  html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${inLanguage(trouble.what, language)}</title>
      </head>
      <body>
        <main>
          <h1>${inLanguage(trouble.what, language)}</h1>
          <p>${inLanguage(trouble.why, language)}</p>
          <p>${inLanguage(trouble.next, language)}</p>
          ${trouble.status >= 500 && html`<p>${inLanguage(NUMBER, language)}: <code>${request}</code></p>`}
          <p><a href="/">${inLanguage(HOME, language)}</a></p>
        </main>
      </body>
    </html>`;
