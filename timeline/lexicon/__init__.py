"""The words: YAML and TSV files beside their one loader; a name in, typed entries out, checked once and cached.

A file NAME.yaml is a list of entries. `words` and `kind` are required, `examples` hold at least one text in which the
entry means what it says, `counter_examples` texts where the same characters mean something else; every further key is
an attribute. Words are simplified Chinese, since clean/ has run before. tests/test_lexicon.py runs both kinds of text.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from timeline.errors import LexiconError

_TEXT = "tag:yaml.org,2002:str"
_OWN = frozenset({"words", "kind", "examples", "counter_examples"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that mean one thing, with texts that show it."""

    words: tuple[str, ...]
    kind: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """Give an attribute, or the default where the entry has none."""
        return self.attributes.get(name, default)


@cache
def load(name: str) -> tuple[Entry, ...]:
    """Give the entries of NAME.yaml in the order of the file.

    Raises LexiconError, with file and place, for a file that is missing or an entry out of shape.
    """
    text = _read(f"{name}.yaml")
    try:
        rows = _parse(text)
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}.yaml is not YAML: {error}") from error
    if not isinstance(rows, list):
        raise LexiconError(f"{name}.yaml must be a list of entries")
    return tuple(_entry(row, f"{name}.yaml entry {number}") for number, row in enumerate(rows, 1))


@cache
def load_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Give the rows of NAME.tsv, keyed by its first line.

    Raises LexiconError for a file that is missing or a row of another length.
    """
    rows = list(csv.reader(_read(f"{name}.tsv").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, 2):
        if len(row) != len(header):
            raise LexiconError(f"{name}.tsv line {number} has {len(row)} fields, expected {len(header)}")
    return tuple(dict(zip(header, row, strict=True)) for row in body)


def names() -> tuple[str, ...]:
    """List the YAML files, without their ending."""
    return tuple(sorted(f.name[:-5] for f in files(__name__).iterdir() if f.name.endswith(".yaml")))


def _read(file: str) -> str:
    try:
        return files(__name__).joinpath(file).read_text("utf-8")
    except FileNotFoundError as error:
        raise LexiconError(f"no such lexicon file: {file}") from error


def _parse(text: str) -> Any:
    """Read YAML without anchors, in half the time that its own constructors take: most of it is plain words."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        return _value(loader, node) if node is not None else None
    finally:
        loader.dispose()


def _value(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {_value(loader, key): _value(loader, value) for key, value in node.value}
    return node.value if node.tag == _TEXT else loader.construct_object(node)


def _entry(row: object, where: str) -> Entry:
    if not isinstance(row, dict) or not row.get("words") or not row.get("kind"):
        raise LexiconError(f"{where} needs words and kind")
    if not row.get("examples"):
        raise LexiconError(f"{where} needs an example: {row['words']}")
    return Entry(
        tuple(str(w) for w in row["words"]),
        str(row["kind"]),
        tuple(str(e) for e in row["examples"]),
        tuple(str(e) for e in row.get("counter_examples") or ()),
        {key: value for key, value in row.items() if key not in _OWN},
    )
