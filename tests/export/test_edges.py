"""Networks of partnerships, read back: every pair an edge, every end a node, hostile names still names."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest

from tests.api.corpus import make_corpus
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


def test_another_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="csv, graphml"):
        render_ties(TIES, "gexf")
