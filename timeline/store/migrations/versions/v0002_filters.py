"""Add what the wider filters look up: reviews and independent sources of events, folded places, outlets, roles."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from timeline.store.search import fold
from timeline.store.tables import RawText

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_BATCH = 1000
_REVIEWED = sa.text("review <> 'automatic'")


def upgrade() -> None:
    op.add_column("events", sa.Column("independent", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("events", sa.Column("review", WORD, nullable=False, server_default="automatic"))
    op.add_column("places", sa.Column("folded", WORD, nullable=False, server_default=""))
    op.add_column("sources", sa.Column("outlet", sa.Text(), nullable=True))
    _fill(op.get_bind())
    op.create_index("ix_events_independent", "events", ["independent", "newest", "id"])
    op.create_index(
        "ix_events_review",
        "events",
        ["review", "newest", "id"],
        sqlite_where=_REVIEWED,
        postgresql_where=_REVIEWED,
    )
    op.create_index("ix_places_adcode", "places", ["adcode", "event"])
    op.create_index("ix_places_folded", "places", ["folded", "event"])
    op.create_index("ix_sources_outlet", "sources", ["outlet", "event"])
    op.create_index("ix_participations_role", "participations", ["role", "event"])


def downgrade() -> None:
    for table, name in (
        ("participations", "ix_participations_role"), ("sources", "ix_sources_outlet"), ("places", "ix_places_folded"),
        ("places", "ix_places_adcode"), ("events", "ix_events_review"), ("events", "ix_events_independent"),
    ):  # fmt: skip
        op.drop_index(name, table_name=table)
    op.drop_column("sources", "outlet")
    op.drop_column("places", "folded")
    op.drop_column("events", "review")
    op.drop_column("events", "independent")


def _fill(connection: sa.Connection) -> None:
    """Take the new columns' values from the records, some at a time."""
    last = -1
    query = sa.text("SELECT event, record FROM event_records WHERE event > :last ORDER BY event LIMIT :most")
    while rows := connection.execute(query, {"last": last, "most": _BATCH}).all():
        _fill_some(connection, [(row.event, json.loads(row.record)) for row in rows])
        last = rows[-1].event


def _fill_some(connection: sa.Connection, events: list[tuple[int, dict[str, Any]]]) -> None:
    counted = [
        {"number": number, "independent": sum(not s["is_reprint"] for s in event["sources"])}
        for number, event in events
    ]
    connection.execute(
        sa.text("UPDATE events SET independent = :independent WHERE number = :number"), counted
    )
    places = [
        {"number": number, "folded": fold(event["place"]["name"])}
        for number, event in events
        if event["place"]
    ]
    if places:
        connection.execute(sa.text("UPDATE places SET folded = :folded WHERE event = :number"), places)
    outlets = [
        {"number": number, "position": i, "outlet": source["outlet"]}
        for number, event in events
        for i, source in enumerate(event["sources"])
        if source["outlet"] is not None
    ]
    if outlets:
        statement = sa.text(
            "UPDATE sources SET outlet = :outlet WHERE event = :number AND position = :position"
        ).bindparams(sa.bindparam("outlet", type_=RawText()))
        connection.execute(statement, outlets)
