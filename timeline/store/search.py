"""Exact substring search in Chinese on both databases: texts and queries in, index rows and conditions out.

Every character that is not a space counts. A text is folded (width, case, pronunciation glosses, spaces between Chinese
characters), then cut into runs without spaces; a run of n characters gives its n - 1 overlapping pairs and its last
character. A query of two characters and more is the phrase of its pairs, of one character a prefix. SQLite keeps the
pairs in an FTS5 table, PostgreSQL as a tsvector without positions beside the folded text, which longer queries look at
again. What is written in traditional characters is kept, and looked for, in simplified ones too. Sources of the idea: bigram indexes as in Lucene's CJKBigramFilter; measured in this project's research.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    TableClause,
    Text,
    cast,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

# 领(lǐng)域, 会(huì )议: a gloss in brackets behind the character it reads
_GLOSS = re.compile(
    r"""(?<=[\u3400-\u9fff])            # the character
        (?:\([a-z\u00e0-\u01dc\u0261]{1,6}\ {0,2}\))+   # its reading, sometimes twice""",
    re.VERBOSE,
)
# 再生 医学: a space or line break between two Chinese characters
_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# ASCII marks would be separators to FTS5: they are indexed in their full-width form
_MARKS = {c: c + 0xFEE0 for c in range(0x21, 0x7F) if not chr(c).isalnum()}


@dataclass(frozen=True, slots=True)
class Index:
    """A search table: the subject's number and its text."""

    name: str


EVENTS_INDEX = Index("event_search")
ORGANIZATIONS_INDEX = Index("organization_search")


def fold(words: str) -> str:
    """Bring a text to the form that is compared.

    >>> fold("再生(shēng)醫學　ＡＩ Lab")
    '再生醫學 ai lab'
    """
    folded = unicodedata.normalize("NFKC", words).casefold()
    if folded.isprintable() and "(" not in folded and " " not in folded:  # most are: nothing to take out
        return folded
    return _GAP.sub("", _GLOSS.sub("", _REFUSED.sub("", folded))).strip()


def fold_all(texts: Iterable[str | None]) -> str:
    """Fold several fields into one document in which no query reaches from one field into the next."""
    return "\n".join(dict.fromkeys(way for words in texts if words for way in spellings(fold(words))))


def spellings(folded: str) -> tuple[str, ...]:
    """Give a folded text as it stands, and in simplified characters where these are others.

    >>> spellings("清華大學 ai"), spellings("清华大学")
    (('清華大學 ai', '清华大学 ai'), ('清华大学',))
    """
    try:
        folded.encode("gb2312")  # holds no traditional character: most texts
    except UnicodeEncodeError:
        from timeline.clean import simplify  # takes a moment to load

        return tuple(dict.fromkeys((folded, simplify(folded))))
    return (folded,)


def index(connection: Connection, target: Index, documents: Sequence[tuple[int, str]]) -> None:
    """Put folded documents under their numbers into an index that does not hold these numbers."""
    if not documents:
        return
    rows: list[dict[str, object]]
    if connection.dialect.name == "sqlite":
        statement = f"INSERT INTO {target.name} (rowid, grams) VALUES (:number, :grams)"
        rows = [{"number": number, "grams": " ".join(_grams(folded))} for number, folded in documents]
    else:
        statement = f"INSERT INTO {target.name} (number, text, grams) VALUES (:number, :text, CAST(:grams AS tsvector))"
        rows = [
            {
                "number": number,
                "text": folded,
                "grams": " ".join(_quoted(g) for g in dict.fromkeys(_grams(folded))),
            }
            for number, folded in documents
        ]
    connection.execute(text(statement), rows)


def unindex(connection: Connection, target: Index, numbers: Sequence[int]) -> None:
    """Take documents out of an index."""
    if numbers:
        key = "rowid" if connection.dialect.name == "sqlite" else "number"
        rows = [{"number": number} for number in numbers]
        connection.execute(text(f"DELETE FROM {target.name} WHERE {key} = :number"), rows)


def find_numbers(target: Index, query: str, *, is_sqlite: bool) -> Select[int] | None:
    """Give a query for the numbers of the documents that hold every word of `query`; None where it has no word."""
    words = _words(query)
    if not words:
        return None
    if is_sqlite:
        fts = table(target.name, column("rowid", Integer), column("grams", Text))
        phrases = (f"({' OR '.join(map(_fts_phrase, ways))})" for ways in words)
        return select(fts.c.rowid).where(fts.c.grams.op("MATCH")(" AND ".join(phrases)))
    kept = _kept(target)
    wanted = " & ".join(f"({' | '.join(map(_tsquery, ways))})" for ways in words)
    found = select(kept.c.number).where(kept.c.grams.op("@@")(cast(literal(wanted), TSQUERY)))
    # one pair or one character is exact; pairs of a longer word may stand apart
    return found.where(*(_says(kept, ways) for ways in words if len(ways[0]) > 2))


def holds(target: Index, query: str, number: ColumnElement[int], *, is_sqlite: bool) -> ColumnElement[bool]:
    """Say that the document of one number holds every word of `query`, by what is kept of it alone; no index is read."""
    words = _words(query)
    if is_sqlite:
        fts = table(target.name, column("rowid", Integer), column("grams", Text))
        grams = literal(" ") + fts.c.grams
        runs = (
            [" " + " ".join(_phrase(word) or [word.translate(_MARKS)]) for word in ways] for ways in words
        )
        said = [or_(*(func.instr(grams, run) > 0 for run in ways)) for ways in runs]
        return exists().where(fts.c.rowid == number, *said)
    kept = _kept(target)
    return exists().where(kept.c.number == number, *(_says(kept, ways) for ways in words))


def _words(query: str) -> list[tuple[str, ...]]:
    """Cut a query into folded words, each in all its spellings."""
    words = [word for part in query.split() for word in fold(part).split()]
    spelt = [way.split(" ") for way in spellings(" ".join(words))]
    return [tuple(dict.fromkeys(ways)) for ways in zip(*spelt, strict=True)] if words else []


def _says(kept: TableClause, ways: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(kept.c.text.contains(word, autoescape=True) for word in ways))


def _kept(target: Index) -> TableClause:
    return table(target.name, column("number", Integer), column("text", Text), column("grams", TSVECTOR))


def _grams(folded: str) -> list[str]:
    return [run[i : i + 2] for run in folded.translate(_MARKS).split() for i in range(len(run))]


def _phrase(word: str) -> list[str]:
    """List the pairs that a word of two characters and more is made of."""
    marked = word.translate(_MARKS)
    return [marked[i : i + 2] for i in range(len(marked) - 1)]


def _fts_phrase(word: str) -> str:
    pairs = _phrase(word)
    return f'"{" ".join(pairs)}"' if pairs else f'"{word.translate(_MARKS)}"*'


def _tsquery(word: str) -> str:
    pairs = dict.fromkeys(_phrase(word))
    return " & ".join(map(_quoted, pairs)) if pairs else f"{_quoted(word.translate(_MARKS))}:*"


def _quoted(gram: str) -> str:
    # no quote and no backslash can stand in a gram: both are ASCII marks
    return f"'{gram}'"
