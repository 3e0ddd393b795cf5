/** The page of a firm from outside: what is broken and where, and two things to say. Plain HTML, no script, for a phone. */
import { type Html, html } from './markup.ts';

export type VendorPage = {
  readonly company: string;
  readonly number: string;
  readonly vendor: string;
  readonly place: string;
  readonly object: string;
  readonly problem: string;
  readonly model?: string;
  /** When it was said, in words; null: not yet. */
  readonly arrived: string | null;
  readonly done: string | null;
  readonly until: string;
  /** Where its form is sent. */
  readonly action: string;
  /** What has just happened, or why it did not. */
  readonly told?: { readonly text: string; readonly good: boolean };
};

const page = (title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/vendor.css" />
        <link rel="icon" href="/vendor.svg" />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;

export const vendorPage = (model: VendorPage): Html =>
  page(
    `维修单 ${model.number}`,
    html`<h1>维修单 ${model.number}</h1>
      <p>${model.company} → ${model.vendor}</p>
      ${model.told && html`<p role="status" class="${model.told.good ? 'good' : 'bad'}">${model.told.text}</p>`}
      <dl>
        <dt>地点</dt>
        <dd>${model.place}</dd>
        <dt>物品</dt>
        <dd>${model.object}</dd>
        ${
          model.model !== undefined &&
          html`<dt>型号</dt>
            <dd>${model.model}</dd>`
        }
        <dt>问题</dt>
        <dd>${model.problem}</dd>
        <dt>到场</dt>
        <dd>${model.arrived ?? '还没有'}</dd>
        <dt>完成</dt>
        <dd>${model.done ?? '还没有'}</dd>
      </dl>
      <form method="post" action="${model.action}" enctype="multipart/form-data">
        <label for="note">说明（可不填）</label>
        <textarea id="note" name="note" rows="3" maxlength="200"></textarea>
        <label for="photo">照片（可不选）</label>
        <input id="photo" name="photo" type="file" accept="image/*" />
        <p class="buttons">
          <button name="act" value="arrived">到场</button
          ><button name="act" value="done">完成</button>
        </p>
      </form>
      <p class="quiet">链接有效到 ${model.until}。请勿转发给无关的人。</p>`,
  );

/** The link is good no more, or is none of ours: one sentence, and whom to ask. */
export const vendorOverPage = (why: string): Html =>
  page(
    '链接已失效',
    html`<h1>链接已失效</h1>
      <p>${why}</p>
      <p>需要的话请联系派单给您的人。</p>`,
  );

/** The page behind the code on a label: how to report that asset in the chat. */
export const reportPage = (model: {
  readonly number: string;
  readonly says: string;
  /** Opens the bot's chat, or the simulator with the sentence written. */
  readonly link: string | null;
}): Html =>
  page(
    `报修 ${model.number}`,
    html`<h1>${model.number} 坏了？</h1>
      <p>对办事机器人说：</p>
      <p class="says">${model.says}</p>
      <p>后面加一句什么问题，例如「${model.says} 卡纸」。</p>
      ${model.link !== null && html`<p class="buttons"><a href="${model.link}">打开办事</a></p>`}`,
  );

/** The only style of these pages; a file of its own, since the policy allows nothing inline. */
export const vendorStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
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
`;

/** Their icon, which browsers ask for anyway. */
export const vendorIcon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1456f0"/></svg>';
