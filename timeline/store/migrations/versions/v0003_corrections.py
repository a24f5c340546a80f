"""Add what persons correct, what the machine had found there, and how many conflicts an event has."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 1000
_DISPUTED = sa.text("conflicts > 0")
_DOUBTFUL = sa.text("confidence < 0.6")


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("target", WORD, nullable=True),
        sa.Column("field", WORD, nullable=False),
        sa.Column("withdrawn_at", WORD, nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_corrections_target", "corrections", ["target"])
    op.add_column("event_records", sa.Column("machine", sa.Text(), nullable=True))
    op.add_column("events", sa.Column("conflicts", sa.Integer(), nullable=False, server_default="0"))
    _count_conflicts(op.get_bind())
    for name, where in (("ix_events_conflicts", _DISPUTED), ("ix_events_doubtful", _DOUBTFUL)):
        op.create_index(name, "events", ["newest", "id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in ("ix_events_doubtful", "ix_events_conflicts"):
        op.drop_index(name, table_name="events")
    op.drop_column("events", "conflicts")
    op.drop_column("event_records", "machine")
    op.drop_table("corrections")


def _count_conflicts(connection: sa.Connection) -> None:
    """Take the number of conflicts from the records, some at a time."""
    last = -1
    query = sa.text("SELECT event, record FROM event_records WHERE event > :last ORDER BY event LIMIT :most")
    write = sa.text("UPDATE events SET conflicts = :conflicts WHERE number = :number")
    while rows := connection.execute(query, {"last": last, "most": _BATCH}).all():
        counted = [
            {"number": row.event, "conflicts": len(json.loads(row.record)["conflicts"])} for row in rows
        ]
        if disputed := [one for one in counted if one["conflicts"]]:
            connection.execute(write, disputed)
        last = rows[-1].event
