"""What each rule of the grammar can begin with: its name in, digits, numerals or certain characters out; a speed matter only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from timeline.times.words import entries, holidays

# The order is the grammar's precedence: what comes first wins where two rules begin at one place. Behind each rule
# stands what it can begin with: d a digit, c any Chinese numeral, w a character of its own words.
ORDER = (
    "written:d dotted_range:d school_year:d iso:d spaced:d american:d european:d compact:d year_span:d year_month:d english:dw plan:w "
    "epoch:w century:dcw decade:dc year:dcw year_2000:w before_christ:w era:w this_and_next:w stated_year:w two_days:w year_word:w "
    "quarter:dcw year_part:w every:w recent:w from_now:w now:w holiday:w month_span:dc month_pair:c month:dcw lunar_day:w "
    "stated_today:w clock:dw day_span:dc month_day:d hours:dc days_ago:dw day:dc bare_day:dc weekday:w "
    "week:w weekend:w day_word:w day_alone:w ordinal:w short_year:dc month_word:w span:dcw event_word:w after_year:w "
    "season_year:w season:w vacation:w month_part:w decade_part:w daypart:w lunar_mark:w solar_mark:w "
    "festival_alone:w bare_year:d "
)
# Rules whose words stand in the lexicon, by the kinds of these words.
_KINDS = {
    "epoch": ("epoch",),
    "era": ("era",),
    "year_word": ("year",),
    "month_word": ("month", "lunar_month"),
    "year_part": ("year_part",),
    "recent": ("recent", "recent_years"),
    "from_now": ("from_now",),
    "now": ("now", "until_now"),
    "weekday": ("week_offset", "week"),
    "week": ("week_offset",),
    "weekend": ("weekend",),
    "day_word": ("day",),
    "day_alone": ("day_alone",),
    "event_word": ("occasion", "same_event"),
    "after_year": ("after_year",),
    "season": ("season",),
    "vacation": ("vacation",),
    "month_part": ("month_part",),
    "decade_part": ("decade_part",),
    "daypart": ("daypart",),
    "lunar_mark": ("lunar_mark",),
    "solar_mark": ("solar_mark",),
    "quarter": ("week_offset",),
    "span": ("span_before", "span_after", "span_first", "span_next", "pass"),
}
# What rules begin with besides.
_SIGNS = {
    "english": "JFMASOND",
    "plan": "“\"'‘「第十",
    "century": "上本这下",
    "year": "公",
    "before_christ": "公前",
    "this_and_next": "今去",
    "stated_year": "去今明前",
    "two_days": "昨今明",
    "quarter": "前后头第首Qq",
    "every": "每",
    "month": "闰",
    "lunar_day": "初大廿",
    "year_2000": "两",
    "days_ago": "一二三",
    "stated_today": "今昨明",
    "clock": "AaPp",
    "ordinal": "第首最后前头",
    "season_year": "今去明这",
    "month_part": "上中下月",
    "daypart": "晚上下",
    "span": "数大",
    "holiday": '“"‘「',
    "festival_alone": "",
}


@cache
def first_characters() -> Mapping[str, frozenset[str]]:
    """Give the characters that each rule can begin with, but for digits and for any numeral at all."""
    found = {name: set(signs) for name, signs in _SIGNS.items()}
    for name, kinds in _KINDS.items():
        found.setdefault(name, set()).update(_firsts(w for kind in kinds for w in entries(kind)))
    for name in ("holiday", "festival_alone"):
        found[name].update(_firsts(holidays()))
    return MappingProxyType({name: frozenset(firsts) for name, firsts in found.items()})


def _firsts(words: Iterable[str]) -> set[str]:
    return {word[0] for word in words}
