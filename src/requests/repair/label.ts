/** What the code on an asset's label holds. */

/** What a person says to report it: 「报修 AST-0007」. */
export const sentenceOf = (number: string): string => `报修 ${number}`;

/** Where the page of an asset is, on our server. */
export const ASSET_PATH = '/report/';

/**
 * What a scan gives. With a public address a page of ours, which every camera opens and which leads into the chat; without one the
 * sentence itself, which Feishu's scanner shows to be copied.
 */
export const assetLink = (publicUrl: string | null, number: string): string =>
  publicUrl === null ? sentenceOf(number) : `${publicUrl}${ASSET_PATH}${number}`;
