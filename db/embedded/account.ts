import { chmodSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Who runs the server. Postgres refuses to run as root, so root borrows an account without rights; anybody else
 * runs it as themselves.
 */
export type Account = {
  readonly name: string;
  /** Set only where we are root and act for somebody else. */
  readonly as: { readonly uid: number; readonly gid: number } | null;
};

/** Accounts without rights that root may borrow, best first. */
const candidates = ['postgres', 'nobody'];

/** What Linux gives an account that is in no list. */
const NOBODY = 65_534;

/** Ourselves; or, for root, the owner of the data that is already at `folder`, else an account without rights. */
export function accountFor(folder: string): Account {
  if (process.getuid?.() !== 0) return { name: '', as: null };
  const owner = existsSync(folder) ? statSync(folder) : null;
  if (owner && owner.uid !== 0)
    return { name: String(owner.uid), as: { uid: owner.uid, gid: owner.gid } };
  return borrowed(readFileSync('/etc/passwd', 'utf8'));
}

function borrowed(passwd: string): Account {
  const rows = passwd.split('\n').map((line) => line.split(':'));
  const row = candidates.flatMap((name) => rows.filter((fields) => fields[0] === name))[0];
  const as = { uid: Number(row?.[2] ?? NOBODY), gid: Number(row?.[3] ?? NOBODY) };
  return { name: row?.[0] ?? 'nobody', as };
}

/**
 * Whether the account may pass through every folder down to `folder`, by the permission bits. Folders that are not there
 * yet will be made by us and count as open.
 */
function canReach(account: Account, folder: string): boolean {
  const { as } = account;
  if (!as) return true;
  const open = (path: string): boolean => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return true;
    if (stat.uid === as.uid) return (stat.mode & 0o100) !== 0;
    return (stat.mode & (stat.gid === as.gid ? 0o010 : 0o001)) !== 0;
  };
  return ancestors(resolve(folder)).every(open);
}

/**
 * Whether the account can work under this path: it may go there, and `pg_ctl` can name it to the shell by which it starts
 * the server (it puts double quotes around paths and looks no further).
 */
export const canUse = (account: Account, path: string): boolean =>
  canReach(account, path) && !/["$`\\\n]/.test(path);

const ancestors = (path: string): readonly string[] =>
  path === dirname(path) ? [path] : [path, ...ancestors(dirname(path))];

/** Gives `path` to the account, with the given permission bits. */
export function ownedBy(account: Account, path: string, mode: number): void {
  if (account.as) chownSync(path, account.as.uid, account.as.gid);
  chmodSync(path, mode);
}
