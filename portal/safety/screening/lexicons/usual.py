"""The most usual small words of all languages, without accents: no pattern is woken by one of them if it has a rarer word."""

from __future__ import annotations

USUAL = frozenset(
    # English
    "the to a and of in is it you that he was for on are with as i his they be at one have this from or "
    "had by but not what all were we when your can "
    "said there use an each which she do how their if will up other about out many then them these so "
    "some her would make like him into time has look two "
    "more go see no way could people my than first been call who its now find long down day did get come "
    "made may part over new work know place year live "
    "me back give most very after thing things our just name good man think say great where help much "
    "before line right too old any same tell want well also "
    "play small end put home read hand need again off went let's lets got last night week today school "
    "yes ok okay hi hey thanks please dont im home house "
    "talk send text later tomorrow mom dad friend friends still really bring meet here every always love "
    "going gonna let take best better keep ready feel "
    "bus class game time eat food car walk room shoes phone number show big little next run left own "
    # Spanish, French, Creole
    "de la que el en y los se del las un por con una su para es al lo como mas pero sus le ya o fue este "
    "ha si porque esta son entre cuando muy sin sobre ser "
    "tiene tambien me hasta hay donde han quien estan desde todo nos durante todos uno les ni contra "
    "otros ese eso mi yo tu te ti voy vamos bien casa hoy "
    "manana gracias hola mama papa escuela nada algo mucho quiero puedo hacer dia noche solo aqui ir ver "
    "dar tengo tienes va hora "
    "le les des est et il je ne pas vous dans sur qui ce son au nous elle avec mais ou plus tout fait ton "
    "ta mon ma mes moi toi lui on suis ai as a aux d l j "
    "c s n m t qu si bon oui non demain soir jour merci quand comme tres encore aussi va vais faire dit peux veux "
    "mwen m w li l nou n yo y ou pa ap te pou nan ak sou gen sa ki yon lan lekol lakay jodi demen mesi "
    "tout kay fe ale vini we bay pran manje "
    # Vietnamese, without and with tones
    "la va co cua cho khong nay duoc mot nguoi trong den di voi ra em anh con ban toi minh me ba an ngay "
    "nha truong cam on hom mai roi thi cung nhu vi khi "
    "là và có của cho không này được một người trong đến đi với ra em anh con bạn tôi mình mẹ ăn ngày nhà "
    "trường hôm mai rồi thì cũng như vì khi lúc nhé ạ nay "
    # Arabic, Chinese
    "في من على الى ان هذا هذه انا انت هو هي ما لا كل مع عن او كان يوم بعد قبل عند شو كيف وين البيت "
    "المدرسه اليوم بكرا امي ماما شكرا "
    "我 你 他 她 它 我们 你们 他们 自己 的 我的 你的 他的 了 着 过 是 不 没 没有 在 有 这 那 这个 那个 个 人 谁 什么 怎么 哪 "
    "来 去 到 上 下 里 出 回 走 会 能 可以 要 想 说 看 听 做 吃 写 买 给 带 叫 让 和 跟 对 从 把 被 用 比 很 太 都 也 就 还 又 "
    "再 更 最 吗 呢 吧 啊 一 两 好 大 小 多 少 新 早 晚 点 天 年 月 家 回家 学校 老师 同学 朋友 妈妈 爸爸 今天 明天 昨天 "
    "早上 中午 下午 晚上 现在 时候 周末 知道 觉得 喜欢 告诉 一起 一个 谢谢 你好 记得 "
    "我 你 他 她 的 了 是 在 有 不 人 这 那 就 也 都 要 会 说 去 到 来 和 给 吃 看 想 好 妈妈 爸爸 今天 明天 老师 学校 家 我们 一个 吗 吧 做 用 打 发 带 走 让 没 跟 能 还 再 ".split()
)
