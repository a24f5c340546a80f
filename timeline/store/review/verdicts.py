"""What persons say about two reports or two names in, and out again; the next linking obeys it, every one is in the log."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from timeline.chronology import Judgement
from timeline.errors import UsageError
from timeline.store.connect import Store
from timeline.store.revisions import grow, hold
from timeline.store.rows import judgement_row
from timeline.store.tables import JUDGEMENTS
from timeline.store.writing.changes import Subject, log_change
from timeline.store.writing.evidence import RULES, await_linking

__all__ = ["RULES", "add_judgement", "find_judgements", "save_judgement", "withdraw_judgement"]


def save_judgement(store: Store, judgement: Judgement) -> None:
    """Write a person's verdict; a later one of the same person about the same two takes its place.

    `left` and `right` are two reports, "page/mention", or two names of bodies: raw facts, which stand when ids and
    rules change. The chronology follows with the next linking.

    Raises UsageError for a verdict by the rules, or one that leaves the question open.
    """
    with store.write() as connection:
        hold(connection, "changes")
        hold(connection, "pages")
        add_judgement(connection, judgement)


def add_judgement(connection: Connection, judgement: Judgement) -> None:
    """Do what save_judgement() does, within a transaction that holds the changes and the pages."""
    is_signed = judgement.by.strip() not in ("", RULES)
    if not is_signed or judgement.verdict == "unsure" or judgement.left == judgement.right:
        raise UsageError("a verdict needs a person, two things, and same or different")
    ordered = judgement
    if judgement.left > judgement.right:
        ordered = judgement.model_copy(update={"left": judgement.right, "right": judgement.left})
    connection.execute(delete(JUDGEMENTS).where(*_same(ordered.left, ordered.right, ordered.by)))
    connection.execute(insert(JUDGEMENTS).values(judgement_row(ordered)))
    _log(connection, ordered, f"{ordered.by}: {ordered.verdict}; {'; '.join(ordered.reasons)}")
    grow(connection, "pages")


def withdraw_judgement(store: Store, left: str, right: str, *, by: str, at: str | None = None) -> bool:
    """Take a person's verdict back, and say whether there was one; the log keeps both."""
    with store.write() as connection:
        hold(connection, "changes")
        hold(connection, "pages")
        known = read_judgement(connection, left, right, by)
        if known is None or by == RULES:
            return False
        retract_judgement(connection, known, at=at)
    return True


def retract_judgement(connection: Connection, judgement: Judgement, *, at: str | None) -> None:
    """Do what withdraw_judgement() does, within a transaction that holds the changes and the pages."""
    connection.execute(delete(JUDGEMENTS).where(*_same(judgement.left, judgement.right, judgement.by)))
    withdrawn = judgement.model_copy(update={"at": at})
    _log(connection, withdrawn, f"{judgement.by}: {judgement.verdict} taken back")
    grow(connection, "pages")


def find_judgements(
    store: Store, *, verdict: Literal["same", "different", "unsure"] | None = None, limit: int = 1000
) -> list[Judgement]:
    """List judgements, the surest first; the unsure ones are what a person should look at."""
    wanted = select(JUDGEMENTS.c.record).order_by(
        JUDGEMENTS.c.score.desc(), JUDGEMENTS.c.left, JUDGEMENTS.c.right
    )
    if verdict is not None:
        wanted = wanted.where(JUDGEMENTS.c.verdict == verdict)
    with store.read() as connection:
        return [Judgement.model_validate_json(row.record) for row in connection.execute(wanted.limit(limit))]


def read_judgement(connection: Connection, left: str, right: str, by: str) -> Judgement | None:
    """Give what somebody said of two reports or names, in whichever order they are given."""
    first, second = sorted((left, right))
    record = connection.execute(select(JUDGEMENTS.c.record).where(*_same(first, second, by))).scalar()
    return Judgement.model_validate_json(record) if record is not None else None


def find_verdicts(connection: Connection, by: str) -> list[Judgement]:
    """List all that one person said."""
    wanted = select(JUDGEMENTS.c.record).where(JUDGEMENTS.c.by == by)
    rows = connection.execute(wanted.order_by(JUDGEMENTS.c.left, JUDGEMENTS.c.right))
    return [Judgement.model_validate_json(row.record) for row in rows]


def subject_of(judgement: Judgement) -> Subject:
    """Say what a judgement is about: two reports are of events, two names of organisations."""
    return "event" if "/" in judgement.left and "/" in judgement.right else "organization"


def _same(left: str, right: str, by: str) -> list[ColumnElement[bool]]:
    return [JUDGEMENTS.c.left == left, JUDGEMENTS.c.right == right, JUDGEMENTS.c.by == by]


def _log(connection: Connection, judgement: Judgement, reason: str) -> None:
    await_linking(connection, "verdict", (judgement.left, judgement.right))
    log_change(
        connection,
        "corrected",
        subject_of(judgement),
        judgement.left,
        other=judgement.right,
        reason=reason,
        at=judgement.at,
    )
