/** Where people get to from Feishu's own pages: our chat with them. */
export type AppLink = { readonly bot: string };

/** Links of the app behind this address of the platform; Lark has a host of its own for them (platform notes §7.3). */
export function appLinkOf(baseUrl: string, appId: string): AppLink {
  const host = new URL(baseUrl).hostname.endsWith('larksuite.com')
    ? 'applink.larksuite.com'
    : 'applink.feishu.cn';
  return { bot: `https://${host}/client/bot/open?appId=${encodeURIComponent(appId)}` };
}
