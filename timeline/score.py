"""Findings against gold: two JSONL files in, per-field precision and recall out; nothing is extracted here."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.errors import ScoreError
from timeline.records import Record

# Types that are one thing told from two sides: a match across them is right as an event, wrong as a type.
_FAMILIES = {
    "unveiling": "founding", "establishment": "founding", "opening": "founding", "groundbreaking": "founding",
    "forum": "meeting", "expo": "meeting",
}  # fmt: skip
_GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}\)")  # 醫(yī)療
_MARKS = re.compile(r"[\s\"'“”‘’《》「」『』·•—\-()（）,，.。:：]")
_LEAST_AGREEMENT = 0.3


class Rate(Record):
    """How many of how many: `share` is null where there was nothing to count."""

    right: int
    of: int
    share: float | None


class Score(Record):
    """The figures of one comparison; precision is over headline events, recall over the gold's main ones."""

    pages: int
    missing: tuple[str, ...]
    precision: Rate
    recall: Rate
    recall_all: Rate
    f1: float
    type: Rate
    status: Rate
    date: Rate
    organizations_precision: Rate
    organizations_recall: Rate
    persons_recall: Rate
    place: Rate
    published: Rate
    differences: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    right: int = 0
    of: int = 0

    def add(self, right: int, of: int = 1) -> None:
        self.right += right
        self.of += of

    def rate(self) -> Rate:
        return Rate(right=self.right, of=self.of, share=round(self.right / self.of, 4) if self.of else None)


_FIELDS = (
    "precision", "recall", "recall_all", "type", "status", "date", "organizations_precision",
    "organizations_recall", "persons_recall", "place", "published",
)  # fmt: skip


def score_files(gold: Path, predicted: Path) -> Score:
    """Compare findings, as `timeline extract --format jsonl` prints them, with gold pages (fixtures/gold).

    Pages meet by the findings' `source_id`, else by the file name of their `path`.

    Raises ScoreError for a file that is missing or holds a line that is not a JSON object.
    """
    golds = {Path(page.get("file") or str(page["id"])).stem: page for page in _read_lines(gold)}
    found: dict[str, Mapping[str, Any]] = {}
    for page in _read_lines(predicted):
        for key in (Path(page.get("path") or "").stem, str(page.get("source_id"))):
            if key in golds:
                found[key] = page
    return score_pages(golds, found)


def score_pages(golds: Mapping[str, Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]) -> Score:
    """Compare pages by their key; a gold page without findings counts as found empty and is listed as missing."""
    tallies = {name: _Tally() for name in _FIELDS}
    differences: list[str] = []
    for key, gold in golds.items():
        page = found.get(key, {})
        differences += [f"{key}: {text}" for text in _score_page(gold, page, tallies)]
    rates = {name: tally.rate() for name, tally in tallies.items()}
    precision, recall = rates["precision"].share or 0.0, rates["recall"].share or 0.0
    f1 = round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0
    missing = tuple(sorted(set(golds) - set(found)))
    return Score(pages=len(golds), missing=missing, f1=f1, differences=tuple(differences), **rates)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ScoreError(f"cannot read {path}: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise ScoreError(f"{path} line {number} is not JSON: {error}") from error
        if not isinstance(value, dict):
            raise ScoreError(f"{path} line {number} is not a JSON object")
        yield value


def _score_page(
    gold: Mapping[str, Any], page: Mapping[str, Any], tallies: Mapping[str, _Tally]
) -> Iterator[str]:
    """Count what a page has right and wrong: its day, its events, and the fields of those found; name each difference."""
    wanted_day = (gold.get("published") or {}).get("value")
    found_day = _plain((page.get("published") or {}).get("edtf"))
    is_right = found_day == wanted_day if wanted_day else not _is_day(found_day)
    tallies["published"].add(is_right)
    if not is_right:
        yield f"published {found_day}, gold {wanted_day}"
    wanted, got = list(gold.get("events") or []), list(page.get("events") or [])
    pairs = _pair(wanted, got)
    yield from _count_missed(wanted, {i for i, _ in pairs}, tallies)
    yield from _count_spurious(got, {j for _, j in pairs}, tallies)
    for i, j in pairs:
        yield from _score_pair(wanted[i], got[j], tallies)


def _count_missed(
    wanted: Sequence[Mapping[str, Any]], found: Collection[int], tallies: Mapping[str, _Tally]
) -> Iterator[str]:
    """Count the events of the gold that were found, by their places in its list."""
    for index, event in enumerate(wanted):
        tallies["recall_all"].add(index in found)
        if event.get("main", True):
            tallies["recall"].add(index in found)
        if index not in found:
            yield f"missed {event['type']} {_gold_edtf(event)} {_best(event, 'title') or event.get('trigger')}"


def _count_spurious(
    got: Sequence[Mapping[str, Any]], matched: Collection[int], tallies: Mapping[str, _Tally]
) -> Iterator[str]:
    """Count the events told as the page's news that the gold has too; others cost nothing."""
    for index, event in enumerate(got):
        if event.get("headline", True):
            tallies["precision"].add(index in matched)
            if index not in matched:
                trigger = (event.get("trigger") or {}).get("text")
                yield f"spurious {event.get('type')} {_edtf(event)} {event.get('title') or trigger}"


def _score_pair(
    gold: Mapping[str, Any], got: Mapping[str, Any], tallies: Mapping[str, _Tally]
) -> Iterator[str]:
    tallies["type"].add(gold["type"] == got.get("type"))
    tallies["status"].add(gold.get("status") == got.get("status"))
    is_dated = _is_date_right(gold, _edtf(got))
    tallies["date"].add(is_dated)
    if not is_dated:
        yield f"date {_edtf(got)}, gold {_gold_edtf(gold)}"
    wanted, found = set(_names(gold, "organizations")), set(_names(got, "organizations"))
    tallies["organizations_recall"].add(len(wanted & found), len(wanted))
    tallies["organizations_precision"].add(len(wanted & found), len(found))
    if wanted != found:
        yield f"organizations {sorted(found)}, gold {sorted(wanted)}"
    people = set(_names(gold, "persons"))
    present = set(_names(got, "persons"))
    tallies["persons_recall"].add(len(people & present), len(people))
    if people - present:
        yield f"persons {sorted(present)}, gold {sorted(people)}"
    if gold.get("place"):
        place = (got.get("place") or {}).get("name")
        tallies["place"].add(_fold(gold["place"]) == _fold(place))
        if _fold(gold["place"]) != _fold(place):
            yield f"place {place}, gold {gold['place']}"


def _pair(wanted: list[Mapping[str, Any]], got: list[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Pair events one to one, best agreement first."""
    scored = [(_agreement(w, g), -i, -j) for i, w in enumerate(wanted) for j, g in enumerate(got)]
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted(scored, reverse=True):
        if score >= _LEAST_AGREEMENT and all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    return pairs


def _agreement(gold: Mapping[str, Any], got: Mapping[str, Any]) -> float:
    """Weigh what two events share: family, date, name, organisations, trigger; 0 where the family differs."""
    family = _FAMILIES.get(gold["type"], gold["type"])
    if family != _FAMILIES.get(str(got.get("type")), got.get("type")):
        return 0.0
    wanted, found = set(_names(gold, "organizations")), set(_names(got, "organizations"))
    shared = len(wanted & found) / len(wanted) if wanted else 0.0
    title, name = _fold(_best(gold, "title")), _fold(got.get("title"))
    is_named = bool(title and name and (title in name or name in title))
    trigger = _fold(gold.get("trigger"))
    is_triggered = bool(trigger) and trigger == _fold((got.get("trigger") or {}).get("text"))
    return 0.1 + 0.3 * _is_date_right(gold, _edtf(got)) + 0.25 * is_named + 0.2 * shared + 0.15 * is_triggered


def _is_date_right(gold: Mapping[str, Any], edtf: str | None) -> bool:
    """Compare without qualifiers; gold without a start wants no date, or for words such as 近日 a vague one."""
    wanted = _gold_edtf(gold)
    if wanted is None:
        is_vague = edtf is not None and ("~" in edtf or ".." in edtf)
        return edtf is None or (gold["date"].get("surface") is not None and is_vague)
    return _plain(edtf) == wanted


def _gold_edtf(event: Mapping[str, Any]) -> str | None:
    start, end = event["date"].get("start"), event["date"].get("end")
    return f"{start}/{end}" if start and end and end != start else start


def _edtf(event: Mapping[str, Any]) -> str | None:
    return (event.get("date") or {}).get("edtf")


def _plain(edtf: str | None) -> str | None:
    return re.sub(r"[?~%]", "", edtf) if edtf else None


def _is_day(edtf: str | None) -> bool:
    return bool(edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", edtf))


def _best(item: Mapping[str, Any], key: str) -> str | None:
    return item.get(f"{key}_clean") or item.get(key)


def _names(event: Mapping[str, Any], key: str) -> Iterable[str]:
    return (name for item in event.get(key) or [] if (name := _fold(_best(item, "name"))))


def _fold(text: str | None) -> str:
    """Take away what does not make a name another: width, glosses, quotation marks, spaces, case."""
    folded = unicodedata.normalize("NFKC", text or "")
    return _MARKS.sub("", _GLOSS.sub("", folded)).lower()
