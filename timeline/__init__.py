"""The face: extract, link, ingest, and tables and drawings of what they give; what is heavy is imported when it is first called."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

    from timeline.chronology import Event, Timeline
    from timeline.ingest import IngestReport
    from timeline.records import PageFindings

__all__ = ["extract", "ingest", "link", "render", "to_frame"]
__version__ = "0.1.0"


def extract(
    text: str,
    *,
    published: str | None = None,
    url: str | None = None,
    title: str | None = None,
    is_html: bool = False,
) -> PageFindings:
    """Find the dated events of one page's text; `published` is an ISO day that outranks all other evidence.

    Raises ReadError for an empty text and UsageError for a `published` that is no date.
    """
    from timeline.ingest import preview_text

    return preview_text(text, published=published, url=url, title=title, is_html=is_html).findings


def link(pages: Iterable[PageFindings]) -> Timeline:
    """Join the events and organisations of many pages into one chronology; the order of pages does not matter."""
    from timeline.link import link as link_pages

    return link_pages(pages)


def ingest(paths: Iterable[str | Path], *, database: str, published: str | None = None) -> IngestReport:
    """Read, extract, link and store the pages of files and folders; the same pages twice change nothing."""
    from timeline.ingest import ingest as ingest_paths

    return ingest_paths(paths, database=database, published=published)


def to_frame(found: PageFindings | Timeline | Iterable[PageFindings | Event]) -> pandas.DataFrame:
    """Give a pandas table with a row an event: of a page, of several pages, or of a chronology.

    Raises UsageError where pandas is not installed.
    """
    from timeline.frame import to_frame as make_frame

    return make_frame(found)


def render(findings: PageFindings, text: str, *, page: bool = False) -> str:
    """Draw the text of a page, with the events, dates and names found in it marked, as HTML (spaCy's displaCy).

    `text` is the raw text the findings' offsets point into: what was given to `extract`, unless that was HTML.
    """
    from timeline.pipes import draw

    return draw(findings, text, page=page)


class _Face(ModuleType):
    """Keep the functions above: the import system would bind the submodules of the same names over them."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in __all__ and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
