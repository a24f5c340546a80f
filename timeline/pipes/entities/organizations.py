"""Names and text in, organisations with exact boundaries out: what the tagger marked, put right and completed by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from timeline import lexicon
from timeline.pipes.entities.boundaries import COUNT, Body, is_name, keep_longest, set_boundaries, with_post
from timeline.pipes.entities.gazetteer import areas_named
from timeline.pipes.entities.mentions import (
    find_acting_places,
    find_branded,
    find_deal_sides,
    find_declared,
    find_foreign,
    find_founded,
    find_list_items,
    find_offices,
    find_placed,
    find_repeats,
    find_school_shorts,
    find_subjects,
)
from timeline.pipes.entities.names import NameSpan, is_picture
from timeline.pipes.words.vocabulary import Hit, Vocabulary
from timeline.pipes.words.wording import at_end, words_of

# a name broken over two lines: 中国质量\n研究院
_BREAK = re.compile(r"\s*\n\s*")
_AREA = (2, 3, 4)  # characters of a place that a name begins with
# 江城水处理|系公司
_IS_FIRM = re.compile(r"系(?:本?公司|集团)$")


@dataclass(frozen=True, slots=True)
class OrganizationSpan:
    """A body that can take a role: its span, its clean name, what sort of body it is, and how sure we are."""

    start: int
    end: int
    name: str
    kind: str | None
    score: float


def find_organizations(
    text: str, names: Sequence[NameSpan], occasions: Sequence[tuple[int, int]] = ()
) -> list[OrganizationSpan]:
    """Find the organisations of a clean text, in order, without overlaps; `occasions` are the spans of named ones."""
    hits = _known_bodies().find(text)
    bodies = [Body(n.start, n.end, n.score) for n in names if n.label == "ORG" or _is_office(n, hits)]
    bodies = set_boundaries(text, bodies + _known(hits, names), names)
    bodies = keep_longest(bodies + find_offices(text, bodies, names))
    bodies = keep_longest(bodies + find_placed(text, bodies, names))
    bodies = keep_longest(bodies + find_subjects(text, bodies) + find_branded(text, bodies, names))
    bodies = keep_longest(bodies + find_founded(text, bodies) + find_foreign(text, bodies))
    bodies = keep_longest(bodies + find_declared(text, bodies))
    bodies = keep_longest(bodies + find_school_shorts(text, bodies))
    bodies = keep_longest(bodies + find_list_items(text, bodies, names))
    bodies = keep_longest(bodies + find_deal_sides(text, bodies, names))
    bodies = [b for b in find_repeats(text, bodies, names) if is_name(text, b) and not _is_in_title(text, b)]
    bodies = [_without_pictures(text, _before_is(text, b)) for b in _are_real(text, bodies, hits)]
    bodies = [b for b in bodies if not _is_field(text, b, occasions)]
    acting = find_acting_places(text, bodies, names)
    bodies = [with_post(text, b) for b in bodies if not b.is_place] + acting
    return [_span(text, b) for b in sorted(bodies, key=lambda b: b.start)]


def _known(hits: Sequence[Hit], names: Sequence[NameSpan]) -> list[Body]:
    """Find bodies that are known by name where the tagger saw nothing or less: 国务院, 联合国|粮食及农业组织."""
    found = [Body(hit.start, hit.end, 0.7) for hit in hits]
    return [b for b in found if all(_lies_in(n, b) for n in names if n.start < b.end and b.start < n.end)]


def _lies_in(name: NameSpan, body: Body) -> bool:
    """Say whether a marked name is the less of a known one."""
    return body.start <= name.start and name.end <= body.end and name.end - name.start < body.end - body.start


def _is_office(name: NameSpan, hits: Sequence[Hit]) -> bool:
    """Say whether what was marked as a place is a known office of it: 东屿国|国防部."""
    return name.label == "LOC" and any(name.start < h.start and h.end == name.end for h in hits)


def _are_real(text: str, bodies: Sequence[Body], hits: Sequence[Hit]) -> list[Body]:
    """Leave out what only looks like a known body: 教育部|门, 新华社|区, and the place of many: 云溪县|6家合作社."""
    bodies = [b for b in bodies if not (_is_area(text, b) and COUNT.match(text, b.end))]
    words = words_of("organizations", "name")
    known = {(hit.start, hit.end) for hit in hits}
    return [b for b in bodies if text[b.start : b.end] not in words or (b.start, b.end) in known]


def _is_area(text: str, body: Body) -> bool:
    return text[body.end - 1] in words_of("organizations", "admin")


def _before_is(text: str, body: Body) -> Body:
    """Cut off a name what the announcement says its body is: 江城水处理|系公司与…共同设立."""
    cut = _IS_FIRM.search(text, body.start + 2, body.end)
    return replace(body, end=cut.start()) if cut else body


def _without_pictures(text: str, body: Body) -> Body:
    """Cut pictures off the edges of a name: 🌟|青禾集团|🌟."""
    start, end = body.start, body.end
    while end - start > 2 and is_picture(text[start]):
        start += 1
    while end - start > 2 and is_picture(text[end - 1]):
        end -= 1
    return body if (start, end) == (body.start, body.end) else replace(body, start=start, end=end)


@cache
def _known_bodies() -> Vocabulary:
    return Vocabulary(e for e in lexicon.load("organizations") if e.kind == "name")


def _is_in_title(text: str, body: Body) -> bool:
    """《青川市科技局工作条例》: a body inside the title of a work plays no part."""
    line = text.rfind("\n", 0, body.start) + 1
    return text.rfind("《", line, body.start) > text.rfind("》", line, body.start)


def _is_field(text: str, body: Body, occasions: Sequence[tuple[int, int]]) -> bool:
    """Say whether a body is only where and in what field an occasion is: 京津冀智能医药|创新论坛, and not 华安大学|校友论坛."""
    name = text[body.start : body.end]
    inside = any(low <= body.start and body.end < high for low, high in occasions)
    if not inside or at_end("organizations", "suffix").search(name) is not None:
        return False
    if not any(areas_named(name[:length]) for length in _AREA if length < len(name)):
        return False
    own = [m.start() for m in re.finditer(re.escape(name), text)]
    return all(any(low <= at < high for low, high in occasions) for at in own)


def _span(text: str, body: Body) -> OrganizationSpan:
    name = _BREAK.sub("", text[body.start : body.end])
    return OrganizationSpan(body.start, body.end, name, "place" if body.is_place else _kind(name), body.score)


def _kind(name: str) -> str | None:
    for endings, kind in _endings():
        if name.endswith(endings):
            return kind
    return None


@cache
def _endings() -> tuple[tuple[tuple[str, ...], str], ...]:
    entries = lexicon.load("organizations")
    return tuple(
        (e.words, str(e.get("body"))) for e in entries if e.kind in ("suffix", "name", "short", "seat")
    )
