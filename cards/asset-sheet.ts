/** The sheet of labels to print: each asset with its code, four to a row, none cut by the end of a page. */
import { type Html, html } from './markup.ts';

/** One label. `code`: the QR code as SVG of ours; `says`: what a person says to report it without scanning. */
export type AssetLabel = {
  readonly number: string;
  readonly name: string;
  readonly place: string;
  readonly code: Html;
  readonly says: string;
};

/** The whole page, printable as it is; it loads nothing. */
export const assetSheet = (company: string, labels: readonly AssetLabel[]): Html =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${company} 资产标签 | Asset labels</title>
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
            ({ number, name, place, code, says }) =>
              html`<article>
                ${code}
                <b>${number}</b>
                <p>${name} · ${place}</p>
                <p>坏了扫一扫，或对办事说「${says}」</p>
              </article> `,
          )}
        </main>
      </body>
    </html> `;
