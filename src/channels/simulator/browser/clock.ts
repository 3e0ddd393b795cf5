import type { ClockEvent, ClockStep } from '../protocol.ts';
import { all, need } from './dom.ts';
import { moveClock } from './office.ts';
import { setup } from './setup.ts';
import { showToast } from './toasts.ts';

const locale = setup.language === 'zh' ? 'zh-CN' : 'en-GB';

/** 「11月21日周六 17:46」 in the office's zone. */
const format = new Intl.DateTimeFormat(locale, {
  timeZone: setup.zone,
  month: 'short',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The office's clock on the page, and the buttons that move it. `set` takes what the server's clock shows. */
export function createClock(): { readonly set: (clock: ClockEvent) => void } {
  const time = need(document, '#clock', HTMLTimeElement);
  let ahead = 0; // of this machine's clock, in milliseconds
  const show = (): void => {
    const now = new Date(Date.now() + ahead);
    time.dateTime = now.toISOString();
    time.textContent = format.format(now);
  };
  const set = (clock: ClockEvent): void => {
    ahead = clock.now - Date.now();
    show();
  };
  setInterval(show, 5_000);
  const open = need(document, '.clock-open', HTMLButtonElement);
  open.addEventListener('click', () => {
    open.ariaExpanded = String(open.ariaExpanded !== 'true');
  });
  for (const button of all(document, '[data-forward]', HTMLButtonElement))
    button.addEventListener('click', () => void forward(button, set));
  return { set };
}

const steps: readonly ClockStep[] = ['15m', '1h', '4h', '1d', 'to 09:00 next workday'];

async function forward(button: HTMLButtonElement, set: (clock: ClockEvent) => void): Promise<void> {
  const step = steps.find((each) => each === button.dataset['forward']);
  if (step === undefined || button.ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  try {
    const clock = await moveClock(step);
    set(clock);
    showToast('info', `${setup.texts.clockMoved} ${format.format(clock.now)}`);
  } catch {
    showToast('error', setup.texts.notDone); // the server says nothing more to people, and the button is there again
  } finally {
    button.ariaBusy = null;
  }
}
