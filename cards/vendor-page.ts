/** The page of a firm from outside: what is broken and where, and two things to say. Plain HTML, no script, for a phone. */
import { type Html, html } from './markup.ts';
import { outsidePage as page } from './outside-page.ts';
import { inLanguage, type Language, type Words, words } from './words.ts';

export type VendorPage = {
  readonly company: string;
  readonly number: string;
  readonly vendor: string;
  readonly place: string;
  readonly object: string;
  readonly problem: string;
  readonly model?: string;
  /** When it was said; null: not yet. */
  readonly arrived: Words | null;
  readonly done: Words | null;
  readonly until: Words;
  /** Where its form is sent. */
  readonly action: string;
  /** What has just happened, or why it did not. */
  readonly told?: { readonly text: Words; readonly good: boolean };
};

const NOT_YET = words('还没有', 'Not yet');
const ARRIVED = words('到场', 'Arrived');
const DONE = words('完成', 'Done');

export function vendorPage(model: VendorPage, language: Language): Html {
  const say = (zh: string, en: string): string => inLanguage(words(zh, en), language);
  const title = words(`维修单 ${model.number}`, `Repair ${model.number}`);
  const { told } = model;
  return page(
    title,
    language,
    html`<h1>${inLanguage(title, language)}</h1>
      <p>${model.company} → ${model.vendor}</p>
      ${told && html`<p role="status" class="${told.good ? 'good' : 'bad'}">${inLanguage(told.text, language)}</p>`}
      <dl>
        <dt>${say('地点', 'Where')}</dt>
        <dd>${model.place}</dd>
        <dt>${say('物品', 'What')}</dt>
        <dd>${model.object}</dd>
        ${
          model.model !== undefined &&
          html`<dt>${say('型号', 'Model')}</dt>
            <dd>${model.model}</dd>`
        }
        <dt>${say('问题', 'Problem')}</dt>
        <dd>${model.problem}</dd>
        <dt>${inLanguage(ARRIVED, language)}</dt>
        <dd>${inLanguage(model.arrived ?? NOT_YET, language)}</dd>
        <dt>${inLanguage(DONE, language)}</dt>
        <dd>${inLanguage(model.done ?? NOT_YET, language)}</dd>
      </dl>
      <form method="post" action="${model.action}" enctype="multipart/form-data">
        <label for="note">${say('说明（可不填）', 'Note (optional)')}</label>
        <textarea id="note" name="note" rows="3" maxlength="200"></textarea>
        <label for="photo">${say('照片（可不选）', 'Photo (optional)')}</label>
        <input id="photo" name="photo" type="file" accept="image/*" />
        <p class="buttons">
          <button name="act" value="arrived">${inLanguage(ARRIVED, language)}</button
          ><button name="act" value="done">${inLanguage(DONE, language)}</button>
        </p>
      </form>
      <p class="quiet">
        ${say(
          `链接有效到 ${model.until.zh}。请勿转发给无关的人。`,
          `The link is good until ${model.until.en}. Please pass it on to nobody else.`,
        )}
      </p>`,
  );
}

/** The link is good no more, or is none of ours: one sentence, and whom to ask. */
export function vendorOverPage(why: Words, language: Language): Html {
  const title = words('链接已失效', 'This link is not valid');
  const ask = words(
    '需要的话请联系派单给您的人。',
    'If you need it, please ask whoever sent it to you.',
  );
  return page(
    title,
    language,
    html`<h1>${inLanguage(title, language)}</h1>
      <p>${inLanguage(why, language)}</p>
      <p>${inLanguage(ask, language)}</p>`,
  );
}

/** The page behind the code on a label: how to report that asset in the chat. */
export function reportPage(
  model: {
    readonly number: string;
    readonly says: string;
    /** Opens the bot's chat, or the simulator with the sentence written. */
    readonly link: string | null;
  },
  language: Language,
): Html {
  const say = (zh: string, en: string): string => inLanguage(words(zh, en), language);
  const { number, says, link } = model;
  return page(
    words(`报修 ${number}`, `Report ${number}`),
    language,
    html`<h1>${say(`${number} 坏了？`, `Is ${number} broken?`)}</h1>
      <p>${say('对办事机器人说：', 'Tell the office’s bot:')}</p>
      <p class="says">${says}</p>
      <p>
        ${say(
          `后面加一句什么问题，例如「${says} 卡纸」。`,
          `Add what is wrong with it, such as “${says} paper jam”.`,
        )}
      </p>
      ${link !== null && html`<p class="buttons"><a href="${link}">${say('打开办事', 'Open the chat')}</a></p>`}`,
  );
}
