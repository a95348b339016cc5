"""Chinese, simplified; traditional characters are turned into simplified ones before. Words are cut by the longest one known."""

from __future__ import annotations

WORDS = {
    "FILL": "的 了 地 得 着 真 很 太 好 就 都 也 还 又 再 真的 好像 啊 呀 吧 呢 啦 嘛 一下 这个 那个 有点 特别 "
    "非常 是 在 要 过 把 给 跟 对 一直 每次 去 来 被 上 到 个 只 让 吗 一点 样 这样",
    "I": "我 俺 咱 本人 人家",
    "ME": "我 俺 咱",
    "MY": "我 我的",
    "MYSELF": "我自己 自己 自个儿",
    "SELF": "他自己 她自己 自己",
    "YOU": "你 您 你们",
    "YOUR": "你 你的",
    "HIM": "他 它 那个人 那家伙 那个混蛋",
    "HER": "她",
    "THEM": "他们 她们 它们 他們",
    "WE": "我们 咱们 咱俩",
    "US": "我们 咱们 咱俩 我俩",
    "OUR": "我们 我们的 咱俩的 我们俩的 咱们的",
    "PERSON": "他 她 他们 有人 别人 那个人 那男的 那个男的",
    "SOMEONE": "有人 别人 某人",
    "EVERYONE": "所有人 大家 全班 他们所有人 全家 每个人 全世界",
    "ANYONE": "别人 任何人 人 谁 其他人",
    "NOBODY": "没人 没有人 谁都",
    "FAMILY": "妈妈 妈 爸爸 爸 爸妈 父母 母亲 父亲 老爸 老妈 后爸 后妈 继父 继母 叔叔 舅舅 伯伯 姑姑 阿姨 爷爷 "
    "奶奶 外公 外婆 姥姥 姥爷 家人 家里人 家长 养父 养母 养父母 监护人 我爸 我妈 你妈 你爸 你妈妈 你爸爸 "
    "你爸妈 你父母 表叔",
    "SIBLING": "哥哥 姐姐 弟弟 妹妹 哥 姐 表哥 表姐 堂哥 弟 妹",
    "ADULT": "老师 教练 老板 邻居 牧师 校长 男人 大人 班主任 补习老师 保姆 辅导员 房东",
    "PARTNER": "男朋友 女朋友 男友 女友 老公 老婆 前男友 前任",
    "BOYFRIEND": "男朋友 女朋友 男友 女友 对象",
    "PEER": "朋友 同学 闺蜜 室友 同桌 好友 舍友 兄弟",
    "STAFF": "督导 主管 工作人员 社工 老师 项目 警察 协调员 心理老师",
    "NEG": "不 没 没有 别 不要 不会 不能 未 莫 无 勿 不用 不准 不许 不可以 不必 没必要 甭 绝不会 绝不",
    "NEVER": "从来不 永远不 绝不",
    "WITHOUT": "没有 没",
    "WANT": "想 想要 好想 真想 打算 准备 希望 宁愿 恨不得 计划 决定 想着 考虑 愿意 忍不住想 总想 老想 只想 要 "
    "快要 恨不能 巴不得",
    "GO": "要 会 打算 准备 去 将",
    "TRY": "试 尝试 试过",
    "TRIED": "试过 尝试过",
    "THINK": "想 考虑 想过 想到",
    "PLAN": "计划 打算 计划好",
    "FEEL": "心里 觉得 感觉 感到",
    "READY": "准备好",
    "WISH": "希望 但愿 要是 真希望 如果",
    "HOPE": "希望 但愿",
    "HAVE": "有 带着 拿着",
    "CAN": "能 可以",
    "SAY": "说 说过 告诉 说要",
    "KEEP": "保守 保 一直 总 总是 守住 保持",
    "MAKE": "逼 让 强迫 要",
    "FORCE": "逼 强迫 逼迫 逼着",
    "TAKE": "吃 拿 吞 拿走 扣 没收 吃了 吞了",
    "GIVE": "给",
    "SEND": "发 寄 转 发给 发我 传",
    "COME": "来 进 到 来我",
    "LET": "让",
    "LEAVE": "离开 走 搬走",
    "LEFT": "离开了 跑了",
    "HERE": "这里 这儿 世上 这个世界 世界上 这世上 人世 这世界",
    "NOW": "现在 马上",
    "ALWAYS": "总是 一直 每天 天天 每晚 老是 经常 总 常常 老 整天",
    "OFTEN": "经常 常 常常 有时 有时候 又",
    "AGAIN": "又 再 再次 再一次",
    "EVERY": "每天 每晚 每次",
    "TONIGHT": "今晚 今天晚上 今夜 半夜",
    "TODAY": "今天",
    "TOMORROW": "明天",
    "SOON": "马上 快",
    "NIGHT": "晚上 夜里 半夜 睡着 睡觉",
    "FOREVER": "永远 再也 一辈子 一睡不醒",
    "STILL": "还",
    "ALL": "全部 所有 一整瓶 全都 光 整",
    "MANY": "很多 好多 一大把 一把 大量 一堆",
    "WHOLE": "整瓶 整盒 一整瓶 一瓶",
    "ENOUGH": "足够 够",
    "BOTTLE": "瓶 盒 一瓶 整瓶",
    "IF": "如果 要是 假如 若 万一",
    "WHEN": "的时候 时 等 等到 趁",
    "BECAUSE": "因为",
    "WHY": "为什么 干嘛 为何",
    "WHAT": "什么 多少",
    "WHAT_FOR": "为了什么",
    "DIE": "死 去死 死掉 死了 死去 寻死 去世 离开这个世界 离开人世 死亡 轻生 离世",
    "DEAD": "死 死了 死掉 不在了 不在人世",
    "KILL": "杀 杀了 杀死 杀掉 弄死 宰了 砍死 捅死 干掉 勒死 掐死",
    "KMS": "不想活 不想活了 活不下去 活不下去了 活够了 活腻了 自尽 了结自己 结束自己的生命 结束生命 结束我的生命 "
    "结束这一切 结束一切 上吊 跳楼 割腕 了结这一切 自我了断 一了百了 寻短见 活着没意思 生无可恋_想 "
    "吃安眠药自杀 紫砂 不想活着 不想再活 不想再活了 不想继续活 没有活下去 不想活下去 没办法活下去 跳桥 跳河 "
    "跳下去 想死 好想死 想去死 真想死 不如死了 死了算了 去死算了 想自杀 烧炭 卧轨 割脉 结束自己 结束我自己 "
    "解脱自己 告别这个世界",
    "KYS": "你去死 你怎么不去死 去死吧你",
    "SUICIDE": "自杀 轻生 自殺 寻短见 自尽",
    "LIVE": "活 活着 活下去 生存 活在 继续活 过下去 撑下去",
    "ALIVE": "活着 活",
    "LIFE": "生命 人生 活着 一生 日子",
    "EXIST": "存在",
    "WAKE": "醒来 醒 醒过来 起床",
    "NEVER_BORN": "没出生 没有出生 没出生过 没被生下来 没生下来 不曾出生 没来过这个世界 从来没出生过 从没出生",
    "ANYMORE": "再 下去",
    "STOP": "停止",
    "CONTINUE": "继续",
    "END": "结束 了结",
    "EVERYTHING": "一切 这一切",
    "REASON": "理由 意义 必要",
    "POINT": "意义 意思",
    "SENSE": "意义 意思",
    "WORTH": "值得",
    "DESERVE": "配 值得",
    "TIRED": "厌倦 受够 累",
    "FED_UP": "受够 受够了 厌倦了 厌倦",
    "BETTER": "更好 好些 轻松 更好过 更幸福 更轻松 解脱 过得更好 更开心",
    "HAPPY": "更开心 开心 幸福",
    "DISAPPEAR": "消失 不见 不在 不存在",
    "CARE": "在乎 在意 关心 难过 伤心",
    "MISS": "想念",
    "NOTICE": "发现 注意",
    "CRY": "哭",
    "PILLS": "止痛药 药 安眠药 药片 药丸 止痛药",
    "SWALLOW": "吞 吞下 吞了 吞掉",
    "EAT": "吃 吃饭",
    "FOOD": "饭 吃的 食物 饭吃 东西吃",
    "FEED": "给我饭吃 给我吃",
    "SAVE": "攒 攒了 存 囤",
    "OVERDOSE": "过量",
    "JUMP": "跳 跳下 从 站在",
    "HIGH_PLACE": "楼顶 天台 桥 桥上 屋顶 阳台 窗户 高楼 楼上",
    "TRAIN": "铁轨 火车 地铁 轨道",
    "CAR": "车 马路",
    "FRONT": "前面",
    "HEAD": "头",
    "THROAT": "喉咙 脖子",
    "WRIST": "手腕 手臂 胳膊",
    "ROPE": "绳子",
    "GOODBYE": "永别 再见 告别 诀别",
    "NOTE": "遗书 信",
    "LETTER": "遗书 遗言",
    "WROTE": "写好 写了 写",
    "WRITE": "写",
    "LAST": "最后",
    "MESSAGE": "消息 信息 记录 短信 聊天记录",
    "PAINLESS": "没有痛苦 不痛 无痛 不疼",
    "WAY": "办法 方法 方式",
    "SLEEP": "睡 睡着 睡过去 一觉",
    "CUT": "割 划 切",
    "HURT": "伤害 弄伤 弄疼 伤",
    "BURN": "烫 烧",
    "SCRATCH": "抓伤 抓",
    "SELF_HARM": "自残 自伤 割手 割手腕 划手 划手臂 割自己 划自己 伤害自己 弄伤自己 割胳膊 划胳膊 用刀划 用刀割 "
    "拿刀划 拿刀割 烫自己 打自己 扇自己 自虐 割腿 划大腿 割大腿 掐自己 割自己的手 用刀片 划自己的手 烧自己 "
    "用小刀",
    "SCARS": "疤 伤疤 伤口 刀痕",
    "BLADE": "刀片 小刀 美工刀",
    "BLEED": "流血 血",
    "ARM": "手 手臂 胳膊",
    "LEG": "腿 大腿",
    "SKIN": "皮肤",
    "HIDE": "藏 遮 遮住",
    "STARVE": "绝食 饿自己",
    "HATE": "讨厌 恨 憎恨",
    "BURDEN": "累赘 负担 拖累 包袱",
    "HOPELESS": "绝望 没有希望 没希望 看不到希望 看不到未来 没有未来 走投无路",
    "WORTHLESS": "废物 没用的人 一无是处 毫无价值 没有价值 多余的 是多余",
    "CANT_GO_ON": "撑不下去 撑不下去了 熬不下去 坚持不下去 受不了了 撑不住了 撑不住 坚持不住 熬不住",
    "EMPTY": "空荡荡 空虚 麻木",
    "PAIN": "痛苦",
    "HIT": "打 揍 踢 扇 抽 殴打 毒打 掐 家暴 虐待 暴打 痛打 扇耳光 打骂 踹 推 抽打 揪 拳打脚踢",
    "HIT_BY": "挨打 被打 被揍 被我爸打 被爸爸打 被妈妈打 被家暴 被虐待 被我妈打 被他打 被继父打 被毒打 被后爸打 被殴打",
    "BELT": "皮带 衣架 棍子 鞭子 拳头 耳光 棍",
    "BRUISE": "淤青 瘀青 青一块紫一块 青紫 乌青",
    "ABUSE": "虐待 猥亵 侵犯 性侵 骚扰 性骚扰 非礼",
    "ABUSE_BY": "被性侵 被猥亵 被侵犯 被性骚扰 被非礼 猥亵我 性侵我 侵犯我 骚扰我 对我动手动脚 动手动脚",
    "RAPE": "强奸 强暴 迷奸 性侵",
    "RAPE_BY": "强奸我 强奸了 被强奸 强暴我 强奸了我 被强暴 性侵了我",
    "TOUCH": "摸 碰 摸我 乱摸 抚摸",
    "PRIVATE": "私处 下面 隐私部位 胸 屁股 下体 大腿 裤子 衣服里 内裤 隐私",
    "WEIRD": "不舒服 奇怪",
    "ROOM": "房间 房里 卧室",
    "BED": "床 被窝 床上",
    "UNDRESS": "脱衣服 脱光 脱裤子 脱掉衣服 裸体 裸聊 脱衣",
    "SEX": "性关系 做爱 上床 发生关系 那种事 性行为",
    "SLEEP_WITH": "跟男人睡 陪睡 陪客人 接客 陪男人 跟人上床 和人上床 上床 卖淫 和男人睡 陪酒 陪他睡 跟陌生人上床",
    "KISS": "亲 吻 接吻 亲嘴 亲吻 亲你 吻你",
    "LOCK": "锁 关 关在 锁在 绑 关起来 锁起来 反锁",
    "AFRAID": "怕 害怕 恐惧 好怕 不敢",
    "SAFE": "安全",
    "HOME": "家 家里 回家",
    "SCHOOL": "学校 教室 班",
    "CLASS": "班上",
    "YELL": "骂 吼 骂我",
    "BULLY": "霸凌 欺负 被欺负 被霸凌 排挤 被孤立 被排挤 孤立我 欺负我 嘲笑我",
    "THREAT": "威胁 恐吓 要挟 勒索",
    "POST": "发出去 发到网上 公开 传出去",
    "NUDES": "裸照 裸体照 私密照 不穿衣服的照片 没穿衣服的照片 性感照 裸照片",
    "PIC": "照片 自拍 视频 相片",
    "ASK": "要 叫",
    "SHOOT": "开枪 枪杀 枪击 扫射 射杀 射",
    "STAB": "捅 砍 刺 捅死 砍死 捅了 砍了",
    "GUN": "枪 手枪",
    "KNIFE": "刀 刀子 菜刀",
    "BOMB": "炸弹 炸 炸药 炸了 炸掉",
    "BRING": "带 拿",
    "BEAT": "揍 打",
    "POISON": "下毒 毒死",
    "PAY": "付 给钱",
    "REVENGE": "报复 报仇",
    "RUN_AWAY": "离家出走 出走 逃走 逃跑 逃离这个家 逃离家 离开这个家 离开家 跑出去 逃出去 偷偷走 偷跑 溜走 逃家 "
    "偷偷跑 私奔",
    "RETURN": "回来 回家 回去",
    "PACKED": "收拾好 收拾好了 打包好 准备好",
    "BAG": "包 行李 背包 东西 书包",
    "SNEAK_OUT": "偷偷出来 偷偷溜出来 溜出来 翻窗 偷偷出门 偷跑出来",
    "STREET": "街上 公园 桥下 大街 露宿 车站",
    "SECRET": "秘密 偷偷 悄悄 保密",
    "KICKED_OUT": "赶出家门 赶我出去 把我赶出 无家可归 没地方睡 没地方住 没地方去 赶出去 赶出来",
    "SELL": "卖 卖掉 卖给 拐卖",
    "SOLD_BY": "卖了我 把我卖 卖淫 卖身 被卖 被拐 拐卖 逼我卖 逼我卖淫 拉皮条",
    "BODY": "身体 身材",
    "MEN": "男人 陌生人 客人 叔叔们 陌生男人 老男人",
    "STRANGERS": "陌生人",
    "CLIENT": "客人 客户",
    "PIMP": "皮条客 老鸨",
    "HOTEL": "酒店 宾馆 旅馆 开房",
    "PASSPORT": "护照",
    "PAPERS": "证件 身份证",
    "BOSS": "老板",
    "OWE": "欠 欠债 债",
    "WORK": "干活 工作 打工",
    "MONEY": "钱 块钱 现金 红包 零花钱 元 美元",
    "NUMBER": "号码 电话号码 手机号 电话号 微信号 手机号码 电话",
    "PHONE": "手机",
    "EMAIL": "邮箱 电子邮箱",
    "HANDLE": "账号 帐号 用户名",
    "USERNAME": "账号 用户名",
    "ADDRESS": "地址",
    "PERSONAL": "私人",
    "APP": "微信 qq 抖音 快手 小红书 微博 脸书 推特 陌陌 探探 电报 加微 vx 威信 薇信 企鹅号 王者荣耀好友 薇 v信 扣扣",
    "PAYAPP": "支付宝 微信红包 微信转账",
    "TEXT": "发消息 发信息 发短信",
    "CALL": "打电话 打给 联系",
    "ADD": "加 加我 添加 扫",
    "FOLLOW": "关注",
    "FIND": "找我",
    "TALK": "聊 聊天 谈 说话",
    "CHAT": "私聊 聊",
    "CONVERSATION": "聊天记录 对话",
    "MOVE": "换 转 换到 转到",
    "SWITCH": "换",
    "ANOTHER": "别的",
    "OTHER": "其他",
    "PLATFORM": "软件 平台 应用",
    "MEET": "见面 见 约 见个面 约会 碰面 出来玩 碰头 约出来",
    "ALONE": "单独 一个人 独自 自己来 就我们俩 就我们两个 只有我们 两个人 就咱俩 我们俩",
    "JUST_US": "就我们俩 就我们两个 只有我们两个 只有我们俩 就咱俩 只有你和我 就你和我 就你我",
    "PLACE": "我家 我这里 我这儿 我房间 我公寓 我住的地方 我车上",
    "PICK_UP": "接你 去接你 来接你",
    "SEE": "见 看",
    "BUY": "买 买了 送",
    "BOUGHT": "买了 买 给你买 给你买了",
    "GIFT": "礼物 惊喜 送你 送给你 小礼物",
    "SHOES": "鞋 球鞋 新鞋",
    "CLOTHES": "裙子 衣服",
    "CONSOLE": "手机 平板 游戏机 苹果",
    "NECKLACE": "项链 手链 戒指",
    "LEND": "借 借给 借我 借你",
    "BORROW": "借 借点",
    "TRANSFER": "转账 转给 汇款 打钱 转钱",
    "TELL": "告诉 跟 说 讲 和 对",
    "SHOW": "给 看",
    "KNOW": "知道 发现 看到 看见",
    "FIND_OUT": "知道 发现 看到 看见",
    "MUST": "需要 必须 用",
    "BETWEEN_US": "我们之间 咱们之间 我们两个之间 我们俩之间 你我之间 我们两个人的秘密 我俩之间 咱俩之间",
    "DELETE": "删 删掉 删了 删除 清空",
    "READ": "看完 读完",
    "PROMISE": "答应 保证 发誓",
    "LITTLE": "小 小小",
    "IN_LOVE": "爱上你 爱上了你 喜欢上你 喜欢上你了 喜欢上了你 恋爱 心动",
    "SEXY": "性感 身材好 诱人 火辣",
    "BEAUTIFUL": "漂亮 美 好看 迷人",
    "LIPS": "嘴唇 身材 腿",
    "HOLD": "抱 抱你 搂 抱着你",
    "DREAM": "梦见 梦到",
    "MATURE": "成熟 懂事",
    "AGE": "年龄 同龄 年纪",
    "UNDERWEAR": "内衣 内裤",
    "SWIMSUIT": "泳衣 比基尼",
    "SHOWER": "洗澡",
    "WEARING": "穿 穿着",
    "VIRGIN": "处女 处男",
    "MARRY": "嫁给 娶你",
    "SOULMATE": "灵魂伴侣",
    "BABE": "宝贝 小宝贝 亲爱的",
    "FICTION": "打游戏 玩游戏 "
    "电影 小说 书里 书 故事 歌 歌词 游戏 电视剧 剧 动漫 漫画 主角 角色 历史课 作业 作文 新闻 剧本 "
    "剧情 这集 反派 boss 怪 僵尸 课文 语文 历史 番 预防",
    "LAUGH": "哈哈 哈哈哈 嘻嘻 嘿嘿 呵呵 233 2333",
    "LAUGHTER": "笑 笑到",
    "HUNGER": "饿",
    "THIRST": "渴",
    "HEAT": "热",
    "COLD": "冷 冻",
    "EMBARRASSMENT": "尴尬 丢人 社死 丢脸",
    "SLEEPY": "困",
    "TIREDNESS": "累",
    "GRADES": "考试 成绩 不及格 考砸 迟到 考不好",
    "HAIR": "头发 刘海",
    "CAKE": "蛋糕 水果 菜 肉 西瓜",
    "PAPER": "纸",
    "BALL": "球 篮球",
    "ALLERGY": "过敏 过敏药",
    "HEADACHE": "感冒 感冒药 头疼 发烧",
    "DOCTOR": "医生",
    "BIRTHDAY": "生日",
    "CHRISTMAS": "圣诞 圣诞节 婚礼 春节 过年",
    "SURPRISE": "惊喜派对",
    "DOG": "小狗 狗狗 狗",
    "EVERYDAY": "打败 击败 战胜 被打败 手指 被纸划 "
    "笑死 笑死我 笑死我了 笑死人 累死 累死了 累死我了 饿死 饿死了 饿死我了 热死 热死了 冷死 冷死了 "
    "困死 困死了 渴死 烦死 烦死了 气死 气死我了 气死了 吓死 吓死我了 急死 忙死 忙死了 美死 尴尬死 尴尬死了 "
    "可爱死了 好吃死了 羡慕死 羡慕死了 想死你 想死你了 想死我了 爱死 爱死你了 爱死了 无聊死了 死党 死机 死板 "
    "死线 死心眼 死记硬背 死胡同 死忠 死活 死角 打死我也 打死也 笑得要死 累得要死 饿得要死 困得要死 热得要死 "
    "忙得要死 冷得要死 怕得要死 吵死 吵死了 疼死我了 疼死了 酸死了 辣死我了 辣死了 臭死了 羞死 甜死 累个半死 "
    "吓个半死 累到死 笑到死 渴死了 撑死 撑死了 丑死 难看死 难吃死了 闷死 闷死了 晒死 晒死了 气得要死 打卡 "
    "打折 打扫 打球 打篮球 打游戏 打字 打印 打工 打开 打包 打车 打伞 打针 打招呼 打扮 打断 打破 打牌 打电话 "
    "打听 打呼 打喷嚏 打架子鼓 打羽毛球 打乒乓球 打排球 打瞌睡 打地鼠 打疫苗 打败 打气 打比赛 打不开 杀价 "
    "杀青 杀毒 秒杀 抹杀 狼人杀 三国杀 剧本杀 自杀小队 杀时间 刀削面 炸鸡 炸酱面 炸薯条 炸串 炸了锅 拍照 "
    "自拍杆 关灯 关门 关机 关系 关于 关心 关注度 关键 关窗 抱歉 抱怨 抱枕 亲戚 亲人 亲子 母亲节 父亲节 亲自 "
    "想象 想法 理想 思想 想起 想起来 想想 喜欢吃 切水果 切菜 切蛋糕 划船 划水 割草 跳舞 跳绳 跳远 跳高 跳级 "
    "跳蚤 跳跳虎 摸鱼 触摸 摸底考试 摸底 摸摸头 碰巧 枪战 枪战游戏 机器人 机会 生活 活动 活泼 干活 快活 灵活 "
    "复活节 复活 死亡之谷 血型 流鼻血 血糖 血压 抽奖 抽空 抽屉 抽签 推荐 推迟 头发 发烧友 卖萌 卖完 "
    "买卖 卖场 借书 借过 借口 借阅 包子 面包 红包封面 锁屏 锁定 带饭 带伞 带作业 带书 带水 见到 再见 "
    "意见 常见 明天见 周二见 回头见 待会见 一会儿见 见识 约好 大约 节约 预约 开枪战 送快递 送外卖 送货 "
    "送我回家 送孩子 杀菌 救命 要命 命题 走路 走吧 走廊 走神 加油 加班 加分 加餐 加法 参加 增加 聊天室 "
    "借我一支笔 借我笔 借我橡皮 借我一下 保密局 秘密花园 秘密武器 一个人在家做作业 笑死个人 死鬼 "
    "打死",
    "CAT": "猫 猫咪 小猫",
    "FINGER": "切到手指 割到手指",
    "HEAPS": "二十 三十 四十 五十 一大把",
}

CRISIS = {
    "suicide": """
        PILLS 全|都|一口气 TAKE|SWALLOW
        死了 BETTER|算了|就好
        不如 死
        死 BETTER
        IF 我 死|死了|不在|不在了|消失
        我 死|死了 .. 没人|NOBODY|大家
        没|没有 我 .. BETTER|HAPPY|好
        没有我 .. BETTER|好|会
        ! 不想 活|醒来|存在|待
        不想 HERE
        ! 活着 NEG|没|没有|没什么 POINT|意义|意思|REASON
        活着 好累|真累|太累
        ! 没|没有|找不到 REASON LIVE
        ! NEG .. LIVE .. REASON|POINT|意义
        活 够了|腻了|不
        KMS
        再也 NEG|不想|不用|不会 WAKE
        睡 NEG|再也 .. WAKE
        永远 NEG|别|不要 WAKE
        NEG WAKE
        吃|吞 ALL|MANY|WHOLE|BOTTLE .. PILLS
        PILLS .. 吃|吞 光|下|ALL|掉
        攒|囤 PILLS
        写|WROTE NOTE|遗书
        遗书
        站在 HIGH_PLACE
        从 HIGH_PLACE .. 跳|JUMP
        从 这里|这 跳
        这 是 最后 消息|MESSAGE
        永别
        明天 .. 不在|NEG HERE
        想 SUICIDE|DIE
        SUICIDE
        杀|杀了|杀死 MYSELF|自己
        了结 自己|MYSELF
    """,
    "self_harm": """
        SELF_HARM
        割|划|烫|掐 自己|MYSELF|手|手腕|胳膊|ARM|LEG
        用 刀|刀片|KNIFE|BLADE .. 手|ARM|LEG|自己|腿
        BLADE .. 手|ARM|LEG|自己
    """,
    "abuse": """
        FAMILY|ADULT|PARTNER|PERSON 摸我
        FAMILY|ADULT|PARTNER|PERSON .. 我房间 TOUCH|摸我
        FAMILY|ADULT|PARTNER|PERSON|HIM|HER HIT 我|ME
        FAMILY|ADULT|PARTNER|PERSON .. HIT 我|ME
        FAMILY|ADULT|PARTNER|PERSON .. 用 BELT .. HIT|抽
        用 BELT HIT|打|抽
        HIT|打 我 .. BELT|ALWAYS|BRUISE
        HIT_BY
        FAMILY|ADULT|PARTNER|PERSON|HIM .. TOUCH|摸 我|ME|PRIVATE
        摸我 PRIVATE|胸|下面|大腿|屁股
        TOUCH PRIVATE
        TOUCH 我 PRIVATE
        ABUSE_BY
        RAPE_BY
        进|来 我 ROOM|房间 & NIGHT|摸|脱|床
        脱|脱掉|扒 我 衣服|裤子|UNDRESS
        脱我 衣服|裤子
        晚上 进|来|爬 .. 我 ROOM|床|BED|房间
        逼|强迫|让|叫 我 UNDRESS|SEX|KISS|亲|摸|脱|SLEEP_WITH|TOUCH
        把 我 锁|关|绑|LOCK
        LOCK 我|我在
        ! NEG|不 FEED
        ! NEG|不 给|让|许 我 吃|饭|FOOD|EAT
        FAMILY HIT FAMILY|SIBLING
        烫|烧|掐|勒 我
    """,
    "violence": """
        想|要|会|打算|准备|去|一定 KILL|STAB 他|她|他们|HIM|THEM|FAMILY|ADULT|PEER|所有人|EVERYONE|那|全
        KILL|STAB 他们|所有人|全家|全班|EVERYONE
        我 KILL|STAB 他|她|他们|HIM|THEM
        说|威胁|想|扬言 .. 要|会? KILL|STAB 我|我们|妈妈|FAMILY
        要|会 KILL|STAB 我|我们|ME & 刀|GUN|威胁|说|怕|KNIFE
        带|拿 .. KNIFE|GUN|BOMB .. SCHOOL|学校|捅|砍|杀
        BOMB 学校|SCHOOL
        SHOOT 学校|同学|所有人|他们
        FAMILY|PARTNER|ADULT 拿 KNIFE|GUN
        烧 学校|房子|了
        放火
    """,
    "running_away": """
        WANT|GO|TONIGHT|今晚|准备|要 RUN_AWAY
        RUN_AWAY 了|今晚|再也|TONIGHT
        我 .. RUN_AWAY
        今晚 .. 走|离开 .. NEG|再也|不
        走|离开 .. 再也|永远 NEG|不 RETURN|回来|回家
        再也 NEG|不 RETURN|回来|回家
        永远 NEG RETURN
        睡 STREET|街上|公园|桥下
        行李|BAG 收拾好|PACKED & 走|晚|离
        收拾好 行李|BAG
    """,
    "trafficking": """
        逼|强迫|让 我 接客|陪|卖|SLEEP_WITH|SOLD_BY|WORK
        SOLD_BY
        扣|拿走|没收|拿|收走 .. 护照|证件|PASSPORT|PAPERS
        护照|PASSPORT|PAPERS|证件 .. 拿走|扣|收走|没收
        SLEEP_WITH .. MONEY|钱
        跟 MEN .. 睡|上床
        MEN .. 给|付 MONEY & SLEEP_WITH|睡|上床|我
        欠 MONEY .. 还 & SLEEP_WITH|陪|逼|WORK
        ! 不让|NEG 我 离开|出门|走 & WORK|干活|欠|客人
        把我卖
    """,
}

CONCERN = {
    "suicide": """
        希望|但愿|要是 我 .. NEVER_BORN|没|消失
        NEVER_BORN
        想|WANT 消失
        恨|讨厌 MYSELF|自己|我自己
        没人|NOBODY .. 在乎|爱|喜欢|关心 我
        没人 在乎我|爱我
        CANT_GO_ON
        BURDEN
        生无可恋
        我 WORTHLESS
    """,
    "self_harm": """
        以前|曾经 SELF_HARM
        BLADE
    """,
    "abuse": """
        怕|害怕|不敢 回家|爸|妈|FAMILY|PARTNER|HOME
        家里|家 NEG|不 安全
        FAMILY .. 骂|吼|YELL 我
        要|让|叫 我 发 NUDES|照片|PIC
        NUDES
    """,
    "violence": """
        想|要|会 BEAT|HIT 他|她|他们|HIM|THEM
        报复 他|她|他们|HIM|THEM
        REVENGE
        FAMILY 要|会 KILL 我|ME
    """,
    "running_away": """
        想|WANT LEAVE|离开 家|HOME|这里
        NEG|不想 .. 回家|待 家|家里?
        不想 回家
        想 搬|逃
    """,
    "contact_details": """
        我|我的 NUMBER|微信号|电话|手机号|邮箱
        你|你的 NUMBER|微信号|电话|手机号|邮箱 .. 多少|给|WHAT|什么|是
        给|发|告诉 我 你|你的 NUMBER|微信|手机号|电话|地址
        留|给 你|我 个? NUMBER|电话|微信|手机号
    """,
    "other_apps": """
        加|加我 APP
        加|ADD .. APP
        APP 聊|联系|找|TALK|上|说|发
        在|用|去|上|到|换 APP 聊|联系|上|TALK|说|吧
        你|YOU 有|用|玩 APP
        我|我的|你|你的 APP 是|号|叫
        换|转|CHANGE 到|个? APP|PLATFORM|软件|别的
        私聊
        APP|微信 私 聊|信
        私信 我|你
    """,
    "secret_meeting": """
        见面|见|约|MEET & 单独|ALONE|SECRET|JUST_US|偷偷
        来 PLACE|我家|我房间
        你|YOU|晚上|自己|一个人|单独 .. 来我家
        来我家 吧|玩|睡|住|过夜
        来 我 家|这|房间|车
        ALONE 来|出来
        一个人来
        别|不要 带|叫 别人|任何人|FAMILY|ANYONE|人
        趁|等 FAMILY|爸妈 .. 不在|睡|出门
        FAMILY|爸妈 .. 不在|睡 .. 来|出来|见
        接你 & 别|偷偷|晚上|单独|ALONE|SECRET
        SNEAK_OUT & 见|接|等|MEET
        单独 出来|见|聊
        MEET .. 别|不要 .. FAMILY|告诉
    """,
    "gifts": """
        GIFT .. 送你|给你
        给你 买|带|准备
        给 你 买|准备|带 .. GIFT|礼物|东西|SHOES|CONSOLE|CLOTHES|NECKLACE|手机|了
        买 .. 给 你
        送你|送给你 一|个|礼物|条|双|部|GIFT|NECKLACE|SHOES|CONSOLE
        送|买 你 一|个|礼物|条|双|部|NECKLACE|SHOES|CONSOLE|GIFT
        给 你 GIFT|礼物
        给你买了 .. GIFT|礼物|一|个|东西|SHOES|CONSOLE|CLOTHES|NECKLACE
        给你买 .. GIFT|礼物|一|个|东西|SHOES|CONSOLE|CLOTHES|NECKLACE
        有 GIFT|礼物 给 你
        你 想要 什么 .. 买
        GIFT & 别|NEG 告诉|说|TELL
    """,
    "money": """
        借|LEND 你|我|点 .. MONEY|钱
        借我|借你|借给 .. MONEY|钱
        给|转|发|打 你|我 .. MONEY|钱|红包|PAYAPP
        MONEY|钱 .. 给|转|借 你|我
        转账 给 你|我
        TRANSFER 你|我
        PAYAPP .. 你|我|转
        我|你 PAYAPP
        缺 MONEY|钱
    """,
    "secrecy": """
        JUST_US|ALONE 知道|KNOW
        ! 别|不要|不能|不许|NEG 告诉|跟|和|让|对|TELL .. FAMILY|别人|任何人|人|ANYONE|STAFF|谁|老师
        ! 别|不要|不能 说出去
        ! 别|不要 让 .. 知道|看到|发现|看见|KNOW
        我们|咱俩|OUR 小? SECRET|秘密
        OUR 两|俩|两个 人? 的? SECRET|秘密
        保守|KEEP 秘密|SECRET|这
        保密
        BETWEEN_US
        只有 我们|你 .. 知道
        删|DELETE .. 聊天记录|消息|记录|对话|MESSAGE|聊天
        看完|聊完|记得|记着|把 .. 删|DELETE
        瞒 FAMILY|着|爸妈
        ! NEG|没人 需要|必要|用 知道
        答应|保证 .. 不|NEG|别 说|告诉|TELL
        FAMILY .. NEG|不 会? 理解|懂|知道 & 别|我们|秘密
    """,
    "romance": """
        BEAUTIFUL & 想你
        整晚 .. 想你
        发|SEND .. SWIMSUIT|UNDERWEAR .. 照片|PIC
        我 爱 你
        爱上 你
        喜欢 你 .. 不只|不是|特别|不仅
        我 好? 喜欢 你
        我 喜欢上 你
        IN_LOVE
        想|要|让我 KISS|亲|吻|HOLD|抱|搂 你
        想 亲你|抱你|吻你
        KISS 你
        你 .. SEXY|性感
        SEXY
        发|给 .. 照片|自拍|PIC .. 性感|SEXY|内衣|洗澡|UNDERWEAR|身体|不穿|床上|穿
        发 张? 照片|自拍|PIC & BABE|晚上|SEXY|美|身材|别
        给 我 看 身体|BODY|照片|PIC
        你 有 BOYFRIEND|对象
        有 BOYFRIEND 吗?
        做 我 PARTNER|女朋友|男朋友
        AGE .. 不|NEG 重要|是问题|问题
        比 同龄 .. 成熟|MATURE
        成熟 .. 同龄|AGE|年龄
        每晚|晚上|一直|天天|总是|整晚 想 你|着你
        想你 & 晚上|睡|每|BABE|整夜
        DREAM 你
        你 穿 什么
        BABE & 照片|想|爱|亲|抱|晚安|PIC
        宝贝 晚安|想你|爱你
    """,
}

EVERYDAY = """
    HUNGER|THIRST|HEAT|COLD|EMBARRASSMENT|SLEEPY|TIREDNESS|LAUGHTER 死|死了
    LAUGHTER|HUNGER|TIREDNESS|SLEEPY|HEAT|COLD .. 想死|要死|死
    TIREDNESS|EMBARRASSMENT 想死
    FAMILY 会|要|GO KILL|打|打死 我 .. 如果|要是|GRADES|迟到|因为
    IF ... FAMILY 会|要 KILL|打死|打 我
    GRADES ... FAMILY 会|要 KILL|打死|打 我
    FAMILY 爱 你
    爱 你|您 FAMILY
    爱 FAMILY
    爱你 FAMILY
    ! 绝不|绝不会|从来不|永远不 .. HURT|SELF_HARM|KILL|SUICIDE
    我 爱 FAMILY
    切|剪|划 CAKE|PAPER|HAIR
    给 FAMILY|SIBLING 买 .. GIFT|礼物
    吃 ALLERGY|HEADACHE
    打 BALL
    别|不要 告诉 .. SURPRISE|惊喜|生日|BIRTHDAY
"""
