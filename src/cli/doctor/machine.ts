import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { words } from '../../../cards/words.ts';
import type { Config } from '../../config.ts';
import { codeOf } from '../../stop.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

/** Below these shares and bytes of free disk there is too little room for a working day. */
const LOW = { warning: 0.1, error: 0.05, bytes: 500 * 1024 * 1024 };

/** Whether DATA_DIR can be written and has room. */
export async function disk({ dataDir }: Config): Promise<readonly Finding[]> {
  try {
    await access(dataDir, constants.W_OK);
    const { bavail, blocks, bsize } = await statfs(dataDir);
    return [room(bavail * bsize, bavail / Math.max(blocks, 1))];
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      return [well(`${dataDir} 还不存在，首次启动时创建`, 'DATA_DIR will be made')];
    return [
      wrong(
        words(`DATA_DIR ${dataDir} 写不了（${codeOf(error)}）`, 'DATA_DIR cannot be written'),
        words(
          '改正目录的所有者和权限，或换一个 DATA_DIR',
          'mend its owner and permissions, or choose another',
        ),
      ),
    ];
  }
}

function room(bytes: number, share: number): Finding {
  const free = `${(bytes / 1024 ** 3).toFixed(1)} GB（${Math.round(share * 100)}%）`;
  const mend = words(
    '清理磁盘或换更大的盘；写满后什么都记不下来',
    'free some space: on a full disk nothing can be recorded',
  );
  if (bytes < LOW.bytes || share < LOW.error)
    return wrong(words(`磁盘只剩 ${free}`, 'the disk is nearly full'), mend);
  if (share < LOW.warning) return warning(words(`磁盘剩 ${free}`, 'the disk fills up'), mend);
  return well(`磁盘剩 ${free}`, 'there is room on the disk');
}

/** Settings that are allowed and still unwise together. */
export function together({ simulator, feishu }: Config): readonly Finding[] {
  if (!simulator || !feishu) return [];
  return [
    warning(
      words(
        '模拟器与飞书同时开着：打开网页的人可以扮演任何人',
        'the simulator is on beside Feishu: anybody can act as anybody',
      ),
      words('正式环境设 SIMULATOR=off', 'set SIMULATOR=off'),
    ),
  ];
}
