"""Find the glosses and the stretches read one byte off in a text: edits and a count of what stays damaged come out."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.clean.charmodel import PageModel, load_model
from timeline.clean.glosses import find_glosses
from timeline.clean.marks import CUE, GLOSSED, STRETCH
from timeline.clean.shifted import LOST, Reading, read_shifted
from timeline.offsets import Edit, apply_edits

_CERTAIN = 10.0  # nats a character; a reading that costs more is not made
_MOST_CUES = 200  # in one page; what stands behind them is left as it is


@dataclass(frozen=True, slots=True)
class Restoration:
    """What takes the damage out of a text: deletions of glosses, and readings of stretches that stood off step."""

    glosses: tuple[Edit, ...]
    readings: tuple[Reading, ...]
    damaged: int  # places not read, or read with a byte lost for good


def find_damage(text: str) -> Restoration:
    """Find every gloss and every stretch that reads better one byte on; a text without a cue costs one search."""
    glosses = tuple(find_glosses(text))
    if not CUE.search(text):
        return Restoration(glosses, (), 0)
    model = PageModel(load_model(), _sound_text(text))
    keys = {match["character"]: match["reading"] for match in GLOSSED.finditer(text)}
    readings: list[Reading] = []
    damaged = at = tried = 0
    while (cue := CUE.search(text, at)) is not None and tried < _MOST_CUES:
        tried += 1
        begin = text.rfind("\n", 0, cue.start()) + 1
        context = _clean_before(text, max(begin, cue.start() - 120), cue.start(), glosses, readings)
        end = text.find("\n", cue.start())
        line = text if end < 0 else text[:end]
        reading = read_shifted(line, cue.start(), context, model=model, keys=keys)
        if reading is None or reading.doubt > _CERTAIN:
            damaged += reading is not None or cue["reading"] is not None
            at = cue.end()
            continue
        damaged += LOST in reading.text
        readings.append(reading)
        at = reading.end
    outside = (g for g in glosses if not any(r.start <= g.start < r.end for r in readings))
    return Restoration(tuple(outside), tuple(readings), damaged)


def _sound_text(text: str) -> str:
    """Give the text without glosses and without what may be off step: the page's n-grams are counted from it."""
    sound = STRETCH.sub("\n", text)
    return apply_edits(sound, find_glosses(sound))[0]


def _clean_before(text: str, start: int, end: int, glosses: tuple[Edit, ...], readings: list[Reading]) -> str:
    """Give text[start:end] without its glosses and with the stretches read so far."""
    edits = [Edit(r.start, r.end, r.text) for r in readings if start <= r.start and r.end <= end]
    edits += [
        g
        for g in glosses
        if start <= g.start and g.end <= end and not any(r.start <= g.start < r.end for r in readings)
    ]
    moved = (Edit(e.start - start, e.end - start, e.text) for e in edits)
    return apply_edits(text[start:end], moved)[0]
