"""The span files of a data folder in, training sentences out: folded, cut, put right, with damage like that of real pages.

Only the files listed here are read; those kept for tests never are.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from timeline.pipes.entities.tagger import LABELS, cut_pieces
from timeline.pipes.entities.traits import fold
from timeline.training.names_crf import Sentence

TRAINING_FILES = ("clean_swap", "clean_tmpl", "silver_fewfc", "silver_xwlb", "aishell_dev", "weibo_train")


def read_rows(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Give the texts of a span file with their spans."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield row["text"], [(start, end, label) for start, end, label in row["spans"]]


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Give the sentences of a span file, folded, with neighbouring spans put together."""
    for text, spans in read_rows(path):
        text = fold(text)
        kept = _apart(sorted(s for s in spans if s[2] in LABELS))
        joined = _join(text, kept)
        for start, end in cut_pieces(text):
            inside = tuple((s - start, e - start, label) for s, e, label in joined if s >= start and e <= end)
            yield Sentence(text[start:end], inside)


def damage(sentences: Iterable[Sentence], seed: int) -> Iterator[Sentence]:
    """Give copies of sentences as pages mangle them: quotes lost or blank, a blank where there was none."""
    draw = random.Random(seed)
    for sentence in sentences:
        kind = draw.random()
        if kind < 0.5 and '"' in sentence.text:
            yield _replace(sentence, '"', draw.choice(("", " ")))
        elif kind < 0.2 and "、" in sentence.text:
            yield _replace(sentence, "、", draw.choice((" ", ",")))
        elif kind < 0.3 and "(" not in sentence.text and sentence.spans:
            start, end, _ = draw.choice(sentence.spans)
            at = draw.choice((start, end))
            yield _insert(sentence, at, " ")


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _join(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Put together what a word tagger splits: 江西|上饶 is one place, 长沙|市财政局 one body, 星汉(集团)有限公司 too."""
    out: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        if (out and out[-1][1] == start and label == "LOC" == out[-1][2]) or (
            out and out[-1][1] == start and (out[-1][2], label) == ("LOC", "ORG")
        ):
            out[-1] = (out[-1][0], end, label)
        else:
            out.append((start, end, label))
    return out


def _replace(sentence: Sentence, old: str, new: str) -> Sentence:
    moves, text = [], ""
    for character in sentence.text:
        moves.append(len(text))
        text += new if character == old else character
    moves.append(len(text))
    spans = tuple((moves[s], moves[e], label) for s, e, label in sentence.spans)
    return Sentence(text, tuple(s for s in spans if s[1] > s[0]), sentence.weight)


def _insert(sentence: Sentence, at: int, blank: str) -> Sentence:
    text = sentence.text[:at] + blank + sentence.text[at:]
    size = len(blank)
    spans = tuple((s + size * (s >= at), e + size * (e > at), label) for s, e, label in sentence.spans)
    return Sentence(text, spans, sentence.weight)
