"""The reports of one event in, those that reprint another one's text out; findings carry sentences, no more is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from timeline.edtf import Edtf
from timeline.link.reports import Report

_GRAM = 3
# what copies keep however they are damaged: no marks, no spaces, no glosses
_TOLD = re.compile(r"[\u3400-\u9fff0-9]+")
# a shorter sentence may be written twice without being copied
_SHORTEST = 16
_ALIKE = 0.8
# more different texts of one event than this are compared by their exact words only
_COMPARED = 200


def find_reprints(reports: Sequence[Report]) -> frozenset[tuple[str, str]]:
    """Give the keys of reports that add no source of their own; the first in print is the original.

    These are the copies of an earlier page's sentence, and what a page says again.
    """
    if len(reports) == 1:
        return frozenset()
    originals: list[frozenset[str]] = []
    texts: set[str] = set()
    pages: set[str] = set()
    reprints = set()
    for report in sorted(reports, key=in_print):
        text = "".join(_TOLD.findall(report.mention.sentence.text))
        grams = _grams(text) if len(text) >= _SHORTEST else frozenset()
        is_copy = bool(grams) and (text in texts or any(_are_alike(grams, other) for other in originals))
        if is_copy or report.page.id in pages:
            reprints.add(report.key)
        elif len(originals) < _COMPARED:
            originals.append(grams)
        pages.add(report.page.id)
        texts.add(text)
    return frozenset(reprints)


def in_print(report: Report) -> tuple[tuple[int, int, int, str], tuple[str, str]]:
    """Order reports by the day their page was published; pages of unknown day come last."""
    edtf = report.page.published
    return _sort_key(edtf) if edtf else (10**10, 0, 0, ""), report.key


@lru_cache(maxsize=1 << 14)
def _sort_key(edtf: str) -> tuple[int, int, int, str]:
    return Edtf.parse(edtf).sort_key()


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not other or len(one) * _ALIKE > len(other) or len(other) * _ALIKE > len(one):
        return False
    return len(one & other) >= _ALIKE * len(one | other)
