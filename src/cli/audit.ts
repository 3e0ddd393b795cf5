import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import type { Head } from '../audit/chain.ts';
import { readAuditKey } from '../audit/key.ts';
import { type Verdict, verifyRecord } from '../audit/verify.ts';
import { exit, line, say, UsageError } from './command.ts';
import { Stop } from '../stop.ts';
import { withOffice } from './opened.ts';

/** `audit verify [--anchor PLACE:HASH]…`: entries, head, and OK or the first broken entry with exit code 1. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { anchor: { type: 'string', multiple: true, default: [] } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'verify') {
    throw new UsageError('audit verify [--anchor PLACE:HASH]');
  }
  const anchors = values.anchor.map(anchorOf);
  return told(
    await withOffice(({ config, office }) => {
      const key = readAuditKey(config.dataDir);
      if (!key)
        throw new Stop(
          `${config.dataDir}/audit.key: 没有这个密钥文件；请放回原来的文件 | there is no key`,
        );
      return verifyRecord(office.db, key, anchors);
    }),
  );
}

function anchorOf(text: string): Head {
  const parts = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (!parts) throw new UsageError(`--anchor: 应为 “序号:64 位十六进制”，不是 “${text}”`);
  return { place: Number(parts[1]), hash: parts[2] ?? '' };
}

function told(verdict: Verdict): number {
  if (verdict.ok) {
    const { entries, sealed, head } = verdict;
    say(words(`记录 ${entries} 条，已封存 ${sealed} 条`, `${entries} entries, ${sealed} sealed`));
    line(`封条 head ${head.place}:${head.hash || '-'}`);
    say(words('OK 未发现改动', 'OK, nothing was altered'));
    return exit.ok;
  }
  const { place, seq } = verdict.firstBroken;
  const which = `#${place ?? '-'} (seq ${seq ?? '-'})`;
  say(
    words(
      `第一条有问题的记录 ${which}：${verdict.why.zh}`,
      `first broken entry: ${verdict.why.en}`,
    ),
  );
  return exit.finding;
}
