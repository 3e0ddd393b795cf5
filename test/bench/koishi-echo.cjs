// A Koishi bot with its Lark adapter that says again what it hears, in private chats. It keeps nothing. The platform's address and the app are told by
// the bench, in variables of the surroundings.
const { Context, Logger } = require('koishi');
const server = require('@koishijs/plugin-server');
const http = require('@koishijs/plugin-http');
const lark = require('@satorijs/adapter-lark');

const {
  FEISHU_BASE_URL,
  FEISHU_APP_ID,
  FEISHU_APP_SECRET,
  FEISHU_ENCRYPT_KEY,
  FEISHU_VERIFICATION_TOKEN,
  PORT,
} = process.env;
Logger.levels.base = Number(process.env.KOISHI_LOG ?? 0);

const ctx = new Context();
ctx.plugin(http.default ?? http);
ctx.plugin(server.default ?? server, {
  host: '127.0.0.1',
  port: Number(PORT),
  maxPort: Number(PORT) + 50,
});
ctx.plugin(lark.default ?? lark, {
  platform: 'feishu',
  protocol: 'http',
  appId: FEISHU_APP_ID,
  appSecret: FEISHU_APP_SECRET,
  encryptKey: FEISHU_ENCRYPT_KEY,
  verificationToken: FEISHU_VERIFICATION_TOKEN,
  verifyToken: true,
  verifySignature: true,
  endpoint: `${FEISHU_BASE_URL}/open-apis`,
  path: '/feishu/events',
  selfUrl: `http://127.0.0.1:${PORT}`,
});
if (process.env.ECHO !== 'off') ctx.middleware((session) => session.content);
ctx.start().then(() =>
  ctx.inject(['server'], async ({ server }) => {
    while (!server.port || !ctx.bots.some((bot) => bot.isActive))
      await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(`ready http://127.0.0.1:${server.port}/feishu/events`);
  }),
);
