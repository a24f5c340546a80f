"""What persons said, corrections and verdicts, as lines of JSON out, and such lines in: into this store or one made anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pydantic import ValidationError
from sqlalchemy import Connection, select

from timeline.chronology import Applied, Correction, Judgement
from timeline.errors import NotFoundError, UsageError
from timeline.store.chronicle.corrections import add_correction, read_correction, retract_correction
from timeline.store.connect import Store
from timeline.store.review.verdicts import RULES, add_judgement, read_judgement
from timeline.store.revisions import hold
from timeline.store.tables import CORRECTIONS, JUDGEMENTS
from timeline.store.writing.corrected import is_effective


def export_corrections(store: Store) -> Iterator[str]:
    """Give every verdict and correction, those taken back too, one JSON object a line, in the order in which they count.

    A line is {"verdict": {...}} or {"correction": {...}}, as find_judgements() and find_corrections() give them.
    """
    said = JUDGEMENTS.c
    verdicts = select(said.record).where(said.by != RULES).order_by(said.left, said.right, said.by)
    corrections = select(CORRECTIONS.c.record).order_by(CORRECTIONS.c.number)
    with store.read() as connection:
        for subject, query in (("verdict", verdicts), ("correction", corrections)):
            for row in connection.execute(query):
                yield f'{{"{subject}": {row.record}}}\n'


def apply_corrections(store: Store, lines: Iterable[str]) -> list[Applied]:
    """Take in what export_corrections() gave, and say of each line what became of it; twice is once.

    A correction finds its event by the reports that it was made on, else by id; so it holds in a store that was made
    anew from the same pages. What was taken back, here or there, stays taken back. Verdicts show with the next linking.
    A line that cannot be is refused and the others are taken; when the database fails, none is.
    """
    with store.write() as connection:
        hold(connection, "changes")
        hold(connection, "pages")
        return [_apply(connection, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _apply(connection: Connection, number: int, line: str) -> Applied:
    try:
        said = _read(line)
        if isinstance(said, Judgement):
            return _apply_verdict(connection, number, said)
        return _apply_correction(connection, number, said)
    except (UsageError, NotFoundError) as error:
        return Applied(line=number, subject=None, id=None, outcome="refused", reason=str(error))


def _read(line: str) -> Judgement | Correction:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not JSON: {line.strip()[:60]!r}") from error
    kinds: dict[str, type[Judgement] | type[Correction]] = {"verdict": Judgement, "correction": Correction}
    if not isinstance(found, dict) or len(found) != 1 or next(iter(found)) not in kinds:
        raise UsageError('want {"correction": {...}} or {"verdict": {...}}')
    ((subject, fields),) = found.items()
    try:
        return kinds[subject].model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or subject
        raise UsageError(f"no {subject}: {where}: {first['msg']}") from error


def _apply_verdict(connection: Connection, number: int, said: Judgement) -> Applied:
    known = read_judgement(connection, said.left, said.right, said.by)
    outcome = Applied(line=number, subject="verdict", id=f"{said.left} {said.right}", outcome="unchanged")
    if known is not None and known.verdict == said.verdict:
        return outcome
    if known is not None and (known.at or "") > (said.at or ""):
        return outcome.model_copy(update={"reason": f"{known.by} said {known.verdict} later, at {known.at}"})
    add_judgement(connection, said)
    return outcome.model_copy(update={"outcome": "applied"})


def _apply_correction(connection: Connection, number: int, said: Correction) -> Applied:
    known = read_correction(connection, said.id)
    outcome = Applied(line=number, subject="correction", id=said.id, outcome="applied")
    if known is None:
        kept = add_correction(connection, said)
        return outcome.model_copy(update={"id": kept.id})
    if is_effective(known) and said.withdrawn_by is not None and said.withdrawn_at is not None:
        retract_correction(connection, said.id, by=said.withdrawn_by, at=said.withdrawn_at)
        return outcome
    reason = "" if is_effective(known) == is_effective(said) else f"taken back by {known.withdrawn_by}"
    return outcome.model_copy(update={"outcome": "unchanged", "reason": reason})
