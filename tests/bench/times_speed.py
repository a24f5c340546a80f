"""Tagging and resolving beside JioNLP and recognizers-text-date-time, on the same made text in one run; then our growth.

Run with `python -m tests.bench.times_speed`. Figures are characters a second of processor time, the median of runs, and the ratio
to the faster peer. A peer that is not installed is left out. JioNLP and recognizers get the text a sentence at a time,
which is where they are at their best; so do we in the second row. Our runs are each on text not seen before, since what we keep
of one text would help on the same again.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from itertools import islice, repeat

from tests.bench.text import make_text
from timeline.edtf import Edtf
from timeline.records import Reference
from timeline.times import tag

Tagger = Callable[[str], object]
_REFERENCE = Reference(Edtf.parse("2024-06-15"), "given")
_HOSTILE = {
    "digits": "20",
    "年月日": "年月日",
    "、": "、",
    "1、2、": "1、2、",
    "6月": "6月",
    "至": "1日至",
    "十": "十",
}


def main() -> None:
    """Print a row a tagger, then seconds a megabyte of adversarial text."""
    long = iter([[make_text(200_000, seed=seed)] for seed in range(1, 5)])
    short = iter([_sentences(seed) for seed in range(5, 9)])
    rows = {"timeline, one text": rate(long, _ours), "timeline, sentences": rate(short, _ours)}
    sentences = _sentences(1)
    peers = {name: rate(repeat(sentences[:share]), tagger) for name, tagger, share in _peers(len(sentences))}
    best = max(peers.values(), default=None)
    for name, speed in {**rows, **peers}.items():
        ratio = f"{speed / best:8.1f} x the faster peer" if best else ""
        print(f"{name:28} {speed:12,.0f} characters/s {ratio}")
    for length in (10_000, 100_000, 1_000_000):
        parts = iter([[make_text(length, seed=seed)] for seed in range(9, 13)])
        print(f"growth, {length:9,} characters  {rate(parts, _ours):12,.0f} characters/s")
    for name, unit in _HOSTILE.items():
        half, whole = (unit * (size // len(unit)) for size in (500_000, 1_000_000))
        small, large = _seconds([half], _ours), _seconds([whole], _ours)
        print(f"a megabyte of {name:10} {large:8.2f} s, {large / small:4.1f} x half of it")


def rate(batches: Iterator[list[str]], tagger: Tagger, runs: int = 3) -> float:
    """Give characters a second of processor time, the median of some runs after one to warm up, each on the next batch."""
    _seconds(next(batches)[:50], tagger)
    speeds = []
    for texts in islice(batches, runs):
        speeds.append(sum(map(len, texts)) / _seconds(texts, tagger))
    return statistics.median(speeds)


def _sentences(seed: int) -> list[str]:
    return [s for s in re.split(r"(?<=。)", make_text(200_000, seed=seed)) if s]


def _seconds(texts: list[str], tagger: Tagger) -> float:
    begun = time.process_time()
    for text in texts:
        tagger(text)
    return time.process_time() - begun


def _ours(text: str) -> object:
    return tag(text, _REFERENCE)


def _peers(sentences: int) -> Iterator[tuple[str, Tagger, int]]:
    """Give each peer that is there, with how many sentences it gets: slow ones get fewer."""
    warnings.simplefilter("ignore")
    moment = datetime.datetime(2024, 6, 15)
    with contextlib.suppress(ImportError), contextlib.redirect_stdout(io.StringIO()):
        import jionlp

        stamp = moment.timestamp()
        yield "JioNLP", lambda text: jionlp.ner.extract_time(text, time_base=stamp), sentences
    with contextlib.suppress(ImportError):
        from recognizers_date_time import Culture, DateTimeRecognizer

        model = DateTimeRecognizer(Culture.Chinese).get_datetime_model()
        yield "recognizers-text-date-time", lambda text: model.parse(text, moment), max(50, sentences // 20)


if __name__ == "__main__":
    main()
