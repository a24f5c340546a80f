"""Keep counts of the events by month and kind, which triggers hold right with every write, whoever makes it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_KEY = "from_month, to_month, type, status, certainty, headline, review"
_OF = """coalesce(substr({0}"from", 1, 7), ''), coalesce(substr({0}"to", 1, 7), ''),
    {0}type, {0}status, {0}certainty, {0}headline, {0}review"""
# the list's key is the day, then what orders the events of a day: see rows.order_keys()
_DAY = "{0}oldest / 10000000"
_COUNTED = f"SELECT {_OF}, count(*), min({_DAY}), max({_DAY})"
_WATCHED = ("from", "to", "type", "status", "certainty", "headline", "review", "oldest")

_ADD_ONE = f"""
INSERT INTO tallies ({_KEY}, events, low, high)
VALUES ({_OF.format("NEW.")}, 1, {_DAY.format("NEW.")}, {_DAY.format("NEW.")})
ON CONFLICT ({_KEY}) DO UPDATE SET
    events = events + 1, low = min(low, excluded.low), high = max(high, excluded.high)"""
_TAKE_ONE = f"UPDATE tallies SET events = events - 1 WHERE ({_KEY}) = ({_OF.format('OLD.')})"
_SQLITE = {
    "tally_insert": f"AFTER INSERT ON events BEGIN {_ADD_ONE}; END",
    "tally_delete": f"AFTER DELETE ON events BEGIN {_TAKE_ONE}; END",
    "tally_update": f"""AFTER UPDATE ON events
        WHEN {" OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in _WATCHED)}
        BEGIN {_TAKE_ONE}; {_ADD_ONE}; END""",
}

_ADD_ALL = f"""
INSERT INTO tallies AS kept ({_KEY}, events, low, high)
{_COUNTED.format("")} FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
ON CONFLICT ({_KEY}) DO UPDATE SET
    events = kept.events + excluded.events,
    low = least(kept.low, excluded.low), high = greatest(kept.high, excluded.high)"""
_TAKE_ALL = f"""
UPDATE tallies SET events = tallies.events - gone.events
FROM (SELECT {_OF.format("")}, count(*) FROM stale GROUP BY 1, 2, 3, 4, 5, 6, 7) AS gone ({_KEY}, events)
WHERE ({", ".join(f"tallies.{name}" for name in _KEY.split(", "))})
    = ({", ".join(f"gone.{name}" for name in _KEY.split(", "))})"""
_FUNCTION = "CREATE FUNCTION {0}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {1}; RETURN NULL; END $$"
_POSTGRES = {
    "tally_insert": ("AFTER INSERT ON events REFERENCING NEW TABLE AS fresh", _ADD_ALL),
    "tally_delete": ("AFTER DELETE ON events REFERENCING OLD TABLE AS stale", _TAKE_ALL),
    "tally_update": (
        "AFTER UPDATE ON events REFERENCING OLD TABLE AS stale NEW TABLE AS fresh",
        f"{_TAKE_ALL}; {_ADD_ALL}",
    ),
    "tally_truncate": ("AFTER TRUNCATE ON events", "DELETE FROM tallies"),
}


def upgrade() -> None:
    op.create_table(
        "tallies",
        *(sa.Column(name, WORD, nullable=False) for name in ("from_month", "to_month", "type", "status", "certainty")),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("review", WORD, nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("low", NUMBER, nullable=False),
        sa.Column("high", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint(*_KEY.split(", ")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.execute(
        f"INSERT INTO tallies ({_KEY}, events, low, high) {_COUNTED.format('')} FROM events GROUP BY 1, 2, 3, 4, 5, 6, 7"
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, trigger in _SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {trigger}")
        return
    for name, (when, body) in _POSTGRES.items():
        op.execute(_FUNCTION.format(name, body))
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH STATEMENT EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in _SQLITE if is_sqlite else _POSTGRES:
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP FUNCTION {name} CASCADE")
    op.drop_table("tallies")
