/** The frame of every page for whoever is not in the chat, with its style and its icon. No script, nothing inline, for a phone. Pure. */
import { type Html, html } from './markup.ts';
import { inLanguage, type Language, type Words } from './words.ts';

/** A page of its own, in one language, that no search engine keeps. */
export const outsidePage = (title: Words, language: Language, body: Html): Html =>
  html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${inLanguage(title, language)}</title>
        <link rel="stylesheet" href="/vendor.css" />
        <link rel="icon" href="/vendor.svg" />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;

/** The only style of these pages; a file of its own, since the policy allows nothing inline. */
export const outsideStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 32rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; }
dl { display: grid; grid-template-columns: 4rem 1fr; gap: 0.25rem 0.5rem; }
dt { font-weight: 600; } dd { margin: 0; white-space: pre-line; }
label { display: block; margin-top: 1rem; font-weight: 600; }
textarea, input { width: 100%; box-sizing: border-box; font: inherit; }
.buttons { display: flex; gap: 1rem; }
button, .buttons a { flex: 1; min-height: 3rem; font: inherit; font-weight: 600; border: 0; border-radius: 0.5rem; background: #1456f0; color: #fff; text-align: center; line-height: 3rem; text-decoration: none; padding: 0; }
.good { color: #1a7f37; } .bad { color: #c0262d; }
@media (prefers-color-scheme: dark) { .good { color: #4ac26b; } .bad { color: #ff8182; } }
.says { font-size: 1.5rem; font-weight: 600; }
.quiet { font-size: 0.875rem; }
.standing { font-size: 1.5rem; font-weight: 600; margin: 0.5rem 0; }
.ways { list-style: none; margin: 1rem 0; padding: 0; }
.ways li { border-top: 1px solid #8884; padding: 0.75rem 0; }
.ways .says { font-size: 1.25rem; margin: 0.25rem 0; }
.ways p { margin: 0; }
`;

/** Their icon, which browsers ask for anyway. */
export const outsideIcon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1456f0"/></svg>';
