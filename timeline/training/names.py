"""The span files of a data folder in, the shipped model of the name tagger out, with its scores on the test files.

python -m timeline.training names --data ../shared/data
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from timeline.pipes.entities.marks import gather_marks
from timeline.pipes.entities.tagger import Tagger, read_tagger, tag_spans, write_tagger
from timeline.training.names_corpora import TRAINING_FILES, damage, read_rows, read_sentences
from timeline.training.names_crf import Recipe, Sentence, fit
from timeline.training.names_made import Maker, make_sentences, swap_names
from timeline.training.names_scores import score_spans

TEST_FILES = ("indomain", "seeds", "aishell_test", "weibo_test")
_MODEL = Path(__file__).resolve().parent.parent / "pipes" / "model" / "names.npz"
_MADE, _SEED = 16_000, 11
_SWAPPED = ("silver_fewfc", "silver_xwlb")


def train(data: Path) -> str:
    """Train the shipped tagger from a data folder, write it and tell what came out."""
    return write_model(data, _MODEL, TRAINING_FILES, Recipe(), _MADE)


def main(argv: Sequence[str] | None = None) -> int:
    """Train a variant of the tagger: other files, fewer passes, another place."""
    parser = argparse.ArgumentParser(prog="timeline.training.names", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds names/*.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="model file to write")
    parser.add_argument("--passes", type=int, default=Recipe.passes, help="passes over the sentences")
    parser.add_argument("--kept", type=int, default=Recipe.kept, help="features kept in the model")
    parser.add_argument("--made", type=int, default=_MADE, help="sentences to make from templates")
    parser.add_argument("--share", type=float, default=1.0, help="share of the sentences to train on")
    parser.add_argument("--without", nargs="*", default=(), help="training files to leave out")
    options = parser.parse_args(argv)
    files = [name for name in TRAINING_FILES if name not in options.without]
    recipe = Recipe(passes=options.passes, kept=options.kept)
    print(write_model(options.data, options.out, files, recipe, options.made, options.share))
    return 0


def write_model(
    data: Path, out: Path, files: Sequence[str], recipe: Recipe, made: int, share: float = 1.0
) -> str:
    """Train on some files of a data folder, write the model and describe it."""
    sentences = gather(data / "names", files, made)
    sentences = sentences[:: round(1 / share)]
    marks = gather_marks()
    fitted = fit(sentences, recipe, marks, lambda line: print(line, flush=True))
    content = write_tagger(*fitted, marks)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    lines = [f"{out.name}: {len(content) / 1e6:.1f} MB", *describe(read_tagger(content), data / "names")]
    return "\n".join(lines)


def gather(folder: Path, files: Sequence[str], made: int) -> list[Sentence]:
    """Give every training sentence: those of the files, swapped, made and damaged ones."""
    by_file = {name: list(read_sentences(folder / f"{name}.jsonl")) for name in files}
    sentences = [s for rows in by_file.values() for s in rows]
    news = [s for name in _SWAPPED if name in by_file for s in by_file[name] if s.spans]
    real = sorted(
        {_name(s, span) for s in news for span in s.spans if _is_plain_body(_name(s, span), span[2])}
    )
    maker = Maker(_SEED, real)
    swapped = (swap_names(s, maker) for s in news if maker.chance(0.4))
    added = [s for s in swapped if s is not None] + make_sentences(made, maker)
    return sentences + added + list(damage(sentences + added, _SEED))


def describe(tagger: Tagger, folder: Path) -> list[str]:
    """Score a tagger on the test files that are there, with its speed."""
    lines = []
    for name in TEST_FILES:
        if not (folder / f"{name}.jsonl").exists():
            continue
        rows = list(read_rows(folder / f"{name}.jsonl"))
        began = time.perf_counter()
        found = [[(s, e, label) for s, e, label, _ in tag_spans(tagger, text)] for text, _ in rows]
        speed = sum(len(text) for text, _ in rows) / (time.perf_counter() - began)
        scores = score_spans([spans for _, spans in rows], found)
        parts = [f"{k} {v.precision}/{v.recall}/{v.f1} of {v.gold}" for k, v in scores.items()]
        lines.append(f"{name}: {', '.join(parts)}; {speed:,.0f} characters/s")
    return lines


def _name(sentence: Sentence, span: tuple[int, int, str]) -> str:
    return sentence.text[span[0] : span[1]]


def _is_plain_body(name: str, label: str) -> bool:
    return label == "ORG" and 2 < len(name) < 25 and not any(c in "0123456789%,。:;\"' " for c in name)


if __name__ == "__main__":
    raise SystemExit(main())
