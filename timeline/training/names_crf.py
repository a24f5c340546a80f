"""Sentences with name spans in, weights out: a conditional random field trained by AdaGrad on its likelihood.

The seed fixes the order of the batches and which features are left out of each, so the same sentences give the same
weights on the same machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from timeline.pipes.entities.marks import WordMarks
from timeline.pipes.entities.tagger import FORBIDDEN, TAGS, allowed_transitions
from timeline.pipes.entities.traits import feature_keys, read_tokens

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_COUNT_BITS = 28  # features are counted by this many bits of their key


@dataclass(frozen=True, slots=True)
class Sentence:
    """One folded sentence with its spans (start, end, label), sorted and apart; its errors count `weight` times."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Recipe:
    """How to train: passes, step size, shrinkage, share of features left out, and how often a feature must occur."""

    passes: int = 7
    step: float = 0.12
    shrink: float = 1e-4
    leave_out: float = 0.15
    at_least: int = 3
    kept: int = 420_000
    batch_tokens: int = 6_000
    seed: int = 7


@dataclass(frozen=True, slots=True)
class _Batch:
    """Sentences of like length, longest first: features as rows of the weight table, and where each stands."""

    features: npt.NDArray[np.int32]
    inverse: npt.NDArray[np.int32]
    order: npt.NDArray[np.int32]
    bounds: Ints
    first: Ints
    length: Ints
    tags: Ints
    weight: Floats


@dataclass(frozen=True, slots=True)
class _Draft:
    """A batch before it is known which features are kept: its distinct keys, where each stands and how often."""

    keys: npt.NDArray[np.uint32]
    inverse: npt.NDArray[np.int32]
    counts: Ints
    first: Ints
    length: Ints
    tags: Ints
    weight: Floats


def fit(
    sentences: Sequence[Sentence], recipe: Recipe, marks: WordMarks, report: Callable[[str], None]
) -> tuple[npt.NDArray[np.uint32], Floats, Floats]:
    """Give the keys of the features kept, their weights by tag, and the transitions."""
    keys, batches = _prepare(sentences, recipe, marks)
    report(f"{len(sentences)} sentences, {len(keys)} features, {len(batches)} batches")
    weights = np.zeros((len(keys), len(TAGS)), dtype=np.float32)
    transitions = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    past_w, past_t = np.full_like(weights, 1e-2), np.full_like(transitions, 1e-2)
    total, total_t = np.zeros_like(weights), np.zeros_like(transitions)
    random = np.random.default_rng(recipe.seed)
    for number in range(recipe.passes):
        began, loss = time.perf_counter(), 0.0
        for index in random.permutation(len(batches)):
            batch = batches[index]
            loss += _step(batch, recipe, weights, transitions, past_w, past_t, random)
        if number >= recipe.passes // 2:
            total += weights
            total_t += transitions
        report(f"pass {number + 1}: loss {loss:,.0f}, {time.perf_counter() - began:.0f} s")
    share = np.float32(recipe.passes - recipe.passes // 2)
    weights, transitions = total / share, total_t / share
    strength = np.abs(weights).max(axis=1)
    best = np.sort(np.argsort(-strength, kind="stable")[: recipe.kept])
    transitions = np.where(allowed_transitions(), transitions, np.float32(FORBIDDEN)).astype(np.float32)
    return keys[best], weights[best], transitions


def _prepare(
    sentences: Sequence[Sentence], recipe: Recipe, marks: WordMarks
) -> tuple[npt.NDArray[np.uint32], list[_Batch]]:
    drafts = [_draft(group, marks) for group in _groups(sentences, recipe.batch_tokens)]
    counts = np.zeros(1 << _COUNT_BITS, dtype=np.uint8)
    for draft in drafts:
        bucket = draft.keys >> np.uint32(32 - _COUNT_BITS)
        counts[bucket] = np.minimum(counts[bucket].astype(np.int64) + draft.counts, 255)
    often = [d.keys[counts[d.keys >> np.uint32(32 - _COUNT_BITS)] >= recipe.at_least] for d in drafts]
    table = np.unique(np.concatenate(often))
    return table, [_batch(draft, table) for draft in drafts]


def _groups(sentences: Sequence[Sentence], size: int) -> Iterator[list[Sentence]]:
    ordered = sorted((s for s in sentences if s.text.strip()), key=lambda s: -len(s.text))
    group: list[Sentence] = []
    held = 0
    for sentence in ordered:
        group.append(sentence)
        held += len(sentence.text)
        if held >= size:
            yield group
            group, held = [], 0
    if group:
        yield group


def _draft(group: list[Sentence], marks: WordMarks) -> _Draft:
    text = "\n".join(s.text for s in group)
    pieces, at = [], 0
    for sentence in group:
        pieces.append((at, at + len(sentence.text)))
        at += len(sentence.text) + 1
    tokens = read_tokens(text, pieces)
    lengths = np.array(tokens.length)
    order = np.argsort(-lengths, kind="stable")
    tags, weight = np.zeros(len(tokens.ids), dtype=np.int64), np.zeros(len(tokens.ids), dtype=np.float32)
    for sentence, (start, _), begin, size in zip(group, pieces, tokens.first, tokens.length, strict=True):
        weight[begin : begin + size] = sentence.weight
        opens = {int(tokens.starts[i]): i for i in range(begin, begin + size)}
        closes = {int(tokens.ends[i]): i for i in range(begin, begin + size)}
        for low, high, label in sentence.spans:
            i, j = opens.get(start + low), closes.get(start + high)
            if i is not None and j is not None:
                _write(tags, i, j, label)
    keys, inverse, counts = np.unique(
        feature_keys(text, tokens, marks), return_inverse=True, return_counts=True
    )
    shape = (len(tokens.ids), -1)
    first = np.array(tokens.first)[order]
    return _Draft(keys, inverse.astype(np.int32).reshape(shape), counts, first, lengths[order], tags, weight)


def _write(tags: Ints, i: int, j: int, label: str) -> None:
    if i == j:
        tags[i] = TAGS.index(f"S-{label}")
        return
    tags[i : j + 1] = TAGS.index(f"M-{label}")
    tags[i], tags[j] = TAGS.index(f"B-{label}"), TAGS.index(f"E-{label}")


def _batch(draft: _Draft, table: npt.NDArray[np.uint32]) -> _Batch:
    """Keep the known features of a draft; all unknown ones share one more row, which stays zero."""
    rows = np.searchsorted(table, draft.keys)
    rows[rows == len(table)] = 0
    known = table[rows] == draft.keys
    number = np.where(known, np.cumsum(known) - 1, known.sum()).astype(np.int32)
    inverse = number[draft.inverse]
    flat = inverse.ravel()
    order = np.argsort(flat, kind="stable")[: int((flat < known.sum()).sum())]
    bounds = np.searchsorted(flat[order], np.arange(int(known.sum())))
    owner = (order // inverse.shape[1]).astype(np.int32)
    return _Batch(
        rows[known].astype(np.int32),
        inverse,
        owner,
        bounds,
        draft.first,
        draft.length,
        draft.tags,
        draft.weight,
    )


def _step(
    batch: _Batch,
    recipe: Recipe,
    weights: Floats,
    transitions: Floats,
    past_w: Floats,
    past_t: Floats,
    random: np.random.Generator,
) -> float:
    """Move the weights down one batch's gradient; give its loss."""
    keep = random.random(len(batch.features)) >= recipe.leave_out
    rows = batch.features[keep]
    local = np.zeros((len(batch.features) + 1, len(TAGS)), dtype=np.float32)
    local[:-1][keep] = weights[rows] / np.float32(1 - recipe.leave_out)
    emissions = np.zeros((len(batch.tags), len(TAGS)), dtype=np.float32)
    for column in range(batch.inverse.shape[1]):
        emissions += local[batch.inverse[:, column]]
    loss, slope, slope_t = _likelihood(batch, emissions, transitions)
    gradient = np.add.reduceat(slope[batch.order], batch.bounds, axis=0)[keep] / np.float32(len(batch.first))
    gradient += np.float32(recipe.shrink) * weights[rows]
    past_w[rows] += gradient * gradient
    weights[rows] -= np.float32(recipe.step) * gradient / np.sqrt(past_w[rows])
    slope_t /= np.float32(len(batch.first))
    past_t += slope_t * slope_t
    transitions -= np.float32(recipe.step) * slope_t / np.sqrt(past_t)
    return loss


def _likelihood(batch: _Batch, emissions: Floats, transitions: Floats) -> tuple[float, Floats, Floats]:
    """Give the negative log-likelihood with its slopes, by forward and backward passes over all sentences in step."""
    first, length = batch.first, batch.length
    steps = int(length[0])
    alive = [int(np.searchsorted(-length, -step, side="left")) for step in range(steps)]
    top = emissions.max(axis=1, keepdims=True)
    local = np.exp(emissions - top)
    moves = np.where(allowed_transitions(), np.exp(transitions), 0).astype(np.float32)
    entry = np.array([0 if t[0] in "ME" else 1 for t in TAGS], dtype=np.float32)
    leave = np.array([0 if t[0] in "BM" else 1 for t in TAGS], dtype=np.float32)
    forward, norms = [local[first] * entry], []
    for step in range(steps):
        if step:
            n = alive[step]
            forward.append((forward[-1][:n] @ moves) * local[first[:n] + step])
        norm = forward[-1].sum(axis=1, keepdims=True)
        forward[-1] /= norm
        norms.append(norm)
    slope = np.zeros_like(emissions)
    slope_t = np.zeros_like(transitions)
    backward = np.tile(leave, (len(first), 1))
    loss = _normalizer(forward, norms, alive, leave, top, first)
    for step in range(steps - 1, -1, -1):
        n = alive[step]
        share = forward[step] * backward[:n]
        total = share.sum(axis=1, keepdims=True)
        w = batch.weight[first[:n]][:, None]
        slope[first[:n] + step] = share / total * w
        if step:
            ahead = local[first[:n] + step] * backward[:n] / norms[step]
            slope_t += (forward[step - 1][:n] * w / total).T @ ahead * moves
            backward[:n] = ahead @ moves.T
    return loss - _gold(batch, emissions, transitions, slope, slope_t), slope, slope_t


def _normalizer(
    forward: list[Floats], norms: list[Floats], alive: list[int], leave: Floats, top: Floats, first: Ints
) -> float:
    total = 0.0
    for step, norm in enumerate(norms):
        n = alive[step]
        total += float(np.log(norm).sum()) + float(top[first[:n] + step].sum())
        n_next = alive[step + 1] if step + 1 < len(alive) else 0
        ended = forward[step][n_next:n]
        if len(ended):
            total += float(np.log((ended * leave).sum(axis=1)).sum())
    return total


def _gold(batch: _Batch, emissions: Floats, transitions: Floats, slope: Floats, slope_t: Floats) -> float:
    """Take the gold tags off the slopes; give their score."""
    inside = np.flatnonzero(batch.weight > 0)
    tags = batch.tags[inside]
    slope[inside, tags] -= batch.weight[inside]
    score = float(emissions[inside, tags].sum())
    pairs = inside[:-1][np.diff(inside) == 1]
    left, right = batch.tags[pairs], batch.tags[pairs + 1]
    np.add.at(slope_t, (left, right), -batch.weight[pairs])
    return score + float(transitions[left, right].sum())
