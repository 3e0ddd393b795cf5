import { test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
const log: string[] = [];
async function talk(person: string, ...lines: string[]) {
  for (const line of lines) {
    const before = (await office.sees(person)).length;
    if (line.startsWith('#')) { const [l, a] = line.slice(1).split('|'); try { const r = await office.taps(person, l!, a ? JSON.parse(a) : {}); log.push(`>> ${person} taps ${line}: ${r.toast}`);} catch (e) { log.push(String(e)); } }
    else if (line.startsWith('@')) { const [to, t] = line.slice(1).split('|'); try { await office.replies(person, to!, t!); } catch (e) { log.push(String(e)); } log.push(`>> ${person} replies ${line}`); }
    else { await office.says(person, line); log.push(`>> ${person}: ${line}`); }
    const after = await office.sees(person);
    log.push(...(after.length > before ? after.slice(before) : [`(no new; last:) ${after.at(-1)}`]));
  }
}
const scripts: string[][] = JSON.parse((await import('node:fs')).readFileSync('/tmp/l4-scripts.json', 'utf8'));
test('scratch', { timeout: 120_000 }, async () => {
  office = await openOffice();
  for (const [person, ...lines] of scripts) await talk(person!, ...lines);
  const rows = await office.app.db.selectFrom('misreading').selectAll().execute();
  (await import('node:fs')).writeFileSync('/tmp/l4-out.txt', log.join('\n') + '\n' + JSON.stringify(rows, null, 1));
  await office.stop();
});
