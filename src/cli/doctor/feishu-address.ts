import { words } from '../../../cards/words.ts';
import { addressAnswers, type AddressAnswer } from '../../channels/feishu/index.ts';
import type { Config } from '../../config.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

/** The webhook's public address: whether there is one, and whether it answers, as far as that is seen from this machine. Not asked of the long connection. */
export async function publicAddress({ feishu, publicUrl }: Config): Promise<readonly Finding[]> {
  const { encryptKey, verificationToken } = feishu ?? {};
  if (feishu?.transport !== 'webhook' || !encryptKey || !verificationToken) return [];
  if (!publicUrl) return [NO_ADDRESS];
  const url = `${publicUrl}/feishu/events`;
  const shape = ofAddress(publicUrl, feishu.baseUrl);
  if (shape) return [shape];
  return [ofAnswer(url, await addressAnswers(url, { encryptKey, verificationToken }))];
}

const NO_ADDRESS = warning(
  words('没有设 PUBLIC_URL，无法检查请求地址', 'PUBLIC_URL is not set: the address is not checked'),
  words(
    '在 .env 写上飞书访问本程序的地址，如 PUBLIC_URL=https://office.example.com；没有公网地址就用 FEISHU_TRANSPORT=websocket',
    'set PUBLIC_URL to the address under which the platform reaches us; without one use FEISHU_TRANSPORT=websocket',
  ),
);

/** What is wrong with an address before it is asked. Two on one machine or network, as in trials, may do without names and HTTPS. */
export function ofAddress(publicUrl: string, baseUrl: string): Finding | undefined {
  const address = new URL(publicUrl);
  if (isNear(new URL(baseUrl))) return undefined;
  if (isNear(address))
    return wrong(
      words(
        `PUBLIC_URL ${publicUrl} 是内网地址，飞书访问不到`,
        `PUBLIC_URL is an address that the platform cannot reach`,
      ),
      words(
        '换成公网能访问的 https 地址；没有就用 FEISHU_TRANSPORT=websocket（长连接）',
        'use a public https address, or FEISHU_TRANSPORT=websocket',
      ),
    );
  if (address.protocol === 'https:') return undefined;
  return warning(
    words(`PUBLIC_URL ${publicUrl} 不是 https`, 'PUBLIC_URL is not https'),
    words(
      '在反向代理上配证书，改用 https；“事件与回调”里的两个请求地址也要改',
      'get a certificate for the proxy and use https, also for both request addresses in the console',
    ),
  );
}

/** Names and addresses that mean something on this machine or in this network only. */
const isNear = ({ hostname }: URL): boolean =>
  hostname === 'localhost' ||
  hostname === '[::1]' ||
  /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\./.test(hostname) ||
  /\.(local|lan|internal)$/.test(hostname);

/** The platform gives our answer to its challenge so long, ms (platform notes §1.1). */
const CHALLENGE_MS = 1_000;

function ofAnswer(url: string, answer: AddressAnswer): Finding {
  switch (answer.kind) {
    case 'ours':
      return answer.ms <= CHALLENGE_MS
        ? well(
            `${url} 有应答（从本机看；飞书能否访问，以后台保存地址的结果为准）`,
            'the address answers, seen from this machine',
          )
        : warning(
            words(
              `${url} 应答用了 ${answer.ms} 毫秒，飞书只等 1 秒（从本机看）`,
              `the address took ${answer.ms} ms to answer, and the platform waits 1 s`,
            ),
            words('检查反向代理和机器的负载', 'see the proxy and how busy the machine is'),
          );
    case 'refused':
      return wrong(
        words(
          `${url} 拒绝了用 .env 的密钥做的验证（401，从本机看）`,
          'the address refuses a challenge made with the keys of .env (401)',
        ),
        words(
          '改过 FEISHU_ENCRYPT_KEY 或 FEISHU_VERIFICATION_TOKEN 就重启程序；没改过，则这个地址后面是另一个程序',
          'restart the program after a change of the keys; else another program is behind this address',
        ),
      );
    case 'other':
      return wrong(
        words(
          `${url} 答了 HTTP ${answer.status}，不是本程序的应答（从本机看）`,
          `the address answered HTTP ${answer.status}, and not as our program does`,
        ),
        words(
          '把反向代理的 /feishu/events 和 /feishu/cards 转到本程序，原样转发、不要跳转；502、503 是程序没在跑',
          'forward /feishu/events and /feishu/cards to the program, unchanged and without redirects; 502 and 503: the program does not run',
        ),
      );
    case 'silent':
      return wrong(
        words(
          `${url} 访问不到（${answer.code}，从本机看）`,
          `the address cannot be reached (${answer.code}), seen from this machine`,
        ),
        words(
          '确认程序在运行（npm start）、域名解析和证书正确、防火墙放行；内网访问不了自己的公网地址时，请从外网试',
          'see that the program runs, and name, certificate and firewall; try from outside if this network cannot reach its own public address',
        ),
      );
  }
}
