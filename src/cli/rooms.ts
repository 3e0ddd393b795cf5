import { labelSheet } from '../../cards/label-sheet.ts';
import { doorLink, doorSentences } from '../requests/room/door.ts';
import { Stop } from '../stop.ts';
import { outOf, printLabels, qrOf } from './labels.ts';
import { withOffice } from './opened.ts';

/** `rooms qr [--out FILE]`: a page of labels for the doors, one for each room in use. */
export async function run(args: readonly string[]): Promise<number> {
  const out = outOf(args, 'rooms');
  const page = await withOffice(async ({ config, rules, office }) => {
    const rooms = await office.db
      .selectFrom('room')
      .select(['name', 'floor', 'capacity', 'door'])
      .where('active', '=', true)
      .orderBy('floor')
      .orderBy('name')
      .execute();
    if (rooms.length === 0)
      throw new Stop(
        '还没有会议室；请先 import rooms 文件 | there are no rooms yet: import rooms FILE first',
      );
    const labels = rooms.map((room) => ({
      code: qrOf(doorLink(config.publicUrl, room, rules)),
      name: room.name,
      lines: [
        `${room.floor}楼 · ${room.capacity} 人`,
        `扫一扫，或对办事说「${doorSentences(room.name, rules).checkIn}」`,
      ],
    }));
    return labelSheet(`${rules.company} 会议室门牌 | Door labels`, labels);
  });
  return printLabels(page, out);
}
