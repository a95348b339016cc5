"""Number words as digits, in all languages, without accents; and the words around a number that say what it is."""

from __future__ import annotations

_ONES = {
    "0": "zero oh o cero ze zewo khong صفر 零 〇",
    "1": "one uno un une yon youn en mot واحد وحده 一 幺",
    "2": "two dos deux de hai اثنين اثنان تنين اتنين 二 两",
    "3": "three tres trois twa ba ثلاثه ثلاث تلاته 三",
    "4": "four cuatro quatre kat bon tu اربعه اربع 四",
    "5": "five cinco cinq senk nam خمسه خمس 五",
    "6": "six seis sis sau سته ست 六",
    "7": "seven siete sept set bay سبعه سبع 七",
    "8": "eight ocho huit uit tam ثمانيه تمانيه ثمان 八",
    "9": "nine nueve neuf nef chin تسعه تسع 九",
    "10": "ten diez dix dis عشره",
    "11": "eleven once onze onz",
    "12": "twelve doce douze douz",
    "13": "thirteen trece treize trez",
    "14": "fourteen catorce quatorze katoz",
    "15": "fifteen quince quinze kenz",
    "16": "sixteen seize sez dieciseis",
    "17": "seventeen diecisiete diset",
    "18": "eighteen dieciocho dizwit",
    "19": "nineteen diecinueve diznef",
    "00": "hundred",
}
_TENS = {
    "2": "twenty veinte vingt ven",
    "3": "thirty treinta trente trant",
    "4": "forty fourty cuarenta quarante karant",
    "5": "fifty cincuenta cinquante senkant",
    "6": "sixty sesenta soixante swasant",
    "7": "seventy setenta swasanndis",
    "8": "eighty ochenta katreven",
    "9": "ninety noventa katrevendis",
}

DIGITS = {word: digits for given in (_ONES, _TENS) for digits, words in given.items() for word in words.split()}
"""What each word adds to a number that is read out. "Fifty five" is heard as 55: the ten alone as its first digit."""

CONNECTORS = frozenset("and y et ak va dash then guion tiret tire area code point dot space plus a و 转".split())

CONTEXT = frozenset(
    "number phone cell call text whatsapp numero telefono celular llamame llama escribeme tel telephone "
    "portable appelle numewo telefon "
    "rele dien thoai sdt so goi zalo رقمي رقم اتصل واتساب جوالي موبايلي تلفوني 号 码 电 话 微 信 加 q".split()
)
"""With one of these before it, any seven digits are a telephone number."""

EXEMPT = frozenset(
    "id case claim member policy tracking order confirmation invoice account isbn serial medicaid ref "
    "reference ticket zip passcode code "
    "office center centre clinic hospital hotline helpline warmline line crisis school desk pharmacy "
    "agency program programme library police "
    "caso expediente orden pedido oficina centro clinica linea escuela farmacia biblioteca cuenta factura "
    "referencia policia "
    "dossier commande bureau clinique ligne ecole pharmacie reference bibliotheque dosye biwo klinik "
    "lekol famasi liy "
    "phong benh vien truong ho ma don hang مكتب المكتب عياده العياده خط مدرسه المدرسه طلب ملف 室 院 校 单".split()
)
MINE = frozenset("me my mine mi mio moi mon toi mwen m minh em anh chi رقمي جوالي موبايلي 我".split())
