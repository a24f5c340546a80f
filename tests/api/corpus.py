"""A made-up corpus for the API and the browser: invented bodies, sentences and pages, with every kind of certainty.

Nothing here is news. `make_corpus()` gives the extractions and the timeline that link/ would make of them, so that the
front door can be tested without the rooms below it; every span is found in its page's text, never counted by hand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import cycle

from timeline.chronology import Event, EventParty, Organization, Partnership, Source, Timeline
from timeline.edtf import Edtf
from timeline.records import (
    Amount,
    EventDate,
    EventMention,
    Evidence,
    Extraction,
    PageFindings,
    Participant,
    Person,
    Place,
    Published,
    RawSpan,
    Repairs,
    TimeMention,
)

BODIES = {
    "云岭大学": ("云岭大学", "云大"), "江海集团": ("江海集团有限公司", "江海集团"),
    "北辰市人民政府": ("北辰市人民政府", "北辰市政府"), "青禾生物": ("青禾生物科技股份有限公司", "青禾生物"),
    "远帆科技": ("远帆科技（北辰）有限公司", "远帆科技"), "星桥银行": ("星桥银行股份有限公司", "星桥银行"),
    "南屿医院": ("南屿市第一人民医院", "南屿医院"), "白鹭研究院": ("白鹭先进材料研究院",),
    "松江学院": ("松江职业技术学院",), "澄湖新区": ("澄湖新区管理委员会",), "晨光出版社": ("晨光出版社",),
    "赤岩能源": ("赤岩能源集团",), "蓝港物流": ("蓝港物流有限公司",), "百川协会": ("百川流域绿色发展促进会",),
    "长名中心": ("北辰市澄湖新区先进医疗器械与再生医学材料产业技术协同创新联合孵化服务中心",),
    "Northwind": ("Northwind Robotics 有限公司", "Northwind Robotics"), "丰禾合作社": ("丰禾农业专业合作社联合社",),
    "木兰剧院": ("木兰剧院",), "天枢实验室": ("天枢智能计算实验室",), "海棠基金会": ("海棠公益基金会",),
}  # fmt: skip
_OUTLETS = ("北辰日报", "澄湖晚报", "南屿新闻网", "百川时报", None)
_PLACES = (("北辰市", "990100"), ("澄湖新区", None), ("南屿市", "990200"), ("云岭大学图书馆", None))


@dataclass(frozen=True, slots=True)
class Tale:
    """One event to be told: sentence pieces with the date's words, its value and what else the record says."""

    words: str | None
    edtf: str | None
    type: str
    parties: tuple[tuple[str, str], ...]
    reason: str = "the year is that of the publication date"
    status: str = "held"
    title: str | None = None
    place: int | None = None
    person: tuple[str, str] | None = None
    amount: tuple[str, float, str] | None = None
    headline: bool = True
    reports: int = 1
    conflicts: tuple[str, ...] = ()
    published: str | None = None
    extra: str = ""
    also: tuple[str, ...] = field(default_factory=tuple)


_VERBS = {
    "signing": "签署战略合作协议", "forum": "举行研讨会", "unveiling": "举行揭牌仪式", "establishment": "宣布成立",
    "groundbreaking": "举行开工仪式", "opening": "正式启用", "launch": "发布新平台", "expo": "举办博览会",
    "visit": "考察交流", "award": "颁发年度奖", "other": "举行活动",
}  # fmt: skip


def tales() -> list[Tale]:
    """List the made-up events: special ones first, then a run of plain ones over thirteen years."""
    p, h, o, a = "party", "host", "organizer", "attendee"
    special = [
        Tale("2024年5月18日", "2024-05-18", "signing", (("江海集团", p), ("云岭大学", p), ("北辰市人民政府", "witness")), "year, month and day stand in the text", place=0, person=("钱一帆", "董事长"), amount=("12.5亿元", 1.25e9, "CNY"), reports=3, title="江海集团与云岭大学战略合作签约仪式", published="2024-05-20"),
        Tale("5月20日至22日", "2024-05-20/2024-05-22", "expo", (("澄湖新区", h), ("百川协会", o), ("赤岩能源", a)), title="第六届百川流域绿色产业博览会", place=1, reports=2),
        Tale("近日", "2024-05-21~", "visit", (("南屿医院", h), ("青禾生物", a)), "近日 on a page of 2024-05-22", published="2024-05-22"),
        Tale("今年5月", "2024-05", "groundbreaking", (("远帆科技", h),), "month of the publication year", place=1),
        Tale("12月6日", "XXXX-12-06", "forum", (("白鹭研究院", h), ("南屿医院", a), ("天枢实验室", a)), "nobody states the year", title="先进材料与再生医学高质量发展研讨会", extra="2023-12-20"),
        Tale("6月9日", "XXXX-06-09", "unveiling", (("长名中心", "unveiled"), ("澄湖新区", h)), "nobody states the year", place=1),
        Tale("3月上旬", "XXXX-03", "signing", (("星桥银行", p), ("丰禾合作社", p)), "nobody states the year", amount=("3000万元", 3e7, "CNY")),
        Tale(None, None, "signing", (("蓝港物流", p), ("Northwind", p)), "no time expression governs this event"),
        Tale("日前", None, "award", (("海棠基金会", h), ("松江学院", "recipient")), "日前 on a page without a date"),
        Tale("5月27日", "2016-05-27?/2016-05-29?", "forum", (("云岭大学", h), ("白鹭研究院", "co_host"), ("天枢实验室", o)), "year by a clue in the text; three days by 为期三天", title="国际先进材料转化与产业化研讨会", reports=2, conflicts=("南屿新闻网 gives 2022-05-27 (a repost's own stamp)",), place=3),
        Tale("2023年", "2023", "establishment", (("天枢实验室", "unveiled"), ("云岭大学", h)), "the year stands in the text", headline=False),
        Tale("去年第四季度", "2022-36", "launch", (("Northwind", h),), "去年 on a page of 2023", title="Northwind 协作机器人平台发布", headline=False),
        Tale("2019年底前", "../2019", "opening", (("蓝港物流", h),), "by the end of 2019", status="planned"),
        Tale("2021年11月30日至12月2日", "2021-11-30/2021-12-02", "expo", (("晨光出版社", h), ("木兰剧院", o)), "stated in the text", title="澄湖书香文化节"),
        Tale("下月18日", "2024-06-18", "signing", (("赤岩能源", p), ("星桥银行", p), ("江海集团", p)), "下月 on a page of 2024-05", status="planned", published="2024-05-23"),
        Tale("原定4月1日", "2020-04-01", "forum", (("百川协会", h),), "cancelled by the page", status="cancelled"),
        Tale("即日起至2024年8月", "2024-05-20/2024-08", "launch", (("远帆科技", h), ("松江学院", a)), "from the publication day", status="ongoing"),
        Tale("2018年9月10日", "2018-09-10", "award", (("海棠基金会", h), ("南屿医院", "recipient"), ("云岭大学", "recipient"), ("松江学院", "recipient"), ("白鹭研究院", "recipient"), ("天枢实验室", "recipient"), ("晨光出版社", "recipient"), ("木兰剧院", "recipient"), ("丰禾合作社", "recipient"), ("青禾生物", "recipient"), ("远帆科技", "recipient")), "stated in the text", title="第三届海棠公益奖颁奖典礼"),
    ]  # fmt: skip
    return special + list(_plain())


def _plain() -> list[Tale]:
    names = list(BODIES)
    kinds = cycle(("signing", "forum", "unveiling", "signing", "opening", "launch", "visit", "signing", "groundbreaking", "award"))  # fmt: skip
    made: list[Tale] = []
    for n in range(48):
        year, month, day = 2012 + n * 7 % 13, 1 + n * 5 % 12, 1 + n * 11 % 28
        kind = next(kinds)
        first, second = names[n * 3 % 20], names[(n * 7 + 4) % 20]
        if first == second:
            second = names[(n + 1) % 20]
        roles = ("party", "party") if kind == "signing" else ("host", "attendee")
        is_stated = n % 3 == 0
        words = f"{year}年{month}月{day}日" if is_stated else f"{month}月{day}日"
        made.append(
            Tale(
                words,
                f"{year}-{month:02d}-{day:02d}",
                kind,
                ((first, roles[0]), (second, roles[1])),
                "stated in the text" if is_stated else "the year is that of the publication date",
                place=n % 4 if n % 2 else None,
                published=f"{year}-{month:02d}-{min(day + 1, 28):02d}",
                reports=1 + (n % 5 == 0),
            )
        )
    return made


def make_corpus() -> tuple[list[Extraction], Timeline]:
    """Tell every tale on pages of its own."""
    extractions: list[Extraction] = []
    events: list[Event] = []
    partnerships: list[Partnership] = []
    for number, tale in enumerate(tales()):
        pages = [_tell(tale, number, report) for report in range(tale.reports)]
        extractions += [page for page, _ in pages]
        event = _event(tale, number, pages)
        events.append(event)
        if tale.type == "signing":
            partnerships.append(_partnership(tale, event))
    organizations = tuple(
        Organization(id=_id("o", key), name=names[0], names=names) for key, names in BODIES.items()
    )
    return extractions, Timeline(
        organizations=organizations, events=tuple(events), partnerships=tuple(partnerships)
    )


def _tell(tale: Tale, number: int, report: int) -> tuple[Extraction, EventMention]:
    outlet = _OUTLETS[(number + report) % len(_OUTLETS)]
    sentence = _sentence(tale, number)
    heading = tale.title or f"{BODIES[tale.parties[0][0]][0]}新闻"
    stamp = f"\n发布时间：{tale.published} 来源：{outlet or '本站'}\n" if tale.published else "\n"
    tail = "有关负责人介绍了下一步打算。<b>编辑</b>：某某 & 某某" + "。现场气氛热烈" * (number % 3)
    text = f"{heading}{stamp}\n{'（转载）' if report else ''}{sentence}{tail}\n"
    mention = _mention(tale, number, report, text, sentence)
    page = hashlib.sha256(text.encode() + bytes([report])).hexdigest()[:16]
    published = _published(tale, text)
    date = mention.date
    times = (
        (
            TimeMention(
                text=date.text,
                start=date.start or 0,
                end=date.end or 0,
                kind="range" if "/" in (date.edtf or "") else "date",
                edtf=date.edtf,
                from_=date.from_,
                to=date.to,
                reason=date.reason,
            ),
        )
        if date.text
        else ()
    )
    findings = PageFindings(
        id=page,
        source_id=f"made-{number}-{report}",
        path=f"pages/{number:03d}-{report}.txt",
        url=f"https://news.example/{number}/{report}.html" if number % 4 else "javascript:alert(1)",
        title=heading,
        outlet=outlet,
        published=published,
        repairs=Repairs(mojibake=number % 3, glosses=number % 7),
        times=times,
        events=(mention,),
        partnerships=(),
        warnings=("the page's stamp contradicts its citation",) if tale.conflicts else (),
    )
    return Extraction(text=text, findings=findings), mention


def _sentence(tale: Tale, number: int) -> str:
    names = [BODIES[key][0] for key, _ in tale.parties]
    where = f"在{_PLACES[tale.place][0]}" if tale.place is not None else ""
    who = "与".join(names[:2]) + "".join(f"、{name}" for name in names[2:])
    person = f"，{tale.person[0]}{tale.person[1]}出席" if tale.person else ""
    amount = f"，总投资{tale.amount[0]}" if tale.amount else ""
    long = "，双方将围绕人才培养、平台建设、成果转化、产业协同等方面深化务实合作" * (number % 3)
    when = f"{tale.words}，" if tale.words else ""
    return f"{when}{who}{where}{_VERBS[tale.type]}{person}{amount}{long}。"


def _mention(tale: Tale, number: int, report: int, text: str, sentence: str) -> EventMention:
    at = text.index(sentence)

    def span(words: str, before: str = "") -> dict[str, object]:
        start = text.index(before + words, at) + len(before)
        return {"text": words, "start": start, "end": start + len(words)}

    place = _PLACES[tale.place] if tale.place is not None else None
    return EventMention(
        id=_id("m", f"{number}-{report}"),
        type=tale.type,
        status=tale.status,
        headline=tale.headline,
        title=tale.title,
        theme=None,
        date=_date(tale, span(tale.words) if tale.words else {}),
        trigger=RawSpan(**span(_VERBS[tale.type])),
        place=Place(**span(place[0], "在"), name=place[0], adcode=place[1]) if place else None,
        organizations=tuple(
            Participant(**span(BODIES[key][0]), name=BODIES[key][0], role=role, is_borrowed=role == "witness")
            for key, role in tale.parties
        ),
        persons=_persons(tale, span),
        amount=Amount(**span(tale.amount[0]), value=tale.amount[1], currency=tale.amount[2]) if tale.amount else None,
        sentence=RawSpan(**span(sentence)),
        segment="article",
        confidence=0.9,
    )  # fmt: skip


def _persons(tale: Tale, span: object) -> tuple[Person, ...]:
    if tale.person is None or not callable(span):
        return ()
    found = span(tale.person[0])
    return (Person(name=tale.person[0], title=tale.person[1], start=found["start"], end=found["end"]),)


def _date(tale: Tale, span: dict[str, object]) -> EventDate:
    low, high = Edtf.parse(tale.edtf).bounds() if tale.edtf else (None, None)
    return EventDate(
        edtf=tale.edtf,
        from_=low.isoformat() if low else None,
        to=high.isoformat() if high else None,
        reason=tale.reason,
        confidence=0.55 if "?" in (tale.edtf or "?") else 0.95,
        **span,
    )


def _published(tale: Tale, text: str) -> Published:
    if tale.published is None and tale.extra:  # a day that the page bears and that did not settle its own
        bears = Evidence(
            kind="stated", edtf=tale.extra, text=tale.extra, weight=0.2, note="stands alone", used=False
        )
        return Published(evidence=(bears,))
    if tale.published is None:
        return Published()
    at = text.index(tale.published)
    used = Evidence(
        kind="stated", edtf=tale.published, text=tale.published, start=at, end=at + 10, weight=0.8,
        note="a label of the page", used=True,
    )  # fmt: skip
    lost = Evidence(
        kind="url", edtf="2011", text="/2011/", weight=0.2, note="part of the address", used=False
    )
    return Published(edtf=tale.published, kind="stated", confidence=0.93, evidence=(used, lost))


def _event(tale: Tale, number: int, pages: list[tuple[Extraction, EventMention]]) -> Event:
    first = pages[0][1]
    sources = tuple(
        Source(
            page=page.findings.id,
            mention=mention.id,
            path=page.findings.path,
            url=page.findings.url,
            outlet=page.findings.outlet,
            published=page.findings.published.edtf,
            is_reprint=report > 0 and report % 2 == 0,
            sentence=mention.sentence,
        )
        for report, (page, mention) in enumerate(pages)
    )
    return Event(
        id=_id("e", str(number)),
        type=first.type,
        status=first.status,
        headline=first.headline,
        title=first.title,
        theme=first.theme,
        date=first.date,
        place=first.place,
        organizations=tuple(
            EventParty(organization=_id("o", key), name=BODIES[key][0], role=role) for key, role in tale.parties
        ),
        persons=first.persons,
        amount=first.amount,
        sources=sources,
        conflicts=tale.conflicts,
        confidence=0.9,
    )  # fmt: skip


def _partnership(tale: Tale, event: Event) -> Partnership:
    keys = [key for key, role in tale.parties if role == "party"]
    return Partnership(
        id=_id("p", event.id),
        organizations=tuple(_id("o", key) for key in keys),
        parties=tuple(BODIES[key][0] for key in keys),
        kind="strategic_cooperation",
        edtf=event.date.edtf,
        event=event.id,
    )


def _id(kind: str, key: str) -> str:
    return kind + hashlib.sha256(f"{kind}:{key}".encode()).hexdigest()[:15]
