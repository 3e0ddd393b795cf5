// The platform's own SDK, as its examples use it: says again what it hears, in private chats, and keeps nothing.
import { createServer } from 'node:http';
import { adaptDefault, Client, EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk';

const {
  FEISHU_BASE_URL,
  FEISHU_APP_ID,
  FEISHU_APP_SECRET,
  FEISHU_ENCRYPT_KEY,
  FEISHU_VERIFICATION_TOKEN,
} = process.env;
const client = new Client({
  appId: FEISHU_APP_ID,
  appSecret: FEISHU_APP_SECRET,
  domain: FEISHU_BASE_URL,
  loggerLevel: LoggerLevel.error,
});
const dispatcher = new EventDispatcher({
  encryptKey: FEISHU_ENCRYPT_KEY,
  verificationToken: FEISHU_VERIFICATION_TOKEN,
  loggerLevel: LoggerLevel.error,
}).register({
  'im.message.receive_v1': async ({ message }) => {
    if (process.env.ECHO === 'off') return;
    await client.im.message.create({
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: message.chat_id, content: message.content, msg_type: 'text' },
    });
  },
});
const server = createServer(adaptDefault('/feishu/events', dispatcher));
server.listen(0, '127.0.0.1', () =>
  console.log(`ready http://127.0.0.1:${server.address().port}/feishu/events`),
);
