/** The page behind the code at a room's door: what is in it, whether it is free, and three things to say. Pure; nobody's name, no subject. */
import { type Html, html } from './markup.ts';
import { outsidePage } from './outside-page.ts';
import { enumerated, inLanguage, type Language, type Words, words } from './words.ts';

/** How a room stands now. `until`: when that ends, `HH:MM`; null: not today. */
export type DoorStanding = {
  readonly standing: 'free' | 'taken' | 'closed';
  readonly until: string | null;
};

/** A sentence for the bot, and the link that opens its chat, where there is one. */
export type DoorWay = { readonly says: string; readonly link: string | null };

export type DoorPage = DoorStanding & {
  readonly name: string;
  readonly floor: string;
  readonly capacity: number;
  readonly equipment: readonly string[];
  /** What of it does not work now. */
  readonly faulty: readonly string[];
  readonly checkIn: DoorWay;
  readonly fault: DoorWay;
  /** Only while it is free. */
  readonly take?: DoorWay;
};

export function doorPage(model: DoorPage, language: Language): Html {
  const say = (zh: string, en: string): string => inLanguage(words(zh, en), language);
  const things = enumerated(model.equipment)[language];
  const faulty = enumerated(model.faulty)[language];
  const way = (what: string, { says, link }: DoorWay): Html =>
    html`<li>
      <p>${what}</p>
      <p class="says">${says}</p>
      ${link !== null && html`<p class="buttons"><a href="${link}">${say('打开办事', 'Open the chat')}</a></p>`}
    </li>`;
  return outsidePage(
    words(model.name, model.name),
    language,
    html`<h1>${model.name}</h1>
      <p>
        ${say(
          `${model.floor}楼 · ${model.capacity} 人`,
          `floor ${model.floor} · seats ${model.capacity}`,
        )}${things !== '' && html` · ${things}`}
      </p>
      ${faulty !== '' && html`<p class="bad">${say(`维修中：${faulty}`, `Being repaired: ${faulty}`)}</p>`}
      <p class="standing ${model.standing === 'free' ? 'good' : 'bad'}" role="status">
        ${inLanguage(standingText(model), language)}
      </p>
      <p>${say('对办事机器人说：', 'Tell the office’s bot:')}</p>
      <ul class="ways">
        ${model.take && way(say('现在要用', 'Take it now'), model.take)}
        ${way(say('订了这里，来签到', 'Check in to your meeting here'), model.checkIn)}
        ${way(say('设备坏了', 'Something is broken'), model.fault)}
      </ul>`,
  );
}

function standingText({ standing, until }: DoorStanding): Words {
  switch (standing) {
    case 'free':
      return until === null
        ? words('空着，今天没有别的预订', 'Free for the rest of the day')
        : words(`空着，到 ${until}`, `Free until ${until}`);
    case 'taken':
      return until === null
        ? words('有预订，今天没有空了', 'Booked for the rest of the day')
        : words(`有预订，${until} 空出来`, `Booked, free from ${until}`);
    case 'closed':
      return until === null
        ? words('今天停用', 'Closed for the rest of the day')
        : words(`停用，${until} 开放`, `Closed until ${until}`);
    default:
      return standing satisfies never;
  }
}
