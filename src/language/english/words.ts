/** English office words and what they are in Chinese, `english=中文`, one a line or several parted by `;`. Plurals are found by their singular. */
const parse = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines
      .split(/[\n;]/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .flatMap((line) => {
        const [english = '', chinese = ''] = line.split('=');
        return english.split('|').map((word) => [word.trim(), chinese.trim()] as const);
      }),
  );

/** Things that are handed out or lent. A number before one counts it. */
export const things = parse(`
  paper=纸; printer paper|printing paper|copy paper|copier paper=打印纸; a4 paper=A4纸; a3 paper=A3纸; a4=A4; a3=A3
  pen=笔; gel pen=中性笔; ballpoint|ballpoint pen|ball pen=圆珠笔; black pen=黑色笔; red pen=红笔; blue pen=蓝笔; pencil=铅笔
  marker|marker pen=记号笔; whiteboard marker=白板笔; highlighter=荧光笔; eraser=橡皮; whiteboard eraser=白板擦
  notebook|note book|notepad=笔记本; sticky note|post it|post-it=便利贴; folder|file folder=文件夹; file box=文件盒; binder=文件夹
  envelope=信封; stapler=订书机; staple=订书钉; paper clip|clip=回形针; binder clip=长尾夹; scissors=剪刀; ruler=尺子; glue=胶水
  glue stick=固体胶; tape=胶带; double sided tape=双面胶; correction tape=修正带; calculator=计算器; label=标签; business card=名片
  battery|batteries=电池; aa battery|aa batteries=5号电池; aaa battery|aaa batteries=7号电池; mouse|mice=鼠标; keyboard=键盘; mouse pad=鼠标垫
  headset|headphone|earphone=耳机; usb cable|data cable|charging cable=数据线; charger=充电器; adapter|adaptor|dongle=转接头; power strip=插线板
  usb stick|usb drive|flash drive|thumb drive=U盘; hard drive|hard disk=移动硬盘; toner|toner cartridge=硒鼓; ink cartridge|ink=墨盒
  tissue=纸巾; paper towel=擦手纸; paper cup|cup=纸杯; toilet paper=卫生纸; trash bag|garbage bag=垃圾袋; hand soap|soap=洗手液; mask=口罩
  bottled water|mineral water=矿泉水; coffee=咖啡; tea=茶叶; wet wipe=湿巾; umbrella=雨伞; glove=手套
  camera=相机; projector=投影仪; tripod=三脚架; tablet=平板; ipad=iPad; test phone=测试机; walkie talkie=对讲机; voice recorder=录音笔
  laptop|laptop computer=笔记本电脑; monitor|display=显示器; desktop=台式机; computer|pc=电脑; chair=椅子; desk=桌子; phone=电话
`);

/** Measure words. */
export const measures = parse(`
  box|boxes=盒; pack|packs|packet=包; carton|case=箱; bottle=瓶; roll=卷; piece|pcs|pc=个; set=套; bag=袋; ream=包; sheet=张; pair=副; dozen=打
  can=罐; unit=台; stack=叠; bundle=捆; stick=支; copy|copies=份
`);

/** The English measure that a text gives for a Chinese one, in the singular: box for 盒 where it says two boxes; undefined where it says none. */
export const measureIn = (text: string, measure: string): string | undefined => {
  const said = new Set(text.toLowerCase().split(/[^a-z]+/));
  const [name] = [...measures]
    .filter(([, chinese]) => chinese === measure)
    .map(([english]) => english)
    .filter((english) => said.has(english) || said.has(`${english}s`) || said.has(`${english}es`));
  return name;
};

/** Everything else. What is '' says nothing here. */
export const phrases = parse(`
  meeting room|conference room|conf room|meeting space|boardroom=会议室; training room=培训室; phone booth=电话间; hot desk|hotdesk|hot-desk=工位; quiet booth=静音舱; auditorium|lecture hall=报告厅; room=会议室
  book|reserve|schedule=订; booking|reservation|room booking|meeting room booking|room reservation=会议室预订; borrow|loan|check out=借; return|give back|hand back=归还
  need|would like|want|require|looking for|look for|get|have to|has to=要; can i get|can i have|could i get|could i have|could we get|can we get|give us|give me|send us|please send|hand out=领
  order|request for supplies|stock up|refill|restock=领; out of|ran out of|run out of|running low on|low on=没有; office supplies|supplies|stationery=办公用品
  whiteboard|white board=白板; video conference|video call|zoom|video conferencing|video meeting=视频会议; screen|big screen|tv=大屏; microphone|mic=麦克风
  conference call|dial in=电话会议; recording=录音; interpretation=同传; tea service|refreshments|drinks=茶水; interview=面试; weekly meeting=周会; meeting=会议
  business trip|travel request|trip request|travel application=出差申请; trip|travel=出差; flight|fly|plane|by air|by plane|flying=飞机; train|by train=火车
  high speed rail|high-speed rail|bullet train|high speed train|high-speed train|by hsr|hsr=高铁; by car|driving|drive=自驾; by bus|bus|coach=大巴; come back|get back|coming back|returning|back=回
  go to|going to|travel to|travelling to|traveling to|fly to|flying to|trip to|head to|heading to|visit to=去; visit a client|visit clients|visit customers|visit the client|meet a client|meet the client=见客户; for a conference|attend a conference=参加会议
  printer=打印机; copier|photocopier=复印机; scanner=扫描仪; air conditioner|air conditioning|aircon|air con|ac|a/c=空调; light|lamp=灯; wifi|wi-fi=wifi; network|internet=网络
  toilet=马桶; faucet|tap=水龙头; sink=水池; door=门; door lock|lock=门锁; window=窗户; elevator|lift=电梯; access card|door card=门禁卡; access control|turnstile=门禁; socket|outlet|power outlet=插座
  water dispenser|water cooler=饮水机; coffee machine=咖啡机; fridge|refrigerator=冰箱; microwave=微波炉; ceiling=天花板; curtain|blind=窗帘; shredder=碎纸机; drawer=抽屉; cabinet=柜子
  vpn=vpn; email|mailbox=邮箱; system=系统; screen is black=黑屏
  jammed|paper jam|jam=卡纸; broken|broke|out of order|damaged|busted=坏了; not working|doesn't work|does not work|isn't working|stopped working|won't work|don't work|doesnt work|not responding|not function=不工作
  won't turn on|does not turn on|doesn't turn on|won't start|will not turn on|can't turn on|won't boot|won't power on=打不开; won't open|can't open|stuck=卡住; leaking|leaks|leak|dripping=漏水; is down|down=断网; no signal=没信号; flickering|flickers=一闪一闪; no sound=没声音
  won't connect|can't connect|cannot connect|disconnected|unable to connect=连不上; clogged|blocked=堵了; too slow|very slow|slow=很慢; too hot=太热; too cold=太冷; not cooling|no cold air=不制冷; makes noise|noisy|noise=噪音大; no power=没电; offline=断网; cracked=裂了; loose=松了; smells|smelly=异味; overheating=过热
  fix|repair|fixing|maintenance=修一下; repair request|work order|ticket=报修; someone to fix=派人修; send someone|send a technician=派人
  pantry|kitchen=茶水间; restroom|bathroom|washroom|men's room|ladies room|women's restroom|men's restroom|men restroom|women restroom=卫生间; lobby|reception|front desk=前台; office=办公室; corridor|hallway=走廊; garage|parking lot|car park=车库; canteen|cafeteria=食堂; warehouse=仓库; finance department=财务部; hr department=人事部
  urgent|urgently|asap|a.s.a.p|right now please|quickly|as soon as possible|immediately|right away=急; no rush|not urgent|when convenient|at your convenience|whenever you can|when you can|no hurry at all|no hurry|when you have time|whenever convenient=不急
  status of|status|progress of|progress=进度; my request|my requests|requests of mine|my application=我的申请; my room booking|my booking|my meeting room=我的会议室预订; my trip request|my trip|my travel request=我的出差申请; my repair=我的报修; request|application=申请; my order|my supplies=我的领用申请
  pending=待审批; approved=已通过; rejected=被驳回的; show|list|check|show me=查看; been approved|approved yet|been approved yet|get approved|got approved=批了吗; been fixed|fixed yet=修好了吗; my tasks|my to-dos|my todos|my to do list|my todo list=我的待办; waiting for me|waiting for my approval|pending my approval=待我审批
  cancel|call off=取消; withdraw|take back|recall|revoke=撤回; don't need|do not need|no longer need|dont need=不需要; anymore|any more=; never mind|nevermind|forget it=算了
  change it to|change to|change the time to|move it to|reschedule to|reschedule it to|switch to|switch it to|move to=改到; change the end time to|change the end to|make it end|let it end|move the end to=结束时间改到; change the|change=改; change the meeting to|move the meeting to|reschedule the meeting to|move my meeting to|change my meeting to=会议改到; reschedule=改期; push it back by|push back by|push it back|delay it by|postpone it by|postpone by|postpone=推迟; move it up by|bring it forward by=提前; extend it by|extend by|extend=延长; add=再加; instead=
  approve|i approve|agree|approve it|i agree|lgtm=同意; reject|decline|deny|turn down|disapprove|i reject=驳回; all of them|all|everything=全部; forward to|transfer to|delegate to|hand over to=转给; hold on|put on hold|on hold=先放着; i do not approve|don't approve|do not approve|not approve=不同意
  remind me to|remind me that|remind me=提醒我; remind everyone to|remind us to|remind the team to|remind everyone|remind us=提醒大家; set a reminder to|set a reminder for|set a reminder|reminder=提醒我; to-do|to do item|todo=待办; don't let me forget to|don't forget to|do not forget to=别忘了; task=任务; mark as done|mark done=标记完成
  visitor|visitors=访客; guest|guests=客人; customer|client=客户; register|sign in|register for=登记; coming|are coming|is coming|coming over|will come|comes|will visit|visiting us|arriving|arrive|will arrive=来访; license plate|plate number|plate=车牌; phone number|mobile|tel=电话; engineer=工程师; candidate|interviewee=候选人
  company seal|company chop|company stamp|official seal|official stamp|seal|chop=公章; contract seal|contract chop=合同章; finance seal|financial seal|finance chop=财务章; legal rep seal|legal representative seal=法人章; stamp|stamped|seal on|stamp on=盖章; contract=合同; agreement=协议; certificate=证明; invoice=发票; nda=NDA; power of attorney=授权书
  minutes|meeting minutes|meeting notes=会议纪要; write|draft|prepare=起草; notice|announcement=通知; report=报告; official letter=公函; transfer my|transfer the=移交; scrap|dispose of=报废; lost|lose|missing=丢了; asset=资产; inventory check|stocktake=盘点
  thanks|thank you|thx|thank you very much|thanks a lot|many thanks=谢谢; good morning=早上好; good afternoon=下午好; good evening=晚上好; hello=你好; hi|hey=你好; bye|goodbye=再见; yes|yep|yeah|sure=好的; ok|okay|sounds good=好的; submit|confirm=提交; no=不; help=帮助
  what can you do=你能做什么; how are you=你好; who are you=你是谁; weather=天气; music=音乐; play=播放; song=歌; joke=笑话; tell me=讲个; movie=电影; restaurant=餐厅; hotel=酒店; news=新闻; stock price=股票; lunch=午餐; dinner=晚饭
  limit|allowance|per diem|policy|policies|standard|reimbursement=标准; password=密码; ceo|boss=老板; annual leave|sick leave|salary|payday|bonus|holiday=假期
  how do i|how can i|how to|how do we|how does|how should i=怎么; how many=多少; how much=多少; how long=多久; what is the|what's the|what is|what's|what are|what=什么; where is|where's|where are|where=哪; who is|who's|who=谁; when is|when will|when=什么时候; why=为什么; which=哪
  free room|available room|free meeting room|available meeting room|room available|room free|room is free|rooms are free|room is available=有空会议室; available|free=空闲; any=有没有; is there|are there=有没有; right now|now|currently=现在
  there will be|we are|we're|around|approximately|roughly=; using|use=用; project=项目; team=团队; department=部门
  and|plus|&=和
  for the|for our|for my=,用于; video=视频; new=新的; name is|his name is|her name is|named|called=叫; badge|employee card=工牌; not approved|not agreed=不同意; actually|make that|i mean|sorry i meant=改成; expense|reimburse=报销; taxi=出租车; like to=; anyone|someone=人
  extension|ext=分机; u|ur=; attendees|participants|present=参会人员; ordered=领的; ladies' restroom|gents' restroom|ladies|gents=卫生间; contract stamp=合同章; legal rep seal|legal rep chop=法人章
  standup|stand-up|daily standup=站会; review=评审会; retro|retrospective=复盘会; kickoff|kick-off=启动会; sync|catch up|catch-up|huddle=碰头会; all hands|all-hands|town hall|townhall=全员会; workshop|seminar=研讨会; training|training session=培训; demo=演示会; negotiation|negotiations=谈判会; briefing=说明会; one on one|1:1|1on1=面谈; call|phone call=电话会; brainstorm|brainstorming=头脑风暴会; town-hall=全员会; board meeting=董事会
  w/|w|with=; budget=预算; about|regarding|re|concerning=关于; w/o|without=不要; pls|plz|pls.=; it's|he's|she's|there's|that's|here's|let's|we've|i've|they're|you're|i'll|we'll|he'll=; legal representative's seal|legal rep's seal|legal person seal|legal person's seal=法人章; hr seal=人事章; invoice seal|invoice chop=发票章; server room=机房; video conf|videoconf|vc|teams call=视频会议; conf call=电话会议; 
  i am|i'm|i'd|i|we|you|he|she|they|me|us|it|my|our|your|mine|the|a|an|of|on|at|in|is|are|be|am|was|will|would|could|can|please|to|for|with|some|by|do|does|did|has|have|been|that|this|very|just|also|hi there|let's|let|if|so|as|up=
`);

/** Cities whose English name is no pinyin, and those that share their pinyin with a smaller one. */
export const cityNames = parse(`
  hong kong|hongkong=香港; macau|macao=澳门; taipei=台北; tokyo=东京; osaka=大阪; kyoto=京都; seoul=首尔; singapore=新加坡; bangkok=曼谷; kuala lumpur=吉隆坡; jakarta=雅加达; hanoi=河内; manila=马尼拉; mumbai=孟买; new delhi=新德里; dubai=迪拜
  london=伦敦; paris=巴黎; berlin=柏林; munich=慕尼黑; frankfurt=法兰克福; amsterdam=阿姆斯特丹; zurich=苏黎世; geneva=日内瓦; milan=米兰; rome=罗马; madrid=马德里; moscow=莫斯科; new york=纽约; boston=波士顿; chicago=芝加哥; san francisco=旧金山; los angeles=洛杉矶; seattle=西雅图; toronto=多伦多; vancouver=温哥华; sydney=悉尼; melbourne=墨尔本
  beijing=北京; shanghai=上海; guangzhou=广州; shenzhen=深圳; hangzhou=杭州; nanjing=南京; suzhou=苏州; chengdu=成都; chongqing=重庆; wuhan=武汉; tianjin=天津; changsha=长沙; fuzhou=福州; jinan=济南; harbin=哈尔滨; urumqi=乌鲁木齐; lhasa=拉萨; hohhot=呼和浩特; xi'an|xian=西安; taizhou=台州; yulin=玉林; yichun=宜春
`);
