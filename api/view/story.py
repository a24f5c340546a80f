"""A story: chosen events with a title and notes in, one HTML file out that needs nothing beside it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.answers import EventEvidence
from api.view.marks import Quote, quote
from api.view.parties import find_original
from api.view.render import render
from api.view.rows import Row, make_row
from api.view.texts import Texts
from timeline.chronology import Event, Source

_STYLE = Path(__file__).parent.parent / "templates" / "story.css"
# Characters that a file's name may not hold on some system.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f.]+')


@dataclass(frozen=True, slots=True)
class Told:
    """One report as the story shows it: the source, the marked sentence, and where a reprint was taken from."""

    source: Source
    evidence: EventEvidence | None
    quote: Quote | None
    original: Source | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One event of the story with its reports and the writer's note."""

    row: Row
    reports: tuple[Told, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Story:
    """What the writer gave and chose; `version` names the state of the store it was taken from."""

    title: str
    notes: str
    chapters: tuple[Chapter, ...]
    made: str
    version: str


def make_chapter(event: Event, evidence: Sequence[EventEvidence], note: str, texts: Texts) -> Chapter:
    """Put an event with its reports and a note together."""
    told = {(e.page, e.mention.id): e for e in evidence}
    reports = tuple(
        Told(
            source,
            one := told.get((source.page, source.mention)),
            quote(one.mention, length=None) if one else None,
            find_original(source, event.sources),
        )
        for source in event.sources
    )
    return Chapter(make_row(event, evidence, texts), reports, note)


def render_story(story: Story, texts: Texts) -> str:
    """Write the file: style inside, no script, nothing fetched."""
    return render("story_file.html", texts, story=story, style=_style(), policy=story_policy())


def story_policy() -> str:
    """Give the content security policy of a story: its own style by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def name_file(title: str) -> str:
    """Make a file's name of a title."""
    return f"{_UNSAFE.sub(' ', title).strip()[:80] or 'story'}.html"


@cache
def _style() -> str:
    return "\n" + _STYLE.read_text("utf-8")
