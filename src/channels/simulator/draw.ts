import { cardHtml } from '../../../cards/html.ts';
import { type Html, html } from '../../../cards/markup.ts';
import { dayText } from '../../../cards/times.ts';
import { inLanguage, type Language } from '../../../cards/words.ts';
import type { SimulatorBody } from '../../../db/tables.ts';
import type { MessageEvent } from './protocol.ts';
import type { SimulatorMessage } from './store.ts';
import { pageTexts } from './texts.ts';

/** How the page reads: its language, and the office's zone for days and times. */
export type Reader = { readonly language: Language; readonly zone: string };

/** Where a picture is fetched, by our id or the office's attachment number. */
const fileUrl = (file: string): string => `/simulator/files/${encodeURIComponent(file)}`;

/** A stored message as the page shows it. */
export function drawMessage(message: SimulatorMessage, reader: Reader): MessageEvent {
  const at = message.created_at.toZonedDateTimeISO(reader.zone);
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return {
    id: message.id,
    person: message.person,
    place: message.place,
    change: message.change,
    direction: message.direction,
    day: inLanguage(dayText(at.toPlainDate()), reader.language),
    html: html`<div class="message message-${message.direction}" id="${message.id}">
      ${quoteHtml(message.body)}${bodyHtml(message.id, message.body, reader)}
      <p class="foot">
        <time datetime="${message.created_at.toString()}">${time}</time>
        ${message.direction === 'out' && replyHtml(message.body, reader)}
      </p>
    </div>`.html,
  };
}

/** What a message is about, in a few words: a card's title, else how its text begins. */
const about = (body: SimulatorBody, reader: Reader): string => {
  const language = read(body, reader);
  const text = 'card' in body ? body.card.title : 'words' in body ? body.words : body.text;
  const said = typeof text === 'string' ? text : inLanguage(text, language);
  return said.length > 24 ? `${said.slice(0, 23)}…` : said;
};

/** Answers this very message; the script keeps what it is about above the line where one writes. */
const replyHtml = (body: SimulatorBody, reader: Reader): Html => {
  const what = about(body, reader);
  const label = inLanguage(pageTexts.reply, reader.language);
  return html`<button
    type="button"
    class="reply"
    data-reply="${what}"
    aria-label="${label}：${what}"
  >
    ${label}
  </button>`;
};

/** What a message answers; the script writes it out of the message with that id. */
const quoteHtml = (body: SimulatorBody): Html =>
  'text' in body && body.repliesTo !== undefined
    ? html`<p class="quoted" data-replies-to="${body.repliesTo}"></p>`
    : html``;

/** Who was written to in English reads English, also on a Chinese page. */
const read = (body: SimulatorBody, reader: Reader): Language =>
  'language' in body && body.language === 'en' ? 'en' : reader.language;

function bodyHtml(id: string, body: SimulatorBody, reader: Reader): Html {
  if ('card' in body) return cardHtml(body.card, { language: read(body, reader), id, fileUrl });
  if ('words' in body)
    return html`<p class="bubble">${inLanguage(body.words, read(body, reader))}</p>`;
  return html`${body.text && html`<p class="bubble">${body.text}</p>`}${body.files.map(
    (file) =>
      html`<a class="picture" href="${fileUrl(file.id)}" target="_blank" rel="noopener"
        ><img src="${fileUrl(file.id)}" alt="${file.name}" loading="lazy"
      /></a>`,
  )}`;
}
