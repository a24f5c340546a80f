"""Let the indexes of the lists answer spans of time by themselves: who walks them need not look at each event."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BEFORE = {
    "ix_events_newest": ["newest", "id"],
    "ix_events_oldest": ["oldest", "id"],
    "ix_events_type": ["type", "newest", "id"],
    "ix_events_independent": ["independent", "newest", "id"],
}
_SPAN = ["from", "to", "certainty"]


def upgrade() -> None:
    for name, columns in _BEFORE.items():
        op.drop_index(name, table_name="events")
        op.create_index(
            name, "events", [*columns, *(_SPAN if "independent" not in name else ["certainty", "status"])]
        )


def downgrade() -> None:
    for name, columns in _BEFORE.items():
        op.drop_index(name, table_name="events")
        op.create_index(name, "events", columns)
