/** A text that somebody could send to break the reader, the same for the same seed. */
export function hostileText(seed: number): string {
  const random = sequence(seed);
  const pick = <T>(list: readonly T[], fallback: T): T =>
    list[Math.floor(random() * list.length)] ?? fallback;
  const length = Math.floor(random() ** 3 * 600);
  const parts: string[] = [];
  const shape = random();
  const motif = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(bits, '一')).join(
    '',
  );
  for (let size = 0; size < length;) {
    const part = shape < 0.3 ? motif : shape < 0.8 ? pick(bits, '一') : anyCharacter(random);
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const anyCharacter = (random: () => number): string =>
  String.fromCharCode(Math.floor(random() * (random() < 0.5 ? 0x100 : 0xffff)));

/** What sentences of the office are made of, and what breaks readers. */
const bits: readonly string[] = (
  '一 二 两 十 百 千 万 亿 半 廿 0 1 9 99999999999 3.14 1/3 -5 50% ¥ 元 块 点 时 分 秒 号 日 月 年 周 星期 天 上 下 这 每 前 后 内 到 - ~ : . , ， 。 、 ; ! ？ ( ) 《 》 " \' \\ / * + [ ] { } ^ $ | ' +
  '明天 后天 下周三 月底 大年初三 中秋节 下午 早上 从 起 之前 三个小时 会议室 订 领 盒 A4纸 签字笔 出差 去 上海 北京 高铁 打印机 坏了 不制冷 取消 改到 不对 不是 同意 驳回 张伟 李总 13800138000 京A12345 ROOM-26-0001 http://x.y/z?a=b @所有人 哈哈 谢谢 麻烦 ' +
  'book a room for 6 tomorrow 3pm next Tue to Thu by train two boxes of A4 reject remind me to half past every Friday Shanghai the and of ' +
  '會議室 後天 訂 １２３ ＡＢＣ 😀 👨‍👩‍👧 \u200b \u202e \u0000 \ud800 é ß ﷽ ９９ ½ ㈠ 〇 零零零 龘'
).split(' ');
