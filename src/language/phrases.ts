/** Words that take a wish back. Declarations use them for cancelling, and to know that they are not asked for. */
export const takingBack: readonly string[] =
  '退一下 不开了 别送了 不用送 别来了 不用来了 来不了了 来不成 去不成 不成行 不算数 划掉那 订重 订错 订多了 报重 提重 领重 约重 取消 取消掉 撤回 撤销 撤消 撤掉 撤单 撤了 撤吧 撤下来 撤 作废 退订 退掉 退了 收回 别提交 不要提交 别订 别约 不订了 不用订 不要了 不用了 不需要了 不开会了 会不开了 会议不开了 不去了 不出差了 不领了 不修了 不用修 不用来 不用领 不用去 不来了 不办了 不盖了 不用盖 删掉 删除 终止 释放 废掉 cancel'.split(
    ' ',
  );

/** Words that begin a refusal of a thing: 不要会议室了. */
export const refusing: readonly string[] = '不要 不用 不需要 不想要 不再需要 用不着 不必'.split(
  ' ',
);

/** Words of an approver. Kinds use them to know that somebody decides about such a request and does not make one. */
export const deciding: readonly string[] =
  '同意 批准 核准 驳回 拒绝 退回 打回 不同意 不批准 不批 不通过 批了 批掉 批一下 审批通过 转交 转批 加签 否决 不予 转给'.split(
    ' ',
  );

/** Words at the front that ask to see something that is there. */
export const looking: readonly string[] =
  '看一下 看下 看看 查一下 查下 查查 查询 查看 查找 列一下 列出 列下 统计 调出 显示 翻一下 找一下'.split(
    ' ',
  );

/** Words that ask how far something already asked for has come. */
export const progress: readonly string[] =
  '走到哪 卡谁那 卡在谁 签到哪 签到谁 哪一关 批下来没 下来没有 批好没 修没修 批没批 发没发 到没到 办没办 盖没盖 订没订 审没审 什么结果 有没有回音 没消息 没音讯 有眉目 有着落 是谁在审 压在谁 停在谁 谁还没批 什么时候送 啥时候修 几时能 多会儿能 还要多久 还得等多久 审核到 安排了吗 安排好了吗 安排了没 送来了吗 寄出了吗 还是待审批 还在审批 还在审 还在走 啥时候能 什么时候可以 啥时候来 啥时候到 多久能 谁在审 谁在批 谁在处理 在谁手里 在谁手上 还没批 还没审 还没处理 还没修 还没人 还没发 还没到 还没通过 没人处理 没批下来 没下文 没动静 进度 进展 到哪了 到哪一步 到哪儿 到哪步 到哪里了 到谁 在谁那 谁那 状态 批了吗 批了没 批了么 批下来 批没批 审批了吗 审批了没 审批完 审批到 审完 审到 通过了吗 通过了没 通过没 处理得怎么样 怎么样了 处理了吗 处理完 处理好 到了吗 到了没 到货 到没到 修好了吗 修好没 修好了没 修了吗 修得怎么样 派人了吗 什么时候来 什么时候到 什么时候能 什么时候发 订好了吗 订上了 订成功 预订成功 成功了吗 有没有订 受理 办好 发了吗 发了没 能领了吗 可以领了吗 卡在哪 下来了吗 下来没 有结果 结果 完成了吗 有人处理 走到 给我看 给我看看 列一下 列出来 已通过的 被驳回的 待审批的 审批中的 领了几 领过 领了多少 订过 报过 提过 用了几 去了几 出差记录 领用记录 报修记录 预订记录 预约记录 审批记录 申请记录 用印记录 流程走 盖好了吗 盖了吗'.split(
    ' ',
  );
