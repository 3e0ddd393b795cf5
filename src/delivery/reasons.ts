import { type Words, words } from '../../cards/words.ts';

/** The codes under which messages do not arrive, as their platform means them (platform notes §11). */
const REASONS: { readonly [code: string]: Words } = {
  '230013': words(
    '不在应用可用范围，或账号已停用、离职',
    'outside the app’s availability range, banned or gone',
  ),
  '230029': words('已离职', 'has left'),
  '230053': words('关闭了机器人的消息', 'switched off the messages of the bot'),
  '230035': words('屏蔽了机器人，或被企业策略禁止', 'blocked the bot, or a policy forbids it'),
  '230034': words('平台不认识这个人', 'the platform does not know this person'),
  '230038': words('是外部企业的人', 'belongs to another company'),
  '99992351': words('平台不认识这个人', 'the platform does not know this person'),
  '99992361': words('这个 open_id 属于别的应用', 'this open_id belongs to another app'),
  '99992352': words('平台不认识这个人', 'the platform does not know this person'),
  '99992360': words('平台不认识这个人', 'the platform does not know this person'),
  '99992364': words('是外部企业的人', 'belongs to another company'),
  'unknown-person': words('平台不认识这个人', 'the platform does not know this person'),
  'malformed-id': words('这个人的 ID 不合规', 'the id of this person is not a valid one'),
  '230025': words('卡片太大，平台不收', 'the card is too big for the platform'),
  '230099': words(
    '卡片被平台拒绝，这是程序的错',
    'the platform refused the card; that is a mistake of ours',
  ),
  '230022': words('内容含敏感信息，被平台拒绝', 'the platform refused the content'),
  '230028': words('内容被企业的数据防泄漏策略拒绝', 'a data policy refused the content'),
  '230002': words('机器人不在群里', 'the bot is not in the group'),
  '230011': words('原消息已撤回', 'the message it answers was recalled'),
  '232009': words('群已解散', 'the group was dissolved'),
  'time-out': words('平台没有应答', 'the platform did not answer'),
  unreadable: words('平台的应答看不懂', 'the platform answered something that cannot be read'),
  'key-too-long': words('程序出错', 'a mistake of ours'),
  error: words('程序出错，见日志', 'a mistake of ours, see the log'),
  'channel-off': words('这个渠道没有开启', 'this channel is off'),
};

/** Why a message did not arrive, in words and with the code for who looks it up. */
export function reasonOf(code: string): Words {
  const told = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return told ? words(`${told.zh}，${code}`, `${told.en}, ${code}`) : words(code, code);
}
