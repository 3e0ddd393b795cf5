import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';

/** Nobody learned this intent from sentences, so its cues have to speak as loud as what was learned of the others (todo: 提醒我). */
const SAID = 250;

/** Being told of things at all, as the last words of a sentence: 别在周末提醒我 ends so, 周末别提醒我交周报 does not. */
const told = said(`
  提醒 提醒我 提醒我了 提醒了 提醒我吧 打扰 打扰我 打扰我了 打搅我 烦我 烦我了 吵我 通知我 通知我了 推送 推消息 推送消息 推消息了 推消息给我
  发消息 发消息了 发消息给我 发通知 发通知了 发提醒 发提醒了 发提醒给我 找我 找我了 叫我 叫我了 催我 催我了 给我发 弹消息
`);

/** When somebody wants to be left alone, and changes of it: 别在周末提醒我, 晚上8点以后别提醒我, 我的免打扰. */
export const quiet: HeardAs = {
  intent: 'preference.quiet',
  wish: true,
  words: {
    quiet: said(`
      免打扰 免打搅 勿扰 勿打扰 静音时间 安静时间 安静时段 静默时间 不打扰时间 提醒设置 通知设置 消息设置 恢复默认提醒 quiet_hours quiet_time
      do_not_disturb don't_disturb dnd notification_settings
    `),
    no: said(`别 不要 勿 请勿 不用 不必 不想 不需要 甭 停止 少 莫`),
    may: said(`也可以 也能 可以 照常 照样 也要 都可以 随时可以 恢复 重新 也行 也`),
    told,
    off: said(
      `周末 节假日 休息日 双休 双休日 非工作日 放假 假期 假日 星期六 星期天 礼拜六 礼拜天 周六 周日 休息天 不上班`,
    ),
    hour: said(
      `以后 之后 以前 之前 点后 半后 点前 半前 过后 下班 夜里 半夜 夜间 大半夜 凌晨 晚上 晚间 清早`,
    ),
    forget: said(`别忘 不要忘 别忘了 别让我忘 记得`),
    other: said(`别让 不要让 别叫 不要叫 别给他 别给她`),
    // English as it comes out of the English reader: what it knows is Chinese by then (remind me, no, 8pm).
    stop: said(`
      don't_提醒我 don’t_提醒我 dont_提醒我 not_提醒我 不_提醒我 stop_提醒我 never_提醒我 don't_notify don’t_notify dont_notify not_notify
      don't_disturb don’t_disturb dont_disturb not_disturb don't_message don’t_message dont_message not_message don't_bother don’t_bother
      dont_bother not_bother don't_ping don’t_ping dont_ping not_ping 不_notifications 不_messages 不_reminders mute
    `),
    start: said(`提醒我 notify_me message_me`),
    restDays: said(`weekends weekend holidays 假期 saturdays sundays days_off`),
    clock: said(`after before until between 点前 点到`),
    also: said(`too as_well also again`),
  },
  cues: [
    [SAID, 'quiet'],
    [SAID, 'off no>told told$'],
    [SAID, 'off may>told told$'],
    [SAID, 'hour no>told told$ !off'],
    [SAID, 'stop restDays$'],
    [SAID, 'stop clock @time !restDays'],
    [SAID, 'start>restDays also$'],
    [-SAID, 'forget'],
    [-SAID, 'other'],
  ],
  slots: {},
  examples: [
    { says: '别在周末提醒我', means: {} },
    { says: '晚上8点以后别提醒我', means: {} },
    { says: '我的免打扰', means: {} },
  ],
};
