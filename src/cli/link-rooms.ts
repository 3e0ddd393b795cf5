/** `import rooms --from feishu`: finds which of our rooms are meeting rooms of Feishu, by name. */
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { DeliveryFault, type MeetingRoom } from '../channels/channel.ts';
import { createFeishuChannel } from '../channels/feishu/index.ts';
import type { FeishuConfig } from '../config.ts';
import { linkToFeishu } from '../requests/room/import.ts';
import { systemClock } from '../time/clock.ts';
import { exit, line, say } from './command.ts';
import { Stop } from '../stop.ts';
import { withOffice } from './opened.ts';

/**
 * Links rooms of the same name or alias. Those of Feishu that we do not have are printed as lines of rooms.csv, to be completed: it does
 * not know floors as we say them.
 */
export const linkRooms = (): Promise<number> =>
  withOffice(async ({ config, office }) => {
    if (!config.feishu)
      throw new Stop(
        '没有配置飞书，请先设 FEISHU_APP_ID 和 FEISHU_APP_SECRET | Feishu is not set up',
      );
    const found = await roomsOf(config.feishu);
    const { linked, unknown } = await inWork(
      office,
      { actor: 'system', cause: 'cli:import rooms' },
      (work) => linkToFeishu(work, found),
    );
    say(
      words(
        `飞书有 ${found.length} 间会议室，${linked} 间新关联`,
        `${found.length} rooms in Feishu, ${linked} linked now`,
      ),
    );
    if (unknown.length === 0) return exit.ok;
    say(
      words(
        `${unknown.length} 间没有同名的，补全后可作为 rooms.csv 导入：`,
        `${unknown.length} we do not have; complete these lines and import them:`,
      ),
    );
    line('名称,楼层,容量,设备,需审批,飞书会议室');
    for (const { id, name, capacity } of unknown)
      line(`${cell(name)},,${capacity || ''},,否,${id}`);
    return exit.ok;
  });

const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Rooms that are in use there. */
async function roomsOf(feishu: FeishuConfig): Promise<readonly MeetingRoom[]> {
  const channel = await createFeishuChannel({
    ...feishu,
    now: () => systemClock().now(),
    log: () => undefined, // what goes wrong ends the command
  });
  try {
    const rooms = (await channel.meetingRooms?.()) ?? [];
    return rooms.filter(({ enabled }) => enabled);
  } catch (error) {
    if (!(error instanceof DeliveryFault)) throw error;
    const hint = error.code === '99991672' ? '，请开通权限 vc:room:readonly 并发版本' : '';
    throw new Stop(`飞书没有给会议室列表（${error.code}）${hint} | Feishu does not list its rooms`);
  } finally {
    await channel.close();
  }
}
