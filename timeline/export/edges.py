"""Partnerships as a network: partnerships in, a CSV edge list or a GraphML file out, one edge a pair of an agreement.

An agreement of three parties gives three edges that share its id. Both files stream: in GraphML a node stands before
its first edge. Source: GraphML Primer, graphml.graphdrawing.org.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from xml.sax.saxutils import escape, quoteattr

from timeline.chronology import Partnership
from timeline.export.flat import csv_line
from timeline.export.wording import clean_text

_COLUMNS = (
    "source",
    "source_name",
    "target",
    "target_name",
    "kind",
    "edtf",
    "event",
    "partnership",
    "is_signed",
    "subject",
    "creates",
)
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="kind" for="edge" attr.name="kind" attr.type="string"/>
<key id="edtf" for="edge" attr.name="edtf" attr.type="string"/>
<key id="event" for="edge" attr.name="event" attr.type="string"/>
<key id="is_signed" for="edge" attr.name="is_signed" attr.type="boolean"/>
<key id="subject" for="edge" attr.name="subject" attr.type="string"/>
<key id="creates" for="edge" attr.name="creates" attr.type="string"/>
<graph id="partnerships" edgedefault="undirected">
"""


def render_edge_list(partnerships: Iterable[Partnership]) -> Iterator[str]:
    """Give a header and one row an edge."""
    yield csv_line(_COLUMNS)
    for tie in partnerships:
        for (a, a_name), (b, b_name) in _pairs(tie):
            told = (str(tie.is_signed).lower(), tie.subject, "; ".join(tie.creates))
            yield csv_line((a, a_name, b, b_name, tie.kind, tie.edtf, tie.event, tie.id, *told))


def render_graphml(partnerships: Iterable[Partnership]) -> Iterator[str]:
    """Give a GraphML file: each organisation is a node where it first occurs, before its first edge."""
    yield _HEAD
    seen: set[str] = set()
    for tie in partnerships:
        for key, name in zip(tie.organizations, tie.parties, strict=False):
            if key not in seen:
                seen.add(key)
                yield f'<node id={quoteattr(key)}><data key="name">{escape(clean_text(name))}</data></node>\n'
        for number, ((a, _), (b, _)) in enumerate(_pairs(tie)):
            yield f"<edge id={quoteattr(f'{tie.id}.{number}')} source={quoteattr(a)} target={quoteattr(b)}>"
            yield f'<data key="kind">{tie.kind}</data><data key="event">{escape(tie.event)}</data>'
            yield f"{_told(tie)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _told(tie: Partnership) -> str:
    """Give what is told of a partnership; what nobody tells is left out."""
    told = {
        "edtf": tie.edtf,
        "is_signed": str(tie.is_signed).lower(),
        "subject": tie.subject,
        "creates": "; ".join(tie.creates),
    }
    return "".join(
        f'<data key="{key}">{escape(clean_text(value))}</data>' for key, value in told.items() if value
    )


def _pairs(tie: Partnership) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    return combinations(dict(zip(tie.organizations, tie.parties, strict=False)).items(), 2)
