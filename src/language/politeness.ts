/** Politeness around a wish says nothing of it. Not 请: 请购, 请示 and 请假 begin with it, and 请李明… gives work. */
const before =
  /^(?:[\s，,。.!！~]|您好|你好|麻烦(?:您|你)?(?![了啦])|劳驾|拜托(?![了啦])|不好意思|打扰(?:一下|您|了)?)+/;
const behind =
  /(?:[\s，,。.!！~]|谢谢(?:您|你|啦|了|哈|大家)?|多谢(?:了|啦)?|感谢|谢[了啦]|辛苦(?:您|你)?[了啦]?|麻烦(?:您|你)?[了啦]|拜托[了啦]|不好意思|哈|thanks|thank you|thx)+$/i;

/** Nobody thanks at greater length. */
const MOST = 24;

/** The text with spaces in place of its polite beginning and end; as it is when nothing else would be left. */
export function withoutPoliteness(text: string): string {
  const front = before.exec(text.slice(0, MOST))?.[0].length ?? 0;
  const tail = text.slice(Math.max(front, text.length - MOST));
  const back = behind.exec(tail)?.[0].length ?? 0;
  if (front + back === 0 || text.length - front - back < 2) return text;
  return ' '.repeat(front) + text.slice(front, text.length - back) + ' '.repeat(back);
}
