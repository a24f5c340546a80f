"""Count character n-grams of news text into the model that clean/ repairs with: text lines go in, characters.npz comes out.

Only counts are written, never text; the same corpus gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from timeline.clean.charmodel import LINE_EDGE, MODEL_FILE, count_ngrams, fold_line

MODEL = Path(__file__).resolve().parent.parent / "clean" / "model" / MODEL_FILE
_TAG = re.compile(r"<[^>\n]{0,200}>")  # <p style="text-indent: 2em">
_CLIP = 0xFFFF


def train(data: Path, target: Path = MODEL) -> str:
    """Count the corpora under `data` and write the model; give one line that says what was counted."""
    lines = [fold_line(line) for line in find_lines(data)]
    ones, twos, threes = count_ngrams(lines)
    arrays = pack(ones, twos, threes)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    return (
        f"{target.name}: {sum(ones.values())} characters, {len(ones)} kinds, {len(twos)} pairs, "
        f"{len(threes)} triples, {target.stat().st_size} bytes"
    )


def find_lines(data: Path) -> Iterator[str]:
    """Give the lines of text/news.txt without tags and of names/aishell_dev.jsonl, straight quotes made into pairs."""
    news = _TAG.sub("\n", (data / "text" / "news.txt").read_text("utf-8"))
    speech = (data / "names" / "aishell_dev.jsonl").read_text("utf-8").splitlines()
    for line in (*news.split("\n"), *(json.loads(row)["text"] for row in speech)):
        if line.strip():
            yield pair_quotes(line)


def pair_quotes(line: str) -> str:
    """Make straight quotation marks open and close in turn.

    >>> pair_quotes('共建"一带一路"')
    '共建“一带一路”'
    """
    parts = line.split('"')
    return "".join(p + q for p, q in zip(parts, [*("“”" * len(parts))[: len(parts) - 1], ""], strict=True))


def pack(ones: Counter[str], twos: Counter[str], threes: Counter[str]) -> dict[str, NDArray[np.integer]]:
    """Lay counts out in sorted arrays: pairs as differences of keys, and behind each pair what follows it."""
    characters = sorted({LINE_EDGE, *ones, *(c for pair in twos for c in pair)})
    ids = {c: i for i, c in enumerate(characters)}
    size = len(characters)
    contexts = {*twos, *(three[:2] for three in threes)}
    pairs = sorted((ids[p[0]] * size + ids[p[1]], p) for p in contexts)
    followers: dict[str, list[tuple[int, int]]] = {}
    for three, count in threes.items():
        followers.setdefault(three[:2], []).append((ids[three[2]], min(count, 0xFF)))
    rows = [sorted(followers.get(p, [])) for _, p in pairs]
    return {
        "characters": np.array([ord(c) for c in characters], dtype=np.uint32),
        "ones": np.array([ones.get(c, 0) for c in characters], dtype=np.uint32),
        "pairs": np.array(_differences(key for key, _ in pairs), dtype=np.uint32),
        "pair_counts": np.array([min(twos.get(p, 0), _CLIP) for _, p in pairs], dtype=np.uint16),
        "pair_kinds": np.array([len(row) for row in rows], dtype=np.uint16),
        "nexts": np.array([d for row in rows for d in _differences(i for i, _ in row)], dtype=np.uint16),
        "next_counts": np.array([n for row in rows for _, n in row], dtype=np.uint8),
    }


def _differences(values: Iterable[int]) -> list[int]:
    listed = list(values)
    return [b - a for a, b in zip([0, *listed], listed, strict=False)]
