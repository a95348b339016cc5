"""Letters that stand for other letters: look-alikes, Arabic spellings, digits of other scripts, traditional Chinese."""

from __future__ import annotations

import unicodedata

_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufe0e\ufe0f\ufeff\u3164\u20e3"
    "\u0640\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
)
_ARABIC_MARKS = [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE)]
_ARABIC = {"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا", "گ": "ك", "پ": "ب", "ڤ": "ف", "چ": "ج"}
_LOOK_ALIKES = dict(zip("авекмнорстухіјѕԁɡοανικρτυχɑ", "abekmhopctyxijsdgoavikptuxa", strict=True))
_LATIN = {"đ": "d\u0335", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "ı": "i", "ß": "ss"}
_QUOTES = dict.fromkeys("\u2018\u2019\u02bc\u02b9\u00b4\u0060\u2032\uff07", "'")
_ARABIC_POINTS = {"،": ",", "؛": ";", "؟": "?"}  # else they would stick to the word before them
_TRADITIONAL = dict(
    zip(
        "殺無歲兒開關來過還這個們說話讓給媽爺親從沒時間點見覺愛錢買賣電號碼訊發繫機會學號應該結離陰傷體腳藥強擊槍彈樓橋"
        "頭臉淚熱凍飯餓氣罵誰嗎麼什麽當為對為實際書遊戲劇節總網絡視頻聽讀寫後裡裏隻歡樂聖誕禮約單獨處處門鎖關緊壓脅綁騙"
        "賺鈔債帳賬轉匯訂車勞龍龐屍燒燙剛剪條繩絕遺囑訣別記聯絡圖員傳簡陳選擇變護顧壞憂鬱憤懼嚇驚陪帶歸迴遠運麗漂靚",
        "杀无岁儿开关来过还这个们说话让给妈爷亲从没时间点见觉爱钱买卖电号码讯发系机会学号应该结离阴伤体脚药强击枪弹楼桥"
        "头脸泪热冻饭饿气骂谁吗么什么当为对为实际书游戏剧节总网络视频听读写后里里只欢乐圣诞礼约单独处处门锁关紧压胁绑骗"
        "赚钞债帐账转汇订车劳龙庞尸烧烫刚剪条绳绝遗嘱诀别记联络图员传简陈选择变护顾坏忧郁愤惧吓惊陪带归回远运丽漂靓",
        strict=True,
    )
)
_TRADITIONAL |= {
    "妳": "你",
    "甦": "苏",
    "著": "着",
    "跡": "迹",
    "歳": "岁",
    "夠": "够",
    "幹": "干",
    "戶": "户",
    "啟": "启",
}
_TRADITIONAL |= {
    "醫": "医",
    "難": "难",
    "與": "与",
    "辦": "办",
    "題": "题",
    "煩": "烦",
    "樣": "样",
    "刪": "删",
    "掉": "掉",
}


def _digits() -> dict[str, str]:
    starts = (0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0E50)
    return {chr(start + number): str(number) for start in starts for number in range(10)}


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for pairs in (_ARABIC, _ARABIC_POINTS, _LOOK_ALIKES, _LATIN, _QUOTES, _TRADITIONAL, _digits()):
        table.update({ord(one): other for one, other in pairs.items()})
    table.update(dict.fromkeys(map(ord, _HIDDEN)))
    table.update(dict.fromkeys(code for code in _ARABIC_MARKS if unicodedata.category(chr(code)) == "Mn"))
    return table


CHANGED = _table()
"""For `str.translate`, after decomposition."""
