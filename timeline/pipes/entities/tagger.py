"""Clean text in, labelled spans out: the decoder of a conditional random field over characters, numpy alone.

The weights lie in model/names.npz: sorted 32-bit keys of features, a row of 8-bit weights for each, one scale, the
transitions between tags, and the words that features look at. A tag is O, or B, M, E or S of a label.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from timeline.pipes.entities.marks import WordMarks, read_marks, write_marks
from timeline.pipes.entities.traits import Tokens, feature_keys, fold, read_tokens

LABELS = ("ORG", "PER", "LOC")
TAGS = ("O", *(f"{position}-{label}" for label in LABELS for position in "BMES"))
FORBIDDEN = -1e4
_LONGEST = 240
# 市长出席会议。 -> one piece; a line ends a piece
_PIECE = re.compile(rf"[^。！？!?；;\n]{{1,{_LONGEST}}}[。！？!?；;]*|[。！？!?；;]+")
_BATCH = 256
_MARGIN = 0.01
_BIAS = 128  # makes an 8-bit weight positive
_BUCKETS, _SHIFT = 1 << 20, 12  # a bucket holds the keys that share their first 20 bits
_LAST_KEY = 0xFFFFFFFF  # of the row of zeros, so that no search for a key goes beyond it

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tagger:
    """A trained model: weights of features by tag, transitions, words to mark, and where each bucket of keys begins."""

    keys: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.int8]
    scale: float
    transitions: Floats
    marks: WordMarks

    index: npt.NDArray[np.int32]
    lanes: npt.NDArray[
        np.uint64
    ]  # the weights of a row plus _BIAS, four to a number: their sums never carry over

    def emissions(self, text: str, tokens: Tokens) -> Floats:
        """Give the score of every tag at every token."""
        rows = self._rows(np.ascontiguousarray(feature_keys(text, tokens, self.marks).T))
        lanes = np.add.reduce(self.lanes.take(rows, axis=0), axis=0).view(np.uint16)
        sums = lanes[:, : len(TAGS)].astype(np.int32) - _BIAS * len(rows)
        scores: Floats = sums.astype(np.float32) * np.float32(self.scale)
        return scores

    def _rows(self, keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
        """Look keys up in the sorted table by their first bits; the last row, of zeros, stands for an unknown one."""
        flat = keys.ravel()
        bucket = (flat >> np.uint32(_SHIFT)).astype(np.intp)
        rows = self.index.take(bucket)
        seen = self.keys.take(rows)
        open_ = np.flatnonzero(seen < flat)  # the key sought may stand further on
        rows[seen > flat] = len(self.keys) - 1
        here, wanted = rows.take(open_), flat.take(open_)
        while len(open_):
            here += 1
            seen = self.keys.take(here)
            rows[open_] = np.where(seen == wanted, here, len(self.keys) - 1)
            going = np.flatnonzero(seen < wanted)
            open_, here, wanted = open_.take(going), here.take(going), wanted.take(going)
        return rows.reshape(keys.shape)


def cut_pieces(text: str) -> list[tuple[int, int]]:
    """Cut a text into the pieces that are tagged one by one: sentences, and stretches of very long ones."""
    return [match.span() for match in _PIECE.finditer(text)]


def tag_spans(tagger: Tagger, text: str) -> list[tuple[int, int, str, float]]:
    """Find the spans of a text: start, end, label and a score from 0 to 1."""
    folded = fold(text)
    pieces = cut_pieces(folded)
    found: list[tuple[int, int, str, float]] = []
    for low in range(0, len(pieces), _BATCH):
        tokens = read_tokens(folded, pieces[low : low + _BATCH])
        emissions = tagger.emissions(folded, tokens)
        tags = find_best_tags(emissions, tagger.transitions, tokens)
        found += _spans(tokens, tags, _certainty(emissions, tagger.transitions, tags))
    return found


@cache
def load_tagger() -> Tagger:
    """Read the shipped model, once."""
    return read_tagger((files("timeline.pipes") / "model" / "names.npz").read_bytes())


def read_tagger(content: bytes) -> Tagger:
    """Read a model from the bytes of its file; a last row of zeros stands for every unknown feature."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        keys = np.cumsum(file["steps"], dtype=np.uint64).astype(np.uint32)
        bounds = np.zeros(_BUCKETS + 1, dtype=np.int32)
        np.cumsum(np.bincount(keys >> np.uint32(_SHIFT), minlength=_BUCKETS), out=bounds[1:])
        keys = np.append(keys, np.uint32(_LAST_KEY))
        weights = np.vstack([file["weights"], np.zeros((1, len(TAGS)), dtype=np.int8)])
        marks = read_marks(file["words"].tobytes())
        return Tagger(
            keys, weights, float(file["scale"]), file["transitions"], marks, bounds, _lanes(weights)
        )


def _lanes(weights: npt.NDArray[np.int8]) -> npt.NDArray[np.uint64]:
    lanes = np.zeros((len(weights), -(-weights.shape[1] // 4) * 4), dtype=np.uint16)
    np.add(weights, _BIAS, out=lanes[:, : weights.shape[1]], dtype=np.int16, casting="unsafe")
    return lanes.view(np.uint64)


def find_best_tags(emissions: Floats, transitions: Floats, tokens: Tokens) -> npt.NDArray[np.int64]:
    """Give each token its tag on the best path through its piece.

    A token that no name can hold, whatever stands beside it, is O; Viterbi runs on the stretches between such tokens.
    """
    tags = np.zeros(len(emissions), dtype=np.int64)
    first, length = _stretches(_is_open(emissions, transitions, tokens))
    if not len(first):
        return tags
    is_edge = np.zeros((2, len(emissions) + 1), dtype=np.bool_)  # where pieces begin and end
    is_edge[0, tokens.first], is_edge[1, tokens.first + tokens.length] = True, True
    enter = np.where(is_edge[0, first], _entry()[:, None], transitions[0][:, None])
    leave = np.where(is_edge[1, first + length], _exit()[:, None], transitions[:, :1])
    # tags by stretches, so that one step is a few operations on long rows; `alive` counts who is longer than a step
    alive = np.searchsorted(-length, -np.arange(1, int(length[0])), side="left").tolist()
    ways = [emissions[first].T + enter]
    best = ways[0].copy()
    for step, count in enumerate(alive, 1):
        reached = np.maximum.reduce(best[:, None, :count] + transitions[:, :, None], axis=0)
        reached += emissions[first[:count] + step].T
        best[:, :count] = reached
        ways.append(reached)
    current = (best + leave).argmax(axis=0)
    for step in range(len(alive), 0, -1):
        count = alive[step - 1]
        tags[first[:count] + step] = current[:count]
        came = ways[step - 1][:, :count] + transitions[:, current[:count]]
        current[:count] = came.argmax(axis=0)
    tags[first] = current
    return tags


def _is_open(emissions: Floats, transitions: Floats, tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Say for each token whether a stretch of names over it could score higher than a stretch of O.

    What a name gains at a token is bounded by its best tag after the best transition; what the best stretch over a token
    gains is then a difference of two extremes of the sums from the left. _MARGIN is far above what rounding can do.
    """
    best_into = transitions[:, 1:].max(axis=0)
    gain = ((emissions[:, 1:] + best_into).max(axis=1) - emissions[:, 0]).astype(np.float64) - transitions[
        0, 0
    ]
    gain[tokens.starts < 0] = FORBIDDEN
    after = np.cumsum(gain)
    highest = np.maximum.accumulate(after[::-1])[::-1]
    lowest = np.minimum.accumulate(after - gain)
    # the ends of a stretch: no transition where it begins or ends the piece, one to O elsewhere
    begin = max(0.0, float(transitions[0, 0])) + max(0.0, float(-best_into.min()))
    end = max(0.0, float(transitions[1:, 0].max() - transitions[0, 0]))
    is_open: npt.NDArray[np.bool_] = (highest - lowest > -_MARGIN - begin - end) & (tokens.starts >= 0)
    return is_open


def _stretches(flags: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give where each run of true flags begins and how long it is, longest first."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    first, length = edges[::2], edges[1::2] - edges[::2]
    order = np.argsort(-length, kind="stable")
    return first[order], length[order]


@cache
def _entry() -> Floats:
    return np.array([FORBIDDEN if tag[0] in "ME" else 0.0 for tag in TAGS], dtype=np.float32)


@cache
def _exit() -> Floats:
    return np.array([FORBIDDEN if tag[0] in "BM" else 0.0 for tag in TAGS], dtype=np.float32)


def _certainty(emissions: Floats, transitions: Floats, tags: npt.NDArray[np.int64]) -> Floats:
    """Give the probability of each name's token's tag, its neighbours' tags taken as right; 1 for all other tokens."""
    named = np.flatnonzero(tags)
    scores = emissions[named]
    scores[named > 0] += transitions[tags[named[named > 0] - 1]]
    inner = named < len(tags) - 1
    scores[inner] += transitions[:, tags[named[inner] + 1]].T
    scores -= scores.max(axis=1, keepdims=True)
    odds = np.exp(scores)
    out = np.ones(len(tags), dtype=np.float32)
    out[named] = odds[np.arange(len(named)), tags[named]] / odds.sum(axis=1)
    return out


def _spans(
    tokens: Tokens, tags: npt.NDArray[np.int64], certainty: Floats
) -> list[tuple[int, int, str, float]]:
    found: list[tuple[int, int, str, float]] = []
    begin = -1
    for at in np.flatnonzero(tags).tolist():
        position, label = TAGS[tags[at]].split("-")
        if position in "BS":
            begin = at
        if position in "ES" and begin >= 0:
            score = float(certainty[begin : at + 1].min())
            found.append((int(tokens.starts[begin]), int(tokens.ends[at]), label, round(score, 3)))
            begin = -1
    return found


def allowed_transitions() -> npt.NDArray[np.bool_]:
    """Say which tag may follow which: E after B or M of one label, and nothing inside a name but its own parts."""
    return np.array([[_follows(a, b) for b in TAGS] for a in TAGS])


def _follows(left: str, right: str) -> bool:
    if left[0] in "BM":
        return right[0] in "ME" and left[1:] == right[1:]
    return right[0] in "OBS"


def write_tagger(
    keys: npt.NDArray[np.uint32], weights: Floats, transitions: Floats, marks: WordMarks
) -> bytes:
    """Give the bytes of a model file: the same weights give the same bytes."""
    order = np.argsort(keys, kind="stable")
    scale = np.float32(np.abs(weights).max() / 127)
    small = np.clip(np.rint(weights[order] / scale), -127, 127).astype(np.int8)
    steps = np.diff(keys[order].astype(np.int64), prepend=0).astype(np.uint32)
    buffer = io.BytesIO()
    words = np.frombuffer(write_marks(marks), dtype=np.uint8)
    np.savez_compressed(buffer, steps=steps, weights=small, scale=scale, transitions=transitions, words=words)
    return buffer.getvalue()
