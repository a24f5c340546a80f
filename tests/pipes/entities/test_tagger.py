"""The decoder finds the best path: a plain Viterbi over each piece finds the same, whatever the scores."""

from __future__ import annotations

import numpy as np
import pytest

from timeline.pipes.entities.tagger import FORBIDDEN, TAGS, Floats, allowed_transitions, find_best_tags
from timeline.pipes.entities.traits import Tokens, read_tokens


@pytest.mark.parametrize("lean", [-4.0, 0.0, 3.0, 9.0])
def test_finds_the_path_that_plain_viterbi_finds(lean: float) -> None:
    chance = np.random.default_rng(7)
    text = "甲" * 90
    tokens = read_tokens(text, [(0, 1), (1, 3), (3, 40), (40, 90)])
    transitions = chance.normal(size=(len(TAGS), len(TAGS))).astype(np.float32)
    transitions[~allowed_transitions()] = FORBIDDEN
    for _ in range(40):
        emissions = chance.normal(scale=3, size=(len(tokens.ids), len(TAGS))).astype(np.float32)
        emissions[:, 0] += np.float32(lean)
        found = find_best_tags(emissions, transitions, tokens)
        assert found.tolist() == plain(emissions, transitions, tokens)


def plain(emissions: Floats, transitions: Floats, tokens: Tokens) -> list[int]:
    tags = [0] * len(emissions)
    for first, length in zip(tokens.first, tokens.length, strict=True):
        entry = np.array([FORBIDDEN if tag[0] in "ME" else 0 for tag in TAGS])
        leave = np.array([FORBIDDEN if tag[0] in "BM" else 0 for tag in TAGS])
        best, back = emissions[first] + entry, []
        for at in range(first + 1, first + length):
            scores = best[:, None] + transitions
            back.append(scores.argmax(axis=0))
            best = scores.max(axis=0) + emissions[at]
        tag = int((best + leave).argmax())
        tags[first + length - 1] = tag
        for at in range(length - 2, -1, -1):
            tag = int(back[at][tag])
            tags[first + at] = tag
    return tags
