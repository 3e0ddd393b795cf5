import { exit, line } from './command.ts';

const HELP = `办事：管理员命令行 | Banshi: the administrator's command line

  npm run office -- <命令 command>

import rooms FILE               导入会议室 | meeting rooms from CSV or .xlsx
import rooms --from feishu      按名称关联飞书会议室 | links our rooms to Feishu's by name
import supplies FILE            导入办公用品 | supplies from CSV or .xlsx
import assets FILE              导入资产台账 | the register of assets from CSV or .xlsx
assets qr                       资产标签（二维码），打印出来贴上 | labels with QR codes to print
rooms qr                        会议室门牌（二维码），贴在门口 | labels for the doors of rooms
    --out FILE                  写入文件，默认标准输出 | default standard output
export requests                 导出全部申请单 | all requests
export bookings                 导出会议室预订 | room bookings
export stock                    导出库存 | stock
export movements               导出出入库流水（单价、金额、结存）| every movement of stock
export ledger KIND              导出一类申请的台账（room、supply、trip、repair、expense）| the ledger of one kind
export monthly 2026-10          导出某月的行政月报 | the office's monthly report
export room-use 2026-10         导出某月会议室使用和没来的人 | how rooms were used, and who did not come
    --format csv|xlsx           格式，默认 csv | default csv
    --out FILE                  写入文件，默认标准输出 | default standard output
export PERSON                   一个人的全部数据，可以交给本人 | all that is kept of a person
    --out FOLDER                写入文件夹（表格、JSON、文件），默认 person-编号 | into a folder
forget PERSON                   清除离职的人：姓名、账号、写过的话、文件 | forgets somebody who has left
understand                      标准输入每行一条 JSON 消息，每行输出理解结果 | JSONL messages in, one JSON line out
language review                 被纠正过的误解，最新在前（姓名、电话已遮盖）| misreadings people corrected
    --format csv                逗号分隔的表格 | as CSV
language alias room|item NAME ALIAS
                                给会议室或物品加一个叫法 | another name for a room or an item
approvals explain KIND --for NAME   提交前看由谁审批、为什么 | who would be asked, and why
    --measure N  --city NAME  --category NAME  --transport NAME  --over-budget  --over-standard
                                金额、天数、小时；目的城市、物品分类、交通、超预算 | the measure and circumstances
calendar [YEAR]                 一年的例行工作：哪天、谁、下一次 | the year's recurring work
    --ics                       日历文件（按月、季、年的），可导入日历 | as a calendar file
audit verify                    校验操作记录是否被改动 | checks the tamper-evident record
    --anchor PLACE:HASH         先前记下的封条，可多个 | a head noted earlier, may be repeated
deliveries                      到期还没送到的消息：给谁、第几次、为什么 | messages that are not through
    --dead                      只看不再重试的 | only those given up
deliveries redrive N…|all       重新投递，按现在的情况重画 | sends given-up messages again, as things are now
deliveries release              恢复备份之后，放行停着的消息 | after a restore: lets messages go out
directory accept                名单里少了的人确实离职了：照此更新通讯录 | those missing have really left
doctor                          检查配置、规则、数据库、飞书、时钟 | checks everything, says how to mend it
setup feishu                    飞书后台要粘贴、要点的，逐步列出，再检查 | what to set up in Feishu's console, then a check
    --transport webhook|websocket   接收事件的方式，默认照 .env | how events come
    --write  --replace          把 FEISHU_ 各项写入 .env（--replace 才覆盖）| writes them into .env
backup FILE                     备份全部数据 | the whole state into one file
restore FILE                    恢复到空数据库 | into an empty database
help                            本说明 | this text

导入文件的列（顺序不限）| Columns of import files, in any order
  rooms:     名称, 楼层, 容量, 设备（; 分隔）, 需审批（是/否）, 别名（可省）, 飞书会议室（可省，omm_…）
  supplies:  名称, 分类, 单位, 单价, 库存, 预警线, 别名（可省）
  assets:    编号, 名称, 地点, 型号（可省）, 购入日期（可省）, 质保到期（可省）, 供应商（可省）, 供应商联系方式（可省）

退出码 | Exit codes
  0 正常 ok   1 有问题 finding   2 用法不对 usage   69 数据库不可用 unavailable   78 配置有误 configuration`;

export async function run(): Promise<number> {
  line(HELP);
  return exit.ok;
}
