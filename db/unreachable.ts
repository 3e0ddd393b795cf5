import { exitCodes, StartRefusal } from '../src/start-refusal.ts';
import type { Secret } from '../src/secret.ts';

/** Errors after which a person must mend something; by SQLSTATE, or by the code Node gives. */
const reasons: { readonly [code: string]: string } = {
  '28P01': '用户名或密码不对',
  '28000': '服务器不接受这个用户或这种连接方式（pg_hba.conf）',
  '3D000': '这个数据库不存在，请先创建',
  '42501': '此用户权限不够',
  ENOTFOUND: '找不到这台主机',
  ERR_INVALID_URL: '地址写错了，应为 postgres://用户:密码@主机:5432/库名',
};

/** Errors that may pass by themselves. */
const passing: { readonly [code: string]: string } = {
  ECONNREFUSED: '没有服务在听，请先启动数据库',
  ENOENT: '套接字文件不存在，请先启动数据库',
  ECONNRESET: '连接被断开',
  ETIMEDOUT: '没有应答',
  EAI_AGAIN: '域名解析暂时失败',
  EHOSTUNREACH: '主机不可达',
  ENETUNREACH: '网络不可达',
  '57P03': '数据库正在启动或恢复',
  '53300': '连接数已满',
};

/** What went wrong while opening the database, as one line without its password. */
export function refusalOf(error: unknown, url: Secret): StartRefusal {
  if (error instanceof StartRefusal) return error;
  const code = codeOf(error);
  const lasting = reasons[code];
  const why = lasting ?? passing[code] ?? (code || '没有应答');
  return new StartRefusal(
    `DATABASE_URL: 连不上数据库 ${addressOf(url)}：${why}`,
    lasting ? exitCodes.configuration : exitCodes.unavailable,
    error,
  );
}

/** Host, port and database of a connection string, never its user or password. */
function addressOf(url: Secret): string {
  const parsed = URL.parse(url.reveal().replace('@/', '@localhost/'));
  if (!parsed) return '（地址无法解析）';
  const host = parsed.searchParams.get('host') ?? parsed.host;
  return `${host || 'localhost'}${parsed.pathname}`;
}

/** The code of an error; of several tries (IPv6, then IPv4) the last one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
