"""Numerals as Chinese news writes them: digits of three scripts to whole numbers, sums of money to amounts; dates stay out.

Years and numbers up to 99, which dates are made of, are read from a table; cn2an reads all other Chinese numerals. What it
cannot read (a Latin O for zero, full-width digits, 廿) is folded first, on a copy, so that spans always point into the text
as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

Qualifier = Literal["", "over", "nearly", "about", "at_least", "at_most"]

_FOLD = str.maketrans("０１２３４５６７８９．，○Ｏ兩萬億點", "0123456789.,〇〇两万亿点")

# ISO 4217 code of each name; a closed set of units, as year and day are, which the lexicon's floor is too high to hold.
_CURRENCIES = {
    "人民币": "CNY", "元": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD",
    "日元": "JPY", "英镑": "GBP", "韩元": "KRW", "新台币": "TWD", "台币": "TWD", "澳门元": "MOP", "澳元": "AUD",
    "加元": "CAD", "新加坡元": "SGD", "新元": "SGD", "瑞士法郎": "CHF", "卢布": "RUB", "卢比": "INR", "泰铢": "THB",
    "林吉特": "MYR", "迪拉姆": "AED", "雷亚尔": "BRL", "坚戈": "KZT",
    "歐元": "EUR", "港幣": "HKD", "英鎊": "GBP", "韓元": "KRW", "新臺幣": "TWD", "臺幣": "TWD", "人民幣": "CNY",
}  # fmt: skip
_SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "千": 10**3,
    "百": 100,
    "": 1,
}
_QUALIFIERS: dict[str, Qualifier] = {
    "超过": "over", "超": "over", "逾": "over", "突破": "over", "多": "over", "余": "over", "餘": "over", "近": "nearly",
    "约": "about", "約": "about", "左右": "about", "达": "", "不少于": "at_least", "不低于": "at_least", "至少": "at_least",
    "以上": "at_least", "不超过": "at_most", "不高于": "at_most", "至多": "at_most", "以下": "at_most", "以内": "at_most",
}  # fmt: skip

# 超100亿元 | 1.2万亿元人民币 | 200多亿元 | 近万元 | 三千万美元 | 15亿7000万元 | 新台币6亿元
_AMOUNT = re.compile(
    r"""
    (?P<before>不超过|不高于|至多|超过|超|逾|突破|近|约|約|不少于|不低于|至少)?
    (?P<symbol>人民币|人民幣|新台币|新臺幣|台币|臺幣|港币|港幣)?
    (?:(?P<upper>(?<![\d.,])\d{1,6}|(?<![第〇零一二三四五六七八九两十百千])[一二三四五六七八九两十][〇零一二三四五六七八九两十百千]{0,6})亿零?(?=[\d一二三四五六七八九两十])(?!\d*亿))?
    (?:
        (?P<digits>(?<![\d.])\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|(?<![\d.,])\d{1,15}(?:\.\d{1,4})?)
      | (?P<chinese>(?<![第〇零一二三四五六七八九两十百千])[一二三四五六七八九两][〇零一二三四五六七八九两十百千]{0,7}|(?<![〇零一二三四五六七八九两十百千])十[一二三四五六七八九]?)
      | (?P<bare>(?=万元|亿元|千万|百万|百亿|千亿))
    )
    [ ]?(?P<more>多|余|餘)?
    (?P<scale>万亿|千亿|百亿|亿|千万|百万|万|千|百)?
    (?P<more2>多|余|餘)?
    [ ]?(?P<currency>元人民币|元人民幣|CURRENCY)
    (?P<after>左右|以上|以下|以内)?
    """.replace("CURRENCY", "|".join(sorted(_CURRENCIES, key=len, reverse=True))),
    re.VERBOSE,
)
# 5元店, 3元桥, 二元论, 元旦: the unit begins another word
_OTHER_WORD = re.compile(
    r"元(?:店|桥|橋|旦|素|件|组|月|首|老|勋|宇宙|方程|化|论|論|次|朝|代|宵|年|复|復|帅|帥|老|配|硬币|里|谋|/)"
)
_MONEY_MARK = re.compile(
    r"元|美金|港[币幣]|欧元|英[镑鎊]|卢|台币|[新臺]|人民|法郎|泰铢|林吉特|迪拉姆|雷亚尔|坚戈"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, its qualifier in the span: value in whole units of the currency (ISO 4217)."""

    start: int
    end: int
    text: str
    value: float
    currency: str
    qualifier: Qualifier = ""


@lru_cache(maxsize=8192)
def read_number(text: str) -> int | None:
    """Read a whole number written in ASCII, full-width or Chinese digits or numerals; None where it is none.

    >>> read_number("二〇二四"), read_number("廿八"), read_number("１２"), read_number("两万三"), read_number("几")
    (2024, 28, 12, 23000, None)
    """
    folded = text.translate(_FOLD).replace(" ", "").replace(",", "").replace("O", "〇")
    if folded.isascii():
        return int(folded) if folded.isdigit() else None
    common = _common().get(folded)
    if common is not None:
        return common
    import cn2an  # a third of a second to import, and few pages need it

    folded = folded.replace("卅", "三十").replace("俩", "两").replace("仨", "三")
    try:
        value = cn2an.cn2an(folded, "smart")
    except (ValueError, KeyError, IndexError):  # cn2an's own lookups fail on some malformed runs
        return None
    return int(value) if float(value).is_integer() else None


def find_amounts(text: str) -> list[Amount]:
    """Find sums of money: digits or numerals, a scale, a currency; with what hedges them (超, 近, 约, 多, 余, 左右).

    >>> [(a.text, a.value, a.currency, a.qualifier) for a in find_amounts("总投资超100亿元，另有1.2亿美元")]
    [('超100亿元', 10000000000.0, 'CNY', 'over'), ('1.2亿美元', 120000000.0, 'USD', '')]
    """
    if _MONEY_MARK.search(text) is None:
        return []
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text.translate(_FOLD)):
        value = _value(match)
        if value is None or _OTHER_WORD.match(text, match.end("currency") - 1):
            continue
        found.append(
            Amount(
                match.start(),
                match.end(),
                text[match.start() : match.end()],
                value,
                _currency(match["symbol"] or "", match["currency"]),
                _qualifier(match),
            )
        )
    return found


@cache
def _common() -> Mapping[str, int]:
    """Spell the numbers from 1 to 99 (二十三) and the years (二〇二四, 一九九八) as cn2an would read them."""
    ones = ("", *"一二三四五六七八九")
    spelled = {
        (ones[n // 10] if n >= 20 else "") + ("十" if n >= 10 else "") + ones[n % 10]: n
        for n in range(1, 100)
    }
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    return spelled | {str(year).translate(digits): year for year in range(1000, 3000)}


def _value(match: re.Match[str]) -> float | None:
    scale = _SCALES[match["scale"] or ""]
    upper = read_number(match["upper"]) if match["upper"] else 0
    if match["digits"]:
        value = round(float(match["digits"].replace(",", "")) * scale, 2)
    elif match["chinese"]:
        number = read_number(match["chinese"])
        if number is None:
            return None
        value = float(number * scale)
    elif match["before"] and scale > 1:
        value = float(scale)  # 近万元: a scale alone counts one of it, and only where something hedges it
    else:
        return None
    return None if upper is None else value + upper * 10.0**8


def _currency(symbol: str, name: str) -> str:
    return _CURRENCIES.get(symbol or name, "CNY") if name.startswith("元") else _CURRENCIES[name]


def _qualifier(match: re.Match[str]) -> Qualifier:
    for word in (match["before"], match["more"] or match["more2"], match["after"]):
        if word:
            return _QUALIFIERS[word]
    return ""
