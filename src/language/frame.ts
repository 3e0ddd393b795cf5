/** Polite words before and after the matter: 你好，麻烦帮我…，谢谢. */
const opening =
  /^(?:[\s，,。.!！、~]|@[^\s，,]{1,20}\s|你好|您好|hi[,， ]|hello[,， ]|请问|请|麻烦|劳驾|辛苦|那个|那啥|嗯+|啊|哦|能不能|能否|可以|可否|帮忙|帮我们?|帮|给我们?|我们?|咱们?|想要?|需要|要|一下|你|您|把|将|急[,: ]|(?:ok|好的?|嗯|行)[,。 ])*/;
const closing =
  /(?:[\s，,。.!！?？~]|谢谢您?|多谢|感谢|谢了|辛苦了?|麻烦了?|拜托了?|一下|吧|吗|呗|了|哈|啊|呀|哦|呢|行吗|好吗|可以吗|please|thanks)+$/;

/** Nobody thanks at greater length; looking for the end of the matter further back would cost its square. */
const LONGEST_CLOSING = 40;

/** Where the matter of a sentence begins and ends between its polite words. */
export type Frame = { readonly from: number; readonly to: number };

/** The frame of a folded sentence in lower case. */
export const frameOf = (text: string): Frame => {
  const from = opening.exec(text)?.[0].length ?? 0;
  const tail = text.slice(Math.max(from, text.length - LONGEST_CLOSING));
  return { from, to: text.length - (closing.exec(tail)?.[0].length ?? 0) };
};
