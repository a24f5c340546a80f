"""Networks of partnerships, read back: every pair an edge, every end a node, hostile names still names."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest

from tests.api.corpus import make_corpus
from timeline.chronology import Partnership
from timeline.errors import UsageError
from timeline.export import render_ties

TIES = make_corpus()[1].partnerships
NS = "{http://graphml.graphdrawing.org/xmlns}"


def test_a_partnership_of_three_gives_three_edges() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(render_ties(TIES, "csv")))))
    assert len(rows) == sum(len(t.parties) * (len(t.parties) - 1) // 2 for t in TIES)
    three = next(t for t in TIES if len(t.parties) == 3)
    assert len([row for row in rows if row["partnership"] == three.id]) == 3


def test_every_edge_ends_at_nodes_that_stand_before_it() -> None:
    graph = ElementTree.fromstring("".join(render_ties(TIES, "graphml"))).find(f"{NS}graph")
    assert graph is not None
    seen: set[str | None] = set()
    edges = 0
    for part in graph:
        if part.tag == f"{NS}node":
            assert part.get("id") not in seen
            seen.add(part.get("id"))
        elif part.tag == f"{NS}edge":
            edges += 1
            assert {part.get("source"), part.get("target")} <= seen
    assert edges == len(list(csv.DictReader(io.StringIO("".join(render_ties(TIES, "csv"))))))


def test_hostile_names_stay_names() -> None:
    tie = TIES[0].model_copy(update={"parties": ('=1+1"<&', "\x00]]>")})
    graph = ElementTree.fromstring("".join(render_ties((tie,), "graphml")))
    assert [d.text for n in graph.iter(f"{NS}node") for d in n] == ['=1+1"<&', "\ufffd]]>"]
    (row,) = csv.DictReader(io.StringIO("".join(render_ties((tie,), "csv")).replace("\x00", "")))
    assert row["source_name"].startswith("'=")


def test_what_is_told_of_a_partnership_stands_at_its_edges() -> None:
    told = {"is_signed": False, "subject": "茶业", "creates": ("茶业联盟", "茶业研究院")}
    (edge, *_) = _edges(TIES[0].model_copy(update=told))
    assert {key: edge[key] for key in told} == {
        "is_signed": "false",
        "subject": "茶业",
        "creates": "茶业联盟; 茶业研究院",
    }
    (bare, *_) = _edges(TIES[0].model_copy(update={"is_signed": True, "subject": None, "creates": ()}))
    assert bare["is_signed"] == "true"
    assert "subject" not in bare
    assert "creates" not in bare


def test_another_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="csv, graphml"):
        render_ties(TIES, "gexf")


def _edges(tie: Partnership) -> list[dict[str, str]]:
    """Read what both files say of a partnership's edges, which must be the same; nothing is said of what is empty."""
    rows = csv.DictReader(io.StringIO("".join(render_ties((tie,), "csv"))))
    flat = [{key: row[key] for key in ("is_signed", "subject", "creates") if row[key]} for row in rows]
    graph = ElementTree.fromstring("".join(render_ties((tie,), "graphml")))
    told = [{str(d.get("key")): str(d.text) for d in edge} for edge in graph.iter(f"{NS}edge")]
    assert [{key: edge[key] for key in row} for row, edge in zip(flat, told, strict=True)] == flat
    return [
        {key: value for key, value in edge.items() if key not in ("kind", "event", "edtf")} for edge in told
    ]
