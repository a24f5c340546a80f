"""Every word of the lexicon means what its examples say, and nothing where its counter-examples say so."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest

from tests.lexicon_finders import FINDERS
from timeline.errors import LexiconError
from timeline.lexicon import Entry, _entry, load, names

ENTRIES = [(name, entry) for name in names() for entry in load(name)]


def label(value: object) -> str:
    return value.words[0] if isinstance(value, Entry) else str(value)


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=label)
def test_examples_hold_the_entry(name: str, entry: Entry) -> None:
    for text in entry.examples:
        assert any(word in text for word in entry.words), f"{name}: no word of {entry.words} in {text!r}"
        if name in FINDERS:
            assert FINDERS[name](entry, text), f"{name}: {entry.words} does not fire in {text!r}"


@pytest.mark.parametrize(("name", "entry"), [(n, e) for n, e in ENTRIES if e.counter_examples], ids=label)
def test_counter_examples_hold_the_words_and_not_the_meaning(name: str, entry: Entry) -> None:
    for text in entry.counter_examples:
        assert any(word in text for word in entry.words), f"{name}: no word of {entry.words} in {text!r}"
        assert name in FINDERS, f"{name} has counter-examples and no finder in lexicon_finders.py"
        assert not FINDERS[name](entry, text), f"{name}: {entry.words} fires in {text!r}"


def test_words_are_simplified_and_bare() -> None:
    convert = opencc.OpenCC("t2s").convert
    wrong = [f"{n}: {w!r}" for n, e in ENTRIES for w in e.words if convert(w) != w or w != w.strip()]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "row", [None, {}, {"words": ["签约"]}, {"words": ["签约"], "kind": "signing"}, {"words": [], "kind": "x"}]
)
def test_an_entry_out_of_shape_is_refused(row: object) -> None:
    with pytest.raises(LexiconError):
        _entry(row, "here")


def test_an_unknown_file_is_refused() -> None:
    with pytest.raises(LexiconError, match="no such lexicon file"):
        load("nothing")


def test_every_yaml_file_is_listed(root: Path) -> None:
    assert set(names()) == {p.stem for p in (root / "timeline" / "lexicon").glob("*.yaml")}
