/** What is said in many ways in English, and how it is said in Chinese: faults, asking for help, taking back, putting off. */
import { rankOf } from './figures.ts';
import { opening, rule } from './times.ts';
import type { Rule } from './times.ts';

/** The words of one thing to do or to say, parted by `|`, as the source of a pattern; a space stands for any spaces. */
const any = (words: string): string => `(?:${words.replaceAll(' ', '\\s+')})`;

const never = any(
  "won't|wont|will not|wouldn't|can't|cannot|can not|cant|couldn't|doesn't|does not|doesnt|don't|do not|didn't|isn't|is not|isnt|aren't|are not|not|refuses to|fails to|failed to|stopped|stops|quit",
);
const doings = any(
  'work|working|turning on|turn on|turning off|turn off|switch on|switch off|start|starting|boot|booting|power on|power up|charge|charging|cool|cooling|heat|heating|flush|flushing|close|closing|open|opening|lock|locking|unlock|latch|print|printing|scan|scanning|copy|connect|connecting|load|loading|respond|responding|drain|draining|detect|detected|recognize|recognise|recognized|dispense|dispensing|spin|spinning|light up|ring|ringing|read|reading|feed|feeding|pair|pairing|sync|syncing|move|moving|function|functioning|go up|go down|run|running|stay on|stay closed|shut|shutting|fit|come on|register|stop|lift|swipe|project|display|show',
);

/** What a person does or does not, not a thing. */
const ofPeople = any(
  'need|want|matter|mind|come|make|attend|have|know|think|agree|like|require|look|seem|approve|go|take|get|eat|see|care|be',
);

/** What a thing does that is out of order. */
const faults: readonly Rule[] = [
  rule(`(?:doesn't|doesnt|does\\s+not|won't|isn't)\\s+(?!${ofPeople}\\b)[a-z]{3,}`, () => '不工作'),
  rule(
    `(?:is|are|was|has|have|been)?\\s*${never}\\s+(?:been\\s+)?(?:even\\s+)?${doings}(?:\\s+(?:properly|at\\s+all|again|anymore|any\\s+more))?`,
    () => '不工作',
  ),
  rule('(?:keeps?|kept)\\s+(?:on\\s+)?[a-z]+ing(?:\\s+(?:off|out|up|down|over))?', () => '老掉线'),
  rule(
    `(?:is|are|has|have|got|went|been|just|was)?\\s*(?:completely\\s+|totally\\s+|half\\s+)?${any(
      'came off|coming off|come off|fell off|fallen off|falling off|falling apart|broke off|broke down|broken down|breaking down|snapped|shattered|torn|ripped|bent|burnt out|burned out|blown|blew|died|dead|tripped|tripping|sparking|rattling|squeaking|squeaks|squeaky|buzzing|beeping|flooding|flooded|overflowing|overflows|overflowed|backed up|acting up|acting weird|playing up|faulty|defective|wobbly|wobbling|wobbles|frozen|freezing up|crashed|crashing|crashes|kaput|on the blink|on the fritz|gone black|went black|gone blank|went blank|blacked out|malfunctioning|misbehaving|bricked|smoking|shorted|short circuited|unresponsive|detached|unhinged|worn out|went out|gone out',
    )}`,
    () => '坏了',
  ),
  rule(any('paper jam in|paper jams?|jamming|is jammed|jammed'), () => '卡纸'),
  rule(
    any('blowing (?:warm|hot) air|blows (?:warm|hot) air|not cold enough|barely cools?'),
    () => '不制冷',
  ),
  rule(any('water leak|leaking water|leakage|a leak'), () => '漏水'),
  rule(any('no (?:hot )?water'), () => '没水'),
  rule(any('no (?:power|electricity)|lost power|power (?:is )?out|power outage'), () => '没电'),
  rule(any('no (?:sound|audio)'), () => '没声音'),
  rule(any('no (?:internet|network|connection|wifi)'), () => '没网'),
  rule(any('no (?:picture|display|image|video)'), () => '没画面'),
  rule(any('no (?:response|reaction)'), () => '没反应'),
  rule(any('no (?:heat|heating)'), () => '不制热'),
  rule(
    any('burning smell|bad smell|strange smell|weird smell|stinks|smells (?:bad|like [a-z]+)'),
    () => '异味',
  ),
  rule(any('(?:strange|weird|loud|grinding|clicking) noises?'), () => '异响'),
  rule(any('error (?:code|message)|shows? (?:an )?error|throwing errors?'), () => '报错'),
  rule(any('blue screen|bsod'), () => '蓝屏'),
  rule(any('black screen'), () => '黑屏'),
  rule(any('(?:is|are) out(?= (?:in|on|at)\\b|\\s*[,.!]|$)'), () => '不亮'),
];

/** Asking for somebody who mends, for things, for a look at what was asked for. */
const wishes: readonly Rule[] = [
  rule(
    any(
      '(?:get|send|have) (?:someone|somebody|a technician|an electrician|a plumber|maintenance|it|facilities)(?: over)?(?: to)?(?: (?:look at|check|fix|repair|see to|have a look at|take a look at))?|(?:take|have) a look(?: at)?|come (?:and )?(?:fix|check|look)|needs? (?:fixing|repair|repairing|replacing|to be fixed|to be repaired|to be replaced|a fix)',
    ),
    () => '派人修一下',
  ),
  opening(
    any(
      '(?:send|bring) (?:us |me |up |over |round )+(?=\\d|some|a\\b|two|three|more)|drop off (?=\\d|some)',
    ),
    () => '领',
  ),
  rule(
    any(
      'top up|stock up on|(?:running|run) short of|short of|down to (?:our|the|my) last|almost out of|nearly out of|(?:all )?out of stock',
    ),
    () => '领',
  ),
  rule(
    any(
      'any (?:update|updates|news|word|progress)(?: on| about| from)?|(?:status )?update on|whatever happened to|what happened (?:to|with)|how far along is|how is|how are|where do we stand (?:with|on)|where are we (?:with|on)|where does|did anyone (?:look at|approve|see)|still waiting (?:for|on)|has anyone (?:approved|looked at|seen)|still no (?:answer|news|word)(?: on)?',
    ),
    () => '进度',
  ),
  opening(
    any(
      '(?:did|has) (?=(?:my|the|our) [\\w\\s]{2,40}(?:go through|gone through|been approved|get approved|got approved|approved))',
    ),
    () => '进度',
  ),
  rule(
    any(
      "(?:show|list|see|check) (?:me )?(?:all )?(?:of )?(?:my|mine)|what(?:'s| is| do i have)? pending|what(?:'s| is) (?:on my plate|in my queue)",
    ),
    () => '查看我的',
  ),
  rule(
    any("who (?:has|has got|is using|took|borrowed|holds)|who's (?:got|using|holding)"),
    () => '谁在用',
  ),
];

/** Something of ours is spoken of behind the verb: the repair ticket, my booking. */
const ours =
  "(?=(?:the|my|our|that|this|tomorrow's|today's|monday's|tuesday's|wednesday's|thursday's|friday's|next)\\s+(?:[\\w'-]+\\s+){0,4}(?:request|booking|ticket|order|trip|reservation|visitor|visit|meeting|room|application|reminder)s?\\b)";
const ahead = any('(?:back|forward|out|up|down|on)');

/** Taking back, moving, extending. */
const changes: readonly Rule[] = [
  opening(
    `(?:drop|scrap|kill|scratch|bin|axe|delete|remove|undo|void|cancel)\\s+${ours}`,
    () => '取消',
  ),
  rule(
    any(
      "(?:is|was|got|has been|is being) (?:cancelled|canceled|called off|scrapped)|no longer (?:needed|required|happening|necessary|coming|going)|fell through|not going ahead|not happening|(?:won't|will not|don't|do not) (?:be )?need(?:ing)?|not needed|not going (?:anymore|any more)|won't be coming|isn't coming|can't make it",
    ),
    () => '不需要了，取消',
  ),
  rule(
    `(?:push|bump|shift|move|slide|bring|pull|put|delay|postpone|reschedule|change|switch|swap)\\s+(?:it|that|this|mine|ours|everything)\\s+(?:${ahead}\\s+)?(?:to|until|for)`,
    () => '改到',
  ),
  opening(
    `(?:push|bump|shift|slide|bring|pull|delay|postpone)\\s+(?=(?:the|my|our|that|this|tomorrow's|today's)\\s+(?:[\\w'-]+\\s+){1,5}(?:${ahead}\\s+)?(?:to|until)\\s)`,
    () => '改',
  ),
  rule(
    `(?:push|bump|shift|move|delay|postpone)(?:\\s+(?:it|that|this))?(?:\\s+${ahead})?\\s+by`,
    () => '推迟',
  ),
  rule(
    any(
      '(?:make|keep) (?:it|that) (?:longer|shorter) by|run (?:over|longer) by|need (?:it|the room) for another|for another',
    ),
    () => '延长',
  ),
];

/** Correcting oneself in the middle of a sentence. */
const corrections: readonly Rule[] = [
  opening(
    `(?<=\\S[,;.]?\\s*)(?:(?:no|oh|oops|wait|hmm|sorry|scratch\\s+that|correction|actually|i\\s+mean|i\\s+meant|or\\s+rather)[,.!]*\\s+){1,3}(?:make\\s+(?:that|it)\\s+|i\\s+mean[t]?\\s+|let's\\s+say\\s+)?(?=\\S)`,
    (m) => (/sorry|wait|scratch|correction|mean|rather|oops/i.test(m[0]) ? '不对，' : null),
  ),
  opening(
    any(
      'make it (?=\\d|at\\b|on\\b|mon|tue|wed|thu|fri|sat|sun|tomorrow|next|the\\b|a\\b|one|two|three|four|five|six|seven|eight|nine|ten)',
    ),
    () => '改到',
  ),
];

/** Reminding, deciding, letting in, giving back, sealing. */
const deeds: readonly Rule[] = [
  rule(
    any(
      "(?:ping|nudge|poke|buzz|alert|prompt|wake|text) me(?: to| about| that)?|(?:don't|dont|do not) let me forget(?: to| about| that)?|note to self|give me a (?:nudge|shout|reminder)(?: to| about)?|make sure i(?: don't forget to)?|can you remind me(?: to| about| that)?",
    ),
    () => '提醒我',
  ),
  rule(
    any(
      "sign off(?: on)?|go ahead with|greenlight|green light|i'm (?:ok|okay|fine) with|fine by me|good with me|looks good to me|looks good",
    ),
    () => '同意',
  ),
  rule(
    any(
      "(?:send|knock|kick) (?:it|that|this) back|say no to|no to|turn it down|not approving|can't approve|cannot approve|don't sign",
    ),
    () => '驳回',
  ),
  opening(
    any(
      "(?:hold|park|pause|sit on)(?: on| off on| off)? (?=(?:the|my|that|this|his|her|it|them|[A-Z]\\w+(?: [A-Z]\\w+)?'s)\\b)",
    ),
    () => '先放着',
  ),
  rule(any('let (?:it|that|this) wait|put (?:it|that|this) on hold'), () => '先放着'),
  opening(
    any(
      '(?:forward|pass|send|hand|reassign|delegate|escalate) (?:this|it|that|the [\\w]+(?: [\\w]+)?)(?: on)? to (?=[A-Z])',
    ),
    () => '转给',
  ),
  rule(
    any('(?:visitor|guest) (?:pass|badge|registration|access)(?:es)?|day pass|gate pass'),
    () => '访客登记',
  ),
  rule(
    any(
      "(?:is|are|'ll be|will be)?\\s*(?:dropping by|stopping by|swinging by|coming by|coming in|coming over|dropping in|visiting)|(?:drop|stop|swing|come) by|here to see me|coming to see me|here for an interview",
    ),
    () => '来访',
  ),
  opening(
    any(
      '(?:expecting|hosting|host) (?=[A-Z]|\\d|a\\b|two|three|four|five|six|some|guests|visitors)',
    ),
    () => '登记访客',
  ),
  rule(
    any(
      '(?:returning|hand(?:ing)? in|bring(?:ing)? back|giving back|turn(?:ing)? in|handed back|dropping off)',
    ),
    () => '归还',
  ),
  rule(any('write off|get rid of|throw (?:out|away)|retire|decommission'), () => '报废'),
  opening(
    any(
      "(?:take|taking|bring|bringing|carry|carrying|borrow) (?=(?:the |our )?[\\w\\s'.-]{0,24}(?:seal|chop|stamp)\\b)",
    ),
    () => '外带',
  ),
  rule(any('circulated?|send round|send around|pass round'), () => '传阅'),
  rule(
    any(
      'tick (?:it |this |that )?off|check (?:it|this|that) off|mark (?:it |this |that )?(?:as )?(?:done|complete|completed)',
    ),
    () => '标记完成',
  ),
  rule(any('assign(?:ed)? (?:this |it )?to'), () => '指派给'),
  rule(
    any(
      'hotel (?:is )?(?:needed|required)|(?:need|book|with|plus|incl|including|and) (?:a |the |me a )?hotel(?: room| accommodation| accomodation)?|hotel accomm?odation',
    ),
    () => '订酒店',
  ),
  rule(any('(?:a |the )?(?:delegation|group|party) of (\\d{1,3})'), (m) => `代表团${m[1] ?? ''}人`),
  rule(
    '(?:no\\.?|number|#)\\s*(\\d{1,2})(?:\\s+(?:on|in)\\s+(?:the|my)\\s+list)?',
    (m) => `第${m[1] ?? ''}个`,
  ),
  rule(
    '(?:the\\s+)?(first|second|third|fourth|fifth)\\s+(?:one|request|item)',
    (m) => `第${rankOf(m[1] ?? '')}个`,
  ),
];

/** Rules for what is said in many ways, tried in this order at every word. */
export const formRules: readonly Rule[] = [
  ...corrections,
  ...changes,
  ...deeds,
  ...wishes,
  ...faults,
];
