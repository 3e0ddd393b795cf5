/** A sheet of labels to print: each with its code, four to a row, none cut by the end of a page. Pure. */
import { type Html, html } from './markup.ts';

/** One label. `code`: the QR code as SVG of ours; `name` stands large under it, `lines` small. */
export type Label = {
  readonly code: Html;
  readonly name: string;
  readonly lines: readonly string[];
};

/** The whole page, printable as it is; it loads nothing. */
export const labelSheet = (title: string, labels: readonly Label[]): Html =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          body {
            font:
              12px/1.4 system-ui,
              sans-serif;
            margin: 8mm;
            color: #000;
            background: #fff;
          }
          main {
            display: grid;
            grid-template-columns: repeat(auto-fill, minmax(42mm, 1fr));
            gap: 4mm;
          }
          article {
            border: 1px dashed #888;
            padding: 2mm;
            text-align: center;
            break-inside: avoid;
          }
          svg {
            width: 30mm;
            height: 30mm;
          }
          b {
            display: block;
            font-size: 14px;
          }
          p {
            margin: 0;
            overflow-wrap: anywhere;
          }
        </style>
      </head>
      <body>
        <main>
          ${labels.map(
            ({ code, name, lines }) =>
              html`<article>
                ${code}
                <b>${name}</b>
                ${lines.map((each) => html`<p>${each}</p>`)}
              </article> `,
          )}
        </main>
      </body>
    </html> `;
