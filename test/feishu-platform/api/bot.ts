import type { Route } from '../gateway.ts';

/** Who the bot is; `bot` stands at the top level. `activate_status` 2 means enabled. */
export function botRoutes(
  bot: { readonly openId: string; readonly name: string },
  status: () => number,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/open-apis/bot/v3/info',
      answer: () => ({
        json: {
          code: 0,
          msg: 'ok',
          bot: {
            activate_status: status(),
            app_name: bot.name,
            avatar_url: '',
            ip_white_list: [],
            open_id: bot.openId,
          },
        },
      }),
    },
  ];
}
