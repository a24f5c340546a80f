"""Titles and a body in; how much of each title the body tells again out, counted in pairs of neighbouring characters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_Codes = NDArray[np.int64]
_BITS = 21  # of a code point
_PAIR = (1 << 2 * _BITS) - 1
_WIDE = 0x2E80  # the first code point of Han radicals; Han, kana and wide marks lie above
_LINE_END = ord("\n")
_FEW = 2000  # titles times characters of a body
_SAYS = np.array([chr(code).isalnum() or code > _WIDE for code in range(_WIDE + 2)])  # the last for all above


def find_shares(titles: Sequence[str], body: str) -> list[float]:
    """Give the share of each title's pairs that the body holds; 0.0 where a title has none.

    A pair of blanks or narrow marks says nothing and is left out; one that comes twice counts once. Titles are lines. In a
    short body each pair is looked for; for a long one all are sorted.

    >>> find_shares(["两校签约", "山水之间", "--"], "5月18日，两校在青川签约。")
    [0.6666666666666666, 0.0, 0.0]
    """
    if len(titles) * len(body) <= _FEW:
        return [_share(title, body) for title in titles]
    return _shares(titles, body)


def _share(title: str, body: str) -> float:
    pairs = {a + b for a, b in pairwise(title) if a.isalnum() or max(a, b) > chr(_WIDE)}
    return sum(pair in body for pair in pairs) / len(pairs) if pairs else 0.0


def _shares(titles: Sequence[str], body: str) -> list[float]:
    """Give the shares of many titles, or in a long body: their pairs as numbers, by title, and those of the body, in order."""
    codes = _codes("\n".join((*titles, body)))
    pairs = codes[:-1] << _BITS | codes[1:]
    end = len(codes) - len(body)
    told = np.sort(pairs[end:])
    first, second = codes[: end - 1], codes[1:end]
    says = _SAYS.take(first, mode="clip") | (second > _WIDE)
    says &= (first != _LINE_END) & (second != _LINE_END)
    own = ((first == _LINE_END).cumsum() << 2 * _BITS | pairs[: end - 1])[says]  # by title
    own.sort()
    own = own[np.append(own[:1] >= 0, own[1:] != own[:-1])]
    title, pair = own >> 2 * _BITS, own & _PAIR
    is_told = told.take(told.searchsorted(pair), mode="clip") == pair
    totals = np.bincount(title, minlength=len(titles)).tolist()
    hits = np.bincount(title[is_told], minlength=len(titles)).tolist()
    return [hit / total if total else 0.0 for hit, total in zip(hits, totals, strict=True)]


def _codes(text: str) -> _Codes:
    """Give the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), dtype="<u4").astype(np.int64)
