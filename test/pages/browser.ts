import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser on this machine: CHROME_PATH, or one in the usual places. */
const browserPath: string | undefined = [
  process.env['CHROME_PATH'],
  ...(process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path && existsSync(path));

/** Without a browser the pages cannot be tested: told, not hidden, and a mistake where a machine has to have one. */
export function browserOrReason(): string | null {
  if (browserPath) return null;
  const reason = 'pages are not tested: no Chromium or Chrome was found (CHROME_PATH)';
  if (process.env['CI'] === 'true') throw new Error(reason);
  console.warn(reason);
  return reason;
}

export type TestBrowser = {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
};

/** A browser with a profile of its own. */
export async function openBrowser(options: {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  /** What its person reads; English unless told. */
  readonly locale?: string;
}): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'office-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath ?? '',
    headless: true,
    viewport: { width: options.width, height: options.height },
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A page at an address, which collects every complaint of the browser: errors, refused scripts and styles. */
export async function openPage(
  { context }: TestBrowser,
  url: string,
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
  });
  await page.goto(url);
  return { page, complaints };
}
