/** A new app is connected by somebody who knows nothing but what `setup feishu` says: from nothing granted to the first card. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CommandLine, commandLine } from '../cli/command-line.ts';
import { feishuVariables, openFeishuOffice } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';

/** What the guide says to be pasted and added. */
function toDo(out: string): {
  readonly scopes: readonly string[];
  readonly names: readonly string[];
} {
  const pasted: unknown = JSON.parse(/^\{[\s\S]*?^\}/m.exec(out)?.[0] ?? 'null');
  const { scopes } = pasted as { readonly scopes: { readonly tenant: readonly string[] } };
  const steps = out.slice(out.indexOf('订阅事件：'));
  return {
    scopes: scopes.tenant,
    names: [...steps.matchAll(/^ +- (\S+)/gm)].map((each) => each[1] ?? ''),
  };
}

const faults = (out: string): readonly string[] =>
  out.split('\n').filter((line) => /^[!✘]/.test(line));

async function besides(office: Awaited<ReturnType<typeof openFeishuOffice>>): Promise<CommandLine> {
  const line = await commandLine(office.app.db);
  mkdirSync(join(line.folder, 'data'));
  writeFileSync(join(line.folder, 'data', 'audit.key'), '00'.repeat(32));
  return line;
}

test.each(['websocket', 'webhook'] as const)(
  'a new app, over %s: the lists are pasted, a version is published, the doctor is content, a card comes',
  async (transport) => {
    // `setup` is a process of its own, on the machine's clock
    const start = Temporal.Now.instant().subtract({ seconds: 15 });
    const office = await openFeishuOffice({ transport, published: false, start });
    onTestFinished(() => office.stop());
    const { feishu } = office;
    const line = await besides(office);
    const setup = (): Promise<{ readonly code: number | null; readonly out: string }> =>
      line.run(['setup', 'feishu', '--write'], {
        env: { ...feishuVariables(feishu), PUBLIC_URL: new URL(office.url).origin },
      });

    const first = await setup();
    expect(first.code).toBe(1);
    expect(first.out).toContain('创建并发布版本');
    const { scopes, names } = toDo(first.out);
    for (const scope of scopes) feishu.console.grant(scope);
    for (const name of names) feishu.console.subscribe(name);
    if (transport === 'webhook')
      expect(await feishu.challenges('saved')).toMatchObject({ got: 'answer', status: 200 });

    // Clicked, but not published: nothing has changed
    expect(faults((await setup()).out)).toEqual(faults(first.out));
    await feishu.says(idOf('陈晨'), '帮助');
    expect(office.sees('陈晨')).toEqual([]);

    feishu.console.publish();
    const second = await setup();
    expect(faults(second.out)).toEqual([]);
    expect(second.code).toBe(0);

    // The directory is read within the minute, now that it may be
    office.later({ seconds: 30 });
    await office.tick();
    await office.says('陈晨', '明天下午3点到5点订个10人的会议室');
    expect(office.last('陈晨')).toContain('会议室');
    await office.taps('陈晨', '提交');
    expect(office.sees('陈晨').join('\n')).toContain('ROOM-');

    // From here on the doctor has `.env` alone
    const { out, code } = await line.run(['doctor'], {
      env: {
        FEISHU_BASE_URL: feishu.baseUrl,
        PUBLIC_URL: new URL(office.url).origin,
        SIMULATOR: 'off',
      },
    });
    expect(faults(out)).toEqual([]);
    expect(code).toBe(0);
    expect(out).toContain('收到过消息 1、点击 1');
  },
);
