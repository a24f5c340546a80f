"""The door of clean/: a RawPage comes in, a CleanPage goes out, repaired and simplified, with the way back to the raw text."""

from __future__ import annotations

from timeline.clean.glyphs import find_blanks, find_controls, find_entities, find_wide
from timeline.clean.linebreaks import find_linebreaks
from timeline.clean.lookalikes import find_lookalikes
from timeline.clean.markup import find_markup
from timeline.clean.misread import find_misread
from timeline.clean.misread_gbk import find_misread_gbk
from timeline.clean.mojibake import find_damage
from timeline.clean.quotes import find_quotes
from timeline.clean.rewriting import Rewriting
from timeline.clean.script import find_traditional, is_traditional, simplify
from timeline.clean.segments import find_segments
from timeline.clean.spaces import find_stray_blanks
from timeline.offsets import Edit
from timeline.records import CleanPage, RawPage

__all__ = ["clean", "simplify"]


def clean(raw: RawPage) -> CleanPage:
    """Repair a page's text and split it into segments; what is not damaged is not touched.

    The order matters: bytes are read anew before any character is exchanged, words are simplified only when no
    gloss stands inside them, and blanks are judged last.
    """
    misread = find_misread(raw.text)
    misread = misread if misread.edits else find_misread_gbk(raw.text)
    page = Rewriting.of(raw.text).with_edits("mojibake", misread.edits, misread.places)
    page, damaged = _restore(page)
    page = page.with_edits("entity", find_entities(page.text))
    page = page.with_edits("markup", find_markup(page.text))
    page = page.with_edits("control", find_controls(page.text))
    is_hant = is_traditional(page.text)
    page = page.with_edits("script", find_traditional(page.text))
    page = page.with_edits("script", find_lookalikes(page.text) if is_hant else ())
    page = page.with_edits("width", find_wide(page.text))
    page = page.with_edits("quote", find_quotes(page.text))
    page = page.with_edits("space", find_blanks(page.text))
    page = page.with_edits("space", find_stray_blanks(page.text))
    page = page.with_edits("linebreak", find_linebreaks(page.text))
    return CleanPage(
        raw=raw,
        text=page.text,
        offsets=page.offsets,
        segments=find_segments(page.text),
        repairs=page.repairs,
        damaged=damaged + misread.lost,
        script="hant" if is_hant else None,
    )


def _restore(page: Rewriting) -> tuple[Rewriting, int]:
    """Take out glosses and read back what stands off step, in one rewriting since they lie in each other."""
    found = find_damage(page.text)
    if not found.glosses and not found.readings:
        return page, found.damaged
    chunks = [Edit(c.start, c.end, c.text) for r in found.readings for c in r.chunks]
    places = [Edit(r.start, r.end, r.text) for r in found.readings]
    restored = page.with_edits("mojibake", (*found.glosses, *chunks), places)
    glosses = page.with_edits("gloss", found.glosses).repairs
    repairs = tuple(sorted((*restored.repairs, *glosses), key=lambda r: (r.start, r.end)))
    return Rewriting(page.raw, restored.text, restored.offsets, repairs), found.damaged
