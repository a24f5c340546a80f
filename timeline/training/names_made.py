"""Vocabulary and templates in, made sentences with name spans out; also names put into the places of real ones.

Every body and person here is made up of parts (names.txt) by a seeded draw; places come from the gazetteer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from timeline.pipes.entities.gazetteer import areas_named, known_names
from timeline.training.names_crf import Sentence

Spans = list[tuple[int, int, str]]
_SLOT = re.compile(r"(\{[A-Z]\d?\})")  # {O} {X1}
_LABEL = {
    "O": "ORG", "C": "ORG", "B": "ORG", "G": "ORG", "U": "ORG", "I": "ORG", "S": "ORG", "M": "ORG", "X": "ORG",
    "P": "PER", "L": "LOC", "Z": "LOC", "V": "LOC", "X1": "LOC", "X2": "LOC",
}  # fmt: skip
_LISTS = {"J": "O", "Q": "P"}


@cache
def read_vocabulary() -> Mapping[str, tuple[str, ...]]:
    """Read names.txt: words by section; templates and sentences without names are whole lines."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in Path(__file__).with_name("names.txt").read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif current is sections.get("template") or current is sections.get("negative"):
            current.append(line)
        else:
            current.extend(line.split())
    return {name: tuple(words) for name, words in sections.items()}


class Maker:
    """A seeded source of made names; `real` are bodies seen in training text, drawn now and then."""

    def __init__(self, seed: int, real: Sequence[str] = ()) -> None:
        self.random = random.Random(seed)
        self.words = read_vocabulary()
        self.real = tuple(real)
        names = [
            n for n in known_names() if areas_named(n)[0].kind in ("province", "city", "district", "region")
        ]
        self.places = [n for n in names if areas_named(n)[0].adcode]
        self.short_places = [n for n in self.places if len(n) <= 3]
        self.large_places = [n for n in self.places if (areas_named(n)[0].level < 3) and len(n) <= 5]
        self.brand_letters = "".join(self.words["brand"])

    def pick(self, section: str) -> str:
        """Draw one word of a section."""
        return self.random.choice(self.words[section])

    def chance(self, share: float) -> bool:
        """Say yes in this share of draws."""
        return self.random.random() < share

    # ---- places ----

    def place(self) -> str:
        """Make a place, now and then with the one above it."""
        name = self.town() if self.chance(0.6) else self.random.choice(self.places)
        return self.random.choice(self.large_places) + name if self.chance(0.12) else name

    def town(self) -> str:
        """Make a short place: half of them provinces and cities."""
        return self.random.choice(self.large_places if self.chance(0.5) else self.short_places)

    def zone(self) -> str:
        """Make a development zone."""
        return self.town() + self.pick("zone")

    def venue(self) -> str:
        """Make a venue."""
        return self.town() + self.pick("venue")

    # ---- bodies ----

    def brand(self, size: int | None = None) -> str:
        """Make a brand of two to four characters."""
        if size is None and self.chance(0.25):
            return self.pick("brand_word")
        return "".join(
            self.random.choices(self.brand_letters, k=size or self.random.choice((2, 2, 2, 2, 3, 4)))
        )

    def company(self) -> str:
        """Make the full name of a company."""
        town = self.town()
        start = self.random.choice(
            [
                town + self.brand(2),
                town + self.brand(),
                self.brand(),
                "中" + self.brand(1),
                "中国" + self.brand(2),
                town,
            ]
        )
        draw = self.random.random()
        if draw < 0.62:
            return start + self.pick("industry") + self.pick("company_end")
        if draw < 0.72:
            return f"{self.brand()}{self.pick('industry')}({town}){self.random.choice(('有限公司', '股份有限公司'))}"
        if draw < 0.78:
            return f"{self.brand()}({self.random.choice(('中国', town))}){self.random.choice(('有限公司', '投资有限公司'))}"
        if draw < 0.84:
            return start + "集团" + self.random.choice(("", "", self.pick("company_part")))
        if draw < 0.9:
            return "中国" + self.brand(2) + self.random.choice(("集团", "")) + town + "分公司"
        return self.short_company() + self.random.choice(("", "", "集团", self.pick("company_part")))

    def short_company(self) -> str:
        """Make a short company name as news use it."""
        draw = self.random.random()
        if draw < 0.5:
            return self.brand() + self.pick("short")
        if draw < 0.62:
            return self.town() + self.random.choice((self.brand(2), "")) + self.pick("short")
        if draw < 0.72:
            return self.pick("latin") + self.random.choice(
                ("", "", "医疗", "集团", "中国", "公司", "科技", "汽车")
            )
        if draw < 0.78:
            return "中国" + self.random.choice((self.brand(2), self.pick("short")))
        return self.brand()

    def institute(self) -> str:
        """Make a research body, now and then inside another one."""
        field = self.pick("field") + (self.pick("field") if self.chance(0.3) else "")
        head = self.random.choice(
            [self.town(), self.place(), self.pick("institute_head"), self.school(plain=True),
             self.brand(2), "中国科学院", "中科院" + self.town(), ""]
        )  # fmt: skip
        tail = self.pick("institute_tail")
        if not head and len(tail) < 4:
            head = self.pick("institute_head")
        quality = self.pick("quality") if self.chance(0.2) else ""
        return head + quality + field + tail

    def association(self) -> str:
        """Make an association, now and then a committee of a larger one."""
        head = self.pick("institute_head") if self.chance(0.5) else self.town()
        name = head + self.pick("field") + self.pick("association_tail")
        return (
            name + self.pick("field") + self.random.choice(("专业委员会", "分会", "工作委员会"))
            if self.chance(0.15)
            else name
        )

    def school(self, *, plain: bool = False) -> str:
        """Make a university or college, with a hospital, faculty or office of it unless plain."""
        town = self.town().rstrip("市省县区")
        kind = self.random.choice(("", self.pick("school_kind"), self.pick("school_kind")))
        name = (
            town + kind + ("学校" if kind.endswith("专科") else self.random.choice(("大学", "大学", "学院")))
        )
        draw = self.random.random()
        if plain or draw < 0.55:
            return name
        if draw < 0.67:
            return (
                name
                + self.random.choice(("", "第一", "第二", "第三"))
                + "附属"
                + self.random.choice(("", "第一", "肿瘤", "口腔"))
                + "医院"
            )
        if draw < 0.88:
            return (
                name
                + self.pick("field")
                + self.random.choice(("学院", "研究院", "研究所", "研究中心", "系", "实验室"))
            )
        return name + self.random.choice(
            (
                "校友会",
                "上海校友会",
                "教育基金会",
                "出版社",
                "图书馆",
                "研究生院",
                "团委",
                "附属中学",
                "商学院",
            )
        )

    def hospital(self) -> str:
        """Make a hospital, now and then a department of it."""
        name = self.town() + self.random.choice(("", "市", "省")) + self.pick("hospital")
        return name + self.pick("hospital_part") if self.chance(0.12) else name

    def government(self) -> str:
        """Make an office of government, of a zone, or of the state."""
        draw = self.random.random()
        if draw < 0.3:
            return self.pick("state") + (self.pick("state_part") if self.chance(0.2) else "")
        if draw < 0.42:
            return self.zone() + self.pick("zone_office")
        if draw < 0.55:
            return self.random.choice("省市区县市市") + self.pick("department")
        place = self.random.choice(self.places)
        above = self.random.choice(self.places) if self.chance(0.08) else ""
        if place.endswith(("省", "自治区")) or self.chance(0.1):
            return (
                place + self.random.choice(("", "省")) * (len(place) == 2) + self.pick("province_department")
            )
        if not re.search(r"[省市区县州旗盟]$", place):
            place += self.random.choice("市市区县")
        return above + place + self.pick("department")

    def media(self) -> str:
        """Make a news house."""
        return self.random.choice((self.town(), self.brand(2), "中国")) + self.pick("media")

    def foreign(self) -> str:
        """Make a body abroad."""
        head = (
            self.pick("foreign")
            if self.chance(0.6)
            else self.pick("foreign") * self.chance(0.3) + self.pick("foreign_city")
        )
        draw = self.random.random()
        if draw < 0.5:
            return head + self.pick("foreign_body")
        if draw < 0.75:
            return (
                head
                + self.syllables(2, 4)
                + self.random.choice(("大学", "集团", "公司", "研究院", "银行", "基金会", "学院"))
            )
        return self.syllables(2, 4) + self.random.choice(
            ("大学", "集团", "公司", "汽车", "研究院", "基金会", "银行", "医疗", "电气")
        )

    def body(self) -> str:
        """Make any body, or draw a real one."""
        draw = self.random.random()
        if draw < 0.22 and self.real:
            return self.random.choice(self.real)
        choices: Sequence[tuple[float, Callable[[], str]]] = (
            (0.37, self.company), (0.48, self.short_company), (0.64, self.institute), (0.75, self.school),
            (0.8, self.hospital), (0.91, self.government), (0.97, self.association), (1.0, self.foreign),
        )  # fmt: skip
        return next(make() for bound, make in choices if draw < bound)

    # ---- people and the rest ----

    def syllables(self, low: int, high: int) -> str:
        """Make a foreign sound of so many characters."""
        return "".join(self.random.choices(self.words["foreign_syllable"], k=self.random.randint(low, high)))

    def person(self) -> str:
        """Make a person: mostly Chinese, else foreign or of a minority, with a dot or a blank inside."""
        draw = self.random.random()
        if draw < 0.05:
            return self.syllables(2, 4) + self.random.choice("····· ") + self.syllables(2, 4)
        if draw < 0.08:
            return self.syllables(2, 4)
        if draw < 0.1:
            parts = [
                "".join(self.random.choices(self.words["minority"], k=self.random.randint(1, 3)))
                for _ in range(2)
            ]
            return self.random.choice("··· ").join(parts) if self.chance(0.6) else "".join(parts)
        return self.pick("surname") + "".join(
            self.random.choices(self.words["given"], k=self.random.choice((1, 2, 2, 2)))
        )

    def occasion(self) -> str:
        """Make the name of a forum, fair or ceremony."""
        middle = self.pick("field") + (
            self.random.choice(("与", "", "暨")) + self.pick("field") if self.chance(0.4) else ""
        )
        place = f"({self.town()})" if self.chance(0.1) else ""
        return self.pick("occasion_head") + place + middle + self.pick("occasion_tail")

    def slot(self, slot: str) -> str:
        """Fill one slot of a template."""
        number = self.random.randint
        day = f"{number(1, 12)}月{number(1, 28)}日"
        makers: Mapping[str, Callable[[], str]] = {
            "O": self.body, "C": self.company, "B": self.short_company, "G": self.government, "U": self.school,
            "I": self.institute, "S": self.association, "M": self.media, "X": self.foreign, "P": self.person,
            "L": self.place, "Z": self.zone, "V": self.venue, "E": self.occasion,
            "X1": lambda: self.pick("foreign"), "X2": lambda: self.pick("foreign_city"),
            "T": lambda: self.pick("post"), "H": lambda: self.pick("gov_post"), "R": lambda: self.pick("rank"),
            "F": lambda: self.pick("field"),
            "D": lambda: self.random.choice((day, f"{number(2012, 2026)}年{day}", "近日", "日前", f"{number(1, 28)}日", day + "上午", "昨日")),
            "A": lambda: f"{number(1, 99)}{self.random.choice(('亿元', '万元', '.5亿元', '亿美元', '00万元'))}",
            "W": lambda: self.pick("field") + self.random.choice(("发展规划", "行动计划", "白皮书", "指南", "蓝皮书", "管理办法")),
            "K": lambda: self.brand() + self.pick("field") + self.random.choice(("产业园", "项目", "生产基地", "产业园项目", "总部项目")),
            "N": lambda: self.random.choice((f"{number(100000, 688999)}", f"0{number(1000, 9999)}.HK", f"{number(100, 9999):05d}")),
        }  # fmt: skip
        return makers[slot]()


def fill(template: str, maker: Maker) -> Sentence:
    """Fill a template's slots; bodies, people and places become spans."""
    text, spans = "", []
    for part in _SLOT.split(template):
        slot = part[1:-1] if _SLOT.fullmatch(part) else ""
        if not slot:
            text += part
            continue
        for number, (joint, item) in enumerate(_items(slot, maker)):
            text += joint if number else ""
            value = maker.slot(item)
            if item in _LABEL:
                spans.append((len(text), len(text) + len(value), _LABEL[item]))
            text += value
    return Sentence(text, tuple(spans))


def _items(slot: str, maker: Maker) -> list[tuple[str, str]]:
    if slot not in _LISTS:
        return [("", slot)]
    count = maker.random.randint(2, 5)
    last = maker.random.choice(("、", "和", "与", "及", "以及"))
    return [("、" if i < count - 1 else last, _LISTS[slot]) for i in range(count)]


def make_sentences(count: int, maker: Maker) -> list[Sentence]:
    """Make so many sentences from the templates, one in eight without any name."""
    templates, negatives = maker.words["template"], maker.words["negative"]
    return [
        fill(maker.random.choice(negatives if maker.chance(0.125) else templates), maker)
        for _ in range(count)
    ]


def swap_names(sentence: Sentence, maker: Maker) -> Sentence | None:
    """Put made names into the places of real ones; None where there was nothing to swap."""
    text, spans, last, changed = "", [], 0, False
    for start, end, label in sentence.spans:
        text += sentence.text[last:start]
        name = sentence.text[start:end]
        made = _swap(name, label, maker)
        changed = changed or made != name
        spans.append((len(text), len(text) + len(made), label))
        text += made
        last = end
    return Sentence(text + sentence.text[last:], tuple(spans)) if changed else None


def _swap(name: str, label: str, maker: Maker) -> str:
    if label == "PER" and 2 <= len(name) <= 3 and maker.chance(0.5):
        return maker.person()
    if label == "ORG" and len(name) >= 3 and maker.chance(0.6):
        if name.endswith("公司"):
            return maker.company()
        return maker.body() if len(name) > 4 else maker.short_company()
    if label == "LOC" and name in maker.short_places and maker.chance(0.3):
        return maker.random.choice(maker.short_places)
    return name
