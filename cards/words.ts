/** A text of ours in both languages. zh-CN is what the office reads first; English stands beside it. */
export type Words = { readonly zh: string; readonly en: string };

/** A text on a card: ours in both languages, or what a person wrote (shown as it is, never as markup). */
export type Text = string | Words;

/** The languages a reader can have. */
export type Language = 'zh' | 'en';

/** Both languages of one text: `words('提交', 'Submit')`. */
export const words = (zh: string, en: string): Words => ({ zh, en });

/** The text as a reader of `language` sees it. */
export const inLanguage = (text: Text, language: Language): string =>
  typeof text === 'string' ? text : text[language];

/** Several things in a row, as each language writes them: 「投影、白板」, “projector, whiteboard”. */
export const enumerated = (all: readonly Text[]): Words =>
  words(
    all.map((each) => inLanguage(each, 'zh')).join('、'),
    all.map((each) => inLanguage(each, 'en')).join(', '),
  );
