import { type Html, html } from '../../../cards/markup.ts';
import { inLanguage, type Language, type Words } from '../../../cards/words.ts';
import { byDepartment, pagePeople } from './people.ts';
import type { PagePerson, PageSetup, PageTexts } from './protocol.ts';
import type { Simulator } from './simulator.ts';
import { clockSteps, pageTexts, scriptTexts } from './texts.ts';

type Say = (text: Words) => string;

/** The page at `/` in one language: everything that does not change; the script fills in chats and time. */
export function pageHtml(simulator: Simulator, language: Language): Html {
  const say: Say = (text) => inLanguage(text, language);
  const people = pagePeople(simulator.demo, language);
  const setup: PageSetup = { language, zone: simulator.zone, people, texts: scriptTextsIn(say) };
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${say(pageTexts.title)}</title>
        <link rel="icon" href="/simulator/styles/icon.svg" />
        <link rel="stylesheet" href="/simulator/styles/base.css" />
        <link rel="stylesheet" href="/simulator/styles/page.css" />
        <link rel="stylesheet" href="/simulator/styles/chat.css" />
        <link rel="stylesheet" href="/simulator/styles/card.css" />
        <script type="module" src="/simulator/browser/main.ts"></script>
      </head>
      <body data-setup="${JSON.stringify(setup)}">
        <a class="skip" href="#panes">${say(pageTexts.skip)}</a>
        ${topHtml(simulator, language, say)}
        <main class="office">
          ${railHtml(people, say)}
          <div class="panes" id="panes" tabindex="-1">
            <div class="switch" role="group" aria-label="${say(pageTexts.switchPane)}">
              ${showHtml('left', say)} ${showHtml('right', say)}
            </div>
            ${paneHtml('left', people, say)} ${paneHtml('right', people, say)}
          </div>
        </main>
        <p class="away" role="alert" hidden>
          ${say(pageTexts.away)} <button type="button">${say(pageTexts.retry)}</button>
        </p>
        <div class="toasts" role="status"></div>
        ${dialogHtml(say)} ${chatTemplate(simulator, say)}
      </body>
    </html>`;
}

const scriptTextsIn = (say: Say): PageTexts => ({
  notSent: say(scriptTexts.notSent),
  notDone: say(scriptTexts.notDone),
  tooMany: say(scriptTexts.tooMany),
  chooseOne: say(scriptTexts.chooseOne),
  clockMoved: say(scriptTexts.clockMoved),
  resetDone: say(scriptTexts.resetDone),
});

function topHtml(simulator: Simulator, language: Language, say: Say): Html {
  const company = simulator.demo.departments.find((each) => each.parent === undefined)?.name;
  const other = language === 'zh' ? 'en' : 'zh';
  return html`<header class="top">
    <h1>
      <span class="logo" aria-hidden="true">办</span>${say(pageTexts.name)}
      <small>${company}</small>
    </h1>
    <div class="clock" role="group" aria-label="${say(pageTexts.clock)}">
      <p><span class="clock-label">${say(pageTexts.clockNow)}</span> <time id="clock"></time></p>
      <button
        type="button"
        class="quiet clock-open"
        aria-expanded="false"
        aria-controls="clock-steps"
      >
        ${say(pageTexts.clockForward)}
      </button>
      <div class="clock-steps" id="clock-steps">
        ${clockSteps.map(({ step, label }) => html`<button type="button" data-forward="${step}">${say(label)}</button>`)}
      </div>
    </div>
    <div class="tools">
      <button type="button" class="quiet side-by-side" aria-pressed="true">
        ${say(pageTexts.sideBySide)}
      </button>
      <a
        class="quiet"
        id="language"
        href="/?language=${other}"
        lang="${other === 'zh' ? 'zh-CN' : 'en'}"
        >${say(pageTexts.otherLanguage)}</a
      >
      <button
        type="button"
        class="quiet"
        id="reset"
        data-confirm-title="${say(pageTexts.resetTitle)}"
        data-confirm-text="${say(pageTexts.resetText)}"
      >
        ${say(pageTexts.reset)}
      </button>
    </div>
  </header>`;
}

const railHtml = (people: readonly PagePerson[], say: Say): Html =>
  html`<nav class="people" aria-label="${say(pageTexts.people)}">
    ${[...byDepartment(people)].map(
      ([department, members]) =>
        html`<h2>${department}</h2>
          <ul>
            ${members.map((person) => html`<li>${personHtml(person, say)}</li>`)}
          </ul>`,
    )}
  </nav>`;

const personHtml = (person: PagePerson, say: Say): Html =>
  html`<button type="button" data-person="${person.id}">
    <span class="avatar tint-${tint(person.id)}" aria-hidden="true">${initials(person.name)}</span>
    <span class="who"><b>${person.name}</b> <small>${person.title}</small></span>
    <span class="dot" hidden>${say(pageTexts.newMessage)}</span>
  </button>`;

/** 「陈晨」 → 晨; "Chen Chen" → C. */
const initials = (name: string): string =>
  /\p{Script=Han}/u.test(name) ? name.slice(-1) : name.slice(0, 1);

/** One of six colours, the same for a person on every page. */
const tint = (id: string): number => Buffer.from(id).reduce((sum, byte) => sum + byte, 0) % 6;

function paneHtml(side: 'left' | 'right', people: readonly PagePerson[], say: Say): Html {
  const label = say(side === 'left' ? pageTexts.playing : pageTexts.playingRight);
  const name = say(side === 'left' ? pageTexts.leftPane : pageTexts.rightPane);
  return html`<section class="pane" data-side="${side}" aria-label="${name}">
    <header class="pane-head">
      <label for="person-${side}">${label}</label>
      <select id="person-${side}" autocomplete="off">
        ${[...byDepartment(people)].map(
          ([department, members]) =>
            html`<optgroup label="${department}">
              ${members.map((person) => html`<option value="${person.id}">${[person.name, department, person.title].filter(Boolean).join(' · ')}</option>`)}
            </optgroup>`,
        )}
      </select>
    </header>
    <div class="slot"></div>
  </section>`;
}

/** Brings a pane to the front where there is room for one only. */
const showHtml = (side: 'left' | 'right', say: Say): Html =>
  html`<button type="button" data-show="${side}">
    <span></span><i class="dot" hidden>${say(pageTexts.newMessage)}</i>
  </button>`;

const dialogHtml = (say: Say): Html =>
  html`<dialog class="confirm" aria-labelledby="confirm-title" aria-describedby="confirm-text">
    <form method="dialog">
      <h2 id="confirm-title"></h2>
      <p id="confirm-text"></p>
      <div class="buttons">
        <button class="button button-plain" value="no">${say(pageTexts.back)}</button>
        <button class="button button-primary" value="yes">${say(pageTexts.confirm)}</button>
      </div>
    </form>
  </dialog>`;

/** One chat; the script makes one for each person who is opened, and keeps it while others are looked at. */
function chatTemplate(simulator: Simulator, say: Say): Html {
  const chips = simulator.examples.map(
    (example) => html`<li><button type="button" data-example>${example}</button></li>`,
  );
  return html`<template id="chat">
    <div class="chat">
      <div class="log" role="log" tabindex="0" aria-label="${say(pageTexts.log)}"></div>
      <div class="empty">
        <h2>${say(pageTexts.emptyTitle)}</h2>
        <p>${say(pageTexts.emptyText)}</p>
      </div>
      <ul class="chips" aria-label="${say(pageTexts.examples)}">
        ${chips}
      </ul>
      <form class="composer">
        <p class="failed" role="alert" hidden></p>
        <div class="answering" hidden>
          <span>${say(pageTexts.replying)} <b></b></span
          ><button type="button" class="quiet">${say(pageTexts.noReply)}</button>
        </div>
        <div class="attached" hidden>
          <span></span><button type="button" class="quiet">${say(pageTexts.removePictures)}</button>
        </div>
        <label class="attach" title="${say(pageTexts.picture)}">
          <input
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            multiple
            aria-label="${say(pageTexts.picture)}"
          />
          <span aria-hidden="true"></span>
        </label>
        <textarea
          rows="1"
          maxlength="10000"
          aria-label="${say(pageTexts.compose)}"
          placeholder="${say(pageTexts.compose)}"
        ></textarea>
        <button class="button button-primary">${say(pageTexts.send)}</button>
      </form>
    </div>
  </template>`;
}
