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

from timeline.pipes.marks import WordMarks, read_marks, write_marks
from timeline.pipes.traits import Tokens, feature_keys, fold, read_tokens

LABELS = ("ORG", "PER", "LOC")
TAGS = ("O", *(f"{position}-{label}" for label in LABELS for position in "BMES"))
FORBIDDEN = -1e4
_LONGEST = 240
# 市长出席会议。 -> one piece; a line ends a piece
_PIECE = re.compile(rf"[^。！？!?；;\n]{{1,{_LONGEST}}}[。！？!?；;]*|[。！？!?；;]+")
_BATCH = 256
_BUCKETS, _SHIFT = 1 << 20, 12  # a bucket holds the keys that share their first 20 bits

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

    def emissions(self, text: str, tokens: Tokens) -> Floats:
        """Give the score of every tag at every token."""
        rows = self._rows(feature_keys(text, tokens, self.marks))
        out = np.zeros((len(rows), self.weights.shape[1]), dtype=np.int16)
        for column in range(rows.shape[1]):
            out += self.weights[rows[:, column]]
        return out.astype(np.float32) * np.float32(self.scale)

    def _rows(self, keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
        """Look keys up in the sorted table by their first bits; the last row, of zeros, stands for an unknown one."""
        flat = keys.ravel()
        bucket = (flat >> np.uint32(_SHIFT)).astype(np.int32)
        rows, stop = self.index[bucket], self.index[bucket + 1]
        open_ = np.flatnonzero((self.keys[rows] != flat) | (rows == stop))
        while len(open_):
            rows[open_] += 1
            ended = rows[open_] >= stop[open_]
            rows[open_[ended]] = len(self.keys) - 1
            open_ = open_[~ended]
            open_ = open_[self.keys[rows[open_]] != flat[open_]]
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
        tags = _best_tags(emissions, tagger.transitions, tokens)
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
        index = np.searchsorted(keys, np.arange(_BUCKETS, dtype=np.uint64) << np.uint64(_SHIFT))
        bounds: npt.NDArray[np.int32] = np.append(index, len(keys)).astype(np.int32)
        keys = np.append(keys, np.uint32(0))
        weights = np.vstack([file["weights"], np.zeros((1, len(TAGS)), dtype=np.int8)])
        marks = read_marks(file["words"].tobytes())
        return Tagger(keys, weights, float(file["scale"]), file["transitions"], marks, bounds)


def _best_tags(emissions: Floats, transitions: Floats, tokens: Tokens) -> npt.NDArray[np.int64]:
    """Run Viterbi over all pieces in step, longest first, so that each step is one array operation."""
    order = sorted(range(len(tokens.length)), key=lambda i: -tokens.length[i])
    first = np.array([tokens.first[i] for i in order])
    length = np.array([tokens.length[i] for i in order])
    tags = np.zeros(len(emissions), dtype=np.int64)
    best = emissions[first] + _entry(transitions)
    back, into = [], np.ascontiguousarray(transitions.T)
    for step in range(1, int(length[0]) if len(length) else 0):
        alive = int(np.searchsorted(-length, -step, side="left"))
        scores = best[:alive, None, :] + into
        back.append(scores.argmax(axis=2))
        best[:alive] = scores.max(axis=2) + emissions[first[:alive] + step]
    current = (best + _exit(transitions)).argmax(axis=1)
    for step in range(len(back), 0, -1):
        came = back[step - 1]
        alive = len(came)
        tags[first[:alive] + step] = current[:alive]
        current[:alive] = came[np.arange(alive), current[:alive]]
    tags[first] = current
    return tags


def _entry(transitions: Floats) -> Floats:
    return np.array([FORBIDDEN if tag[0] in "ME" else 0.0 for tag in TAGS], dtype=np.float32)


def _exit(transitions: Floats) -> Floats:
    return np.array([FORBIDDEN if tag[0] in "BM" else 0.0 for tag in TAGS], dtype=np.float32)


def _certainty(emissions: Floats, transitions: Floats, tags: npt.NDArray[np.int64]) -> Floats:
    """Give the probability of each token's tag, its neighbours' tags taken as right."""
    scores = emissions.copy()
    scores[1:] += transitions[tags[:-1]]
    scores[:-1] += transitions[:, tags[1:]].T
    scores -= scores.max(axis=1, keepdims=True)
    odds = np.exp(scores)
    mine: Floats = odds[np.arange(len(tags)), tags] / odds.sum(axis=1)
    return mine


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
