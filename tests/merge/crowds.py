"""Chance in, pages out that crowd on few names and days, so that much of what linking weighs meets."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import Table, select

from tests.findings import make_extraction
from timeline.chronology import Timeline
from timeline.link import Known, link, read_known
from timeline.merge.whole import relink_all
from timeline.records import Extraction
from timeline.store import Evidence, Store, load_findings, load_timeline
from timeline.store.link_tables import EVIDENCE, LINK_NAMES

NAMES = [
    "东原大学", "南河集团", "南河集团有限公司", "南河集团股份有限公司", "青川市", "青川市人民政府", "青川市政府", "青川市管委会",
    "华南经济发展协会健康产业交流委员会", "西岭经济发展协会健康产业交流委员会", "健康产业交流委员会", "东原大学附属医院", "附属医院",
    "高新区", "市教育局", "星汉科技", "星汉科技有限公司", "海东星汉科技有限公司", "东原先进材料研究院", "东材院", "齐河大学健康学院",
    "健康学院", "青川市中院", "青川中级人民法院", "星汉科技东原分公司", "东原理工大学", "东原理工", "东原理工学院", "星汉科技集团",
    "德国霍恩海默公司", "霍恩海默公司",
]  # fmt: skip
_DATES = [
    "2021-06-09",
    "2021-06-10",
    "XXXX-06-09",
    "2021-06",
    "2021-06-09~",
    "2022-06-09",
    "2021",
    "2021-06-09/2021-06-11",
    None,
]
_TITLES = [None, None, "青川茶业论坛", "第二届青川茶业论坛", "签约仪式", "2021青川茶业论坛"]
_TYPES = ["signing", "signing", "forum", "unveiling", "establishment"]
_ROLES = ["party", "party", "host", "attendee", "unveiled"]
_PLACES = [["青川市", "990100"], ["河东区", "990102"], ["临江市", "980200"]]


def make_crowd_page(chance: random.Random, number: int) -> Extraction:
    """Make a page of none to three events."""
    events = [_event(chance) for _ in range(chance.choice([0, 1, 1, 2, 3]))]
    return make_extraction(f"p{number:03d}", *events, published=chance.choice([None, "2021-06-10"]))


def link_at_once(store: Store) -> Timeline:
    """Give what linking all pages of a store at once makes of them, ids and all."""
    with store.read() as connection:
        names = connection.execute(select(LINK_NAMES.c.key, LINK_NAMES.c.organization)).all()
    previous = read_known(load_timeline(store))
    linked = {row.organization for row in names}
    # what a person named before any page did
    said = {key: ids for key, ids in previous.organizations.items() if not linked.intersection(ids)}
    owners = said | {row.key: (row.organization,) for row in names}
    known = Known(owners, previous.events, previous.verdicts)
    return link(load_findings(store), previous=known)


def kept_rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Give all rows that linking keeps."""
    with store.read() as connection:
        return {table.name: _rows(connection, table) for table in EVIDENCE}


def rows_to_keep(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Give the rows that linking all pages at once would keep."""
    with store.read() as connection:
        kept = relink_all(Evidence(connection).every_findings(), load_timeline(store)).kept
    return {
        "link_names": sorted((n.code, n.key, n.stem, n.backward, n.body, n.actor, n.organization) for n in kept.names),
        "link_reports": sorted(kept.reports),
        "link_uses": sorted((u.key, u.report, u.name, u.type, u.times) for u in kept.uses),
        "link_blocks": sorted(kept.blocks),
        "link_edges": sorted(kept.edges),
        "link_pairs": sorted((p.short, p.full, p.is_same, p.score, p.left, p.right) for p in kept.pairs),
    }  # fmt: skip


def _rows(connection: Any, table: Table) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in connection.execute(select(table)))


def _event(chance: random.Random) -> dict[str, Any]:
    names = chance.sample(NAMES, chance.randint(0, 3))
    event: dict[str, Any] = {
        "type": chance.choice(_TYPES),
        "date": chance.choice(_DATES),
        "title": chance.choice(_TITLES),
        "orgs": {name: chance.choice(_ROLES) for name in names},
    }
    if chance.random() < 0.4:
        event["place"] = chance.choice(_PLACES)
    event["tie"] = {
        "is_signed": chance.random() < 0.5,
        "subject": chance.choice([None, "茶业", "茶业贸易"]),
        "creates": chance.sample(["茶业联盟", "青川茶业 联盟", "南河研究院"], chance.randint(0, 2)),
    }
    return event
