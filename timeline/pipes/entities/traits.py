"""Clean text in, one column of feature keys a token out: what the tagger of names sees of a text.

Training and use share this file, so a change here asks for a new model. A token is a character, or a run of Latin
letters, or a run of digits. A key is a 32-bit hash of a template and the values it looks at.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from timeline.pipes.entities.marks import GROUPS, WordMarks

Column = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.int64]

PAD = 3  # empty tokens between two pieces, so that no window looks across
_REACH = 3  # how far a window looks to either side
_PAD_TOKEN, _DIGITS, _LATIN = 0x11FFFF, 0x110000, 0x120000
_FOLD = str.maketrans(
    "，；：？！（）〔〕［］【】％“”„＂「」『』‘’＇﹒•・‧●．—–―－─～\u3000\xa0\t",
    ',;:?!()()[][]%""""""""\'\'\'·····.-----~   ',
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE = _FULL_WIDTH | _FOLD
# "GE" and "2021" in GE医疗2021年
_RUN = re.compile(r"[A-Za-z]{2,}|[0-9]+")
_LONE = re.compile("[\ud800-\udfff]")  # halves of a pair, left by a broken source
_BARRIERS = ",.;:?!\"'、。《》<>|/…\n"
_FAR = 9

# windows over tokens: each template is a tuple of offsets
_WINDOWS: tuple[tuple[int, ...], ...] = (
    (-2,), (-1,), (0,), (1,), (2,), (-2, -1), (-1, 0), (0, 1), (1, 2), (-1, 1),
    (-2, -1, 0), (-1, 0, 1), (0, 1, 2), (1, 2, 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """Pieces of text as one row of tokens: PAD empty ones around each piece; `starts` and `ends` are offsets.

    A piece's tokens are [first : first + length]; an empty token has -1 as its offsets.
    """

    ids: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]


def fold(text: str) -> str:
    """Fold full-width forms, quotes and dashes, one character to one character."""
    return _LONE.sub("\ufffd", text.translate(_TABLE))


def read_tokens(text: str, pieces: Sequence[tuple[int, int]]) -> Tokens:
    """Cut the pieces (start, end) of a folded text into tokens; pieces come in order and do not overlap."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    keep = np.ones(len(codes), dtype=bool)
    ends = np.arange(1, len(codes) + 1)
    for run in _RUN.finditer(text):
        start, end = run.span()
        keep[start + 1 : end] = False
        ends[start] = end
        codes[start] = _run_id(run.group())
    lone = (codes >= 0x30) & (codes <= 0x39)
    codes[lone] = _DIGITS + 1
    bounds = np.array(pieces, dtype=np.int64).reshape(-1, 2)
    here = np.flatnonzero(keep)
    piece = np.searchsorted(bounds[:, 0], here, side="right") - 1
    is_inside = (piece >= 0) & (here < bounds[:, 1].take(piece, mode="clip")) if len(bounds) else piece >= 0
    here, piece = here[is_inside], piece[is_inside]
    length = np.bincount(piece, minlength=len(bounds))
    places = np.arange(len(here)) + PAD * (piece + 1)
    size = len(here) + PAD * (len(bounds) + 1)
    ids = np.full(size, _PAD_TOKEN, dtype=np.int64)
    starts, stops = np.full(size, -1), np.full(size, -1)
    ids[places], starts[places], stops[places] = codes[here], here, ends[here]
    first = np.cumsum(length) - length + PAD * np.arange(1, len(bounds) + 1)
    return Tokens(ids, starts, stops, first, length)


def feature_keys(text: str, tokens: Tokens, marks: WordMarks) -> npt.NDArray[np.uint32]:
    """Give the keys of every token: an array of tokens by templates."""
    ids = _wide(tokens.ids, _PAD_TOKEN)
    shifted = {o: _seen(ids, o) * _CONSTANTS[o] for o in range(-_REACH, _REACH + 1)}
    sums = [_total([shifted[o] for o in window]) for window in _WINDOWS]
    sums += _mark_sums(text, tokens, marks, shifted)
    keys = np.stack(sums)
    keys += _SALT[: len(sums), None]
    high = keys >> np.uint64(31)
    keys ^= high
    keys *= np.uint64(0x7FB5D329728EA185)
    keys ^= np.right_shift(keys, np.uint64(27), out=high)
    keys *= np.uint64(0x81DADEF4BC2DD44D)
    short: npt.NDArray[np.uint32] = np.right_shift(keys, np.uint64(32), out=high).astype(np.uint32)
    return short.T


def _run_id(run: str) -> int:
    return _DIGITS + min(len(run), 5) if run.isdigit() else _LATIN + zlib.crc32(run.lower().encode())


def _odd_constants(count: int, seed: int) -> Column:
    state, out = seed, []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out.append((state ^ (state >> 29)) | 1)
    return np.array(out, dtype=np.uint64)


_SALT = _odd_constants(128, 11)
_MARK_CONSTANTS = _odd_constants(128, 13)
_CONSTANTS = dict(zip(range(-_REACH, _REACH + 1), _odd_constants(2 * _REACH + 1, 17), strict=True))


def _wide(column: Marks, fill: int) -> Column:
    """Give a column with what windows see beyond its ends."""
    wide = np.full(len(column) + 2 * _REACH, fill, dtype=np.uint64)
    wide[_REACH:-_REACH] = column
    return wide


def _seen(wide: Column, offset: int) -> Column:
    """Give what each token sees of a wide column so many places on, without a copy."""
    return wide[_REACH + offset : len(wide) - _REACH + offset]


def _total(columns: Sequence[Column]) -> Column:
    out = columns[0].copy()
    for column in columns[1:]:
        out += column
    return out


def _mark_sums(text: str, tokens: Tokens, words: WordMarks, shifted: dict[int, Column]) -> list[Column]:
    """Look at lexicon marks: of the token and its neighbours, and how far the next ones stand."""
    numbers = [_marks(words, text, tokens, group) for group in GROUPS]
    kinds = _wide(_kinds(tokens.ids) + 1, 0)
    to_suffix = _wide(_distance_to_suffix(tokens, numbers[1]) + 1, 0)
    to_title, from_title = (_wide(distance + 1, 0) for distance in _distances_to_titles(numbers[2]))
    place, suffix, title, known, surname = (_wide(marks + 1, 0) for marks in numbers)
    number = iter(_MARK_CONSTANTS)

    def at(wide: Column, offset: int = 0) -> Column:
        product: Column = _seen(wide, offset) * next(number)
        return product

    sums = [_total([at(kinds, -1), at(kinds), at(kinds, 1)])]
    for marks in (place, suffix, title, known):
        sums += [at(marks), _total([at(marks, -1), at(marks)]), _total([at(marks), at(marks, 1)])]
    for marks in (place, suffix):
        sums += [_total([at(marks), shifted[0]]), _total([at(marks, 1), shifted[0]])]
    sums += [
        _total([at(place, -1), at(suffix), at(title)]),
        _total([at(place, 1), at(suffix, 1), at(title, 1), at(kinds)]),
        _total([at(to_suffix), at(place)]),
        _total([at(to_suffix), shifted[0]]),
        _total([at(to_suffix), shifted[-1]]),
        _total([at(surname), at(to_title), at(from_title)]),
        _total([at(surname, -1), at(to_title), at(kinds, 1)]),
        _total([at(surname), at(kinds, -1), at(kinds, 1)]),
        _total([at(surname, -1), shifted[1]]),
        _total([at(surname, -2), shifted[1]]),
    ]
    return sums


def _kinds(ids: npt.NDArray[np.int64]) -> Marks:
    out = np.full(len(ids), 4, dtype=np.int64)  # a character of Chinese
    out[(ids < 0x2E80) | ((ids >= 0x3000) & (ids < 0x3040)) | (ids >= 0xFE30) & (ids < 0x10000)] = 3
    out[((ids | 0x20) >= 0x61) & ((ids | 0x20) <= 0x7A) | (ids >= _LATIN)] = 1
    out[(ids >= _DIGITS) & (ids < _DIGITS + 9)] = 2
    out[ids == _PAD_TOKEN] = 0
    return out


def _marks(marks: WordMarks, text: str, tokens: Tokens, group: str) -> Marks:
    """Give the mark of each token: that of its first character, 0 where there is none, as behind the text's end."""
    return marks.number(text, group)[tokens.starts]


def _distance_to_suffix(tokens: Tokens, suffix: Marks) -> Marks:
    """Tell how far the next end of a suffix stands before any stop mark, in buckets; 0 where there is none."""
    size = len(suffix)
    index = np.arange(size)
    is_end = (suffix % 4 == 3) & (suffix > 0)
    is_stop = _barriers().take(tokens.ids, mode="clip")
    ahead = _next_index(is_end, index, size * 2)
    stop = _next_index(is_stop, index, size * 2)
    distance = ahead - index
    buckets = np.searchsorted(np.array([1, 2, 3, 4, 6, 8, 11, 15, 20, 28]), distance, side="left") + 1
    return np.where(ahead < stop, buckets, 0)


@cache
def _barriers() -> npt.NDArray[np.bool_]:
    """Flag the ids that stop; those beyond the table are read as its last, which is none."""
    flags = np.zeros(_PAD_TOKEN + 2, dtype=np.bool_)
    flags[[*map(ord, _BARRIERS), _PAD_TOKEN]] = True
    return flags


def _next_index(
    flags: npt.NDArray[np.bool_], index: npt.NDArray[np.int64], none: int
) -> npt.NDArray[np.int64]:
    return np.minimum.accumulate(np.where(flags, index, none)[::-1])[::-1]


def _distances_to_titles(title: Marks) -> tuple[Marks, Marks]:
    """Tell how many tokens on the next title begins, and how many back the last one ended; _FAR beyond four."""
    size = len(title)
    index = np.arange(size)
    begins = (title % 4 == 1) | ((title % 4 == 0) & (title > 0))
    ends = (title % 4 == 3) | ((title % 4 == 0) & (title > 0))
    ahead = _next_index(begins, index, size * 2) - index
    behind = index - np.maximum.accumulate(np.where(ends, index, -size * 2))
    return np.where(ahead > 4, _FAR, ahead), np.where(behind > 4, _FAR, behind)
