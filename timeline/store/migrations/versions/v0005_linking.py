"""Add what linking keeps of each page: names and their uses, blocks of like reports, pairs judged, and what waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _make_names()
    _make_reports()
    _make_pairs()
    op.create_table(
        "link_waiting",
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject"),
    )
    names = sa.table("revisions", sa.column("name"), sa.column("value"))
    op.bulk_insert(names, [{"name": "linking", "value": 0}])
    op.create_index("ix_judgements_verdict", "judgements", ["verdict", "score"])


def downgrade() -> None:
    op.drop_index("ix_judgements_verdict", table_name="judgements")
    for table in ("waiting", "pairs", "edges", "blocks", "uses", "reports", "names"):
        op.drop_table(f"link_{table}")
    op.execute("DELETE FROM revisions WHERE name = 'linking'")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, NUMBER, autoincrement=False, nullable=False)


def _make_names() -> None:
    op.create_table(
        "link_names",
        _number("code"),
        sa.Column("key", WORD, nullable=False),
        sa.Column("stem", WORD, nullable=False),
        sa.Column("backward", WORD, nullable=False),
        sa.Column("body", WORD, nullable=False),
        sa.Column("actor", WORD, nullable=True),
        sa.Column("organization", WORD, nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    for column in ("stem", "backward", "body"):
        op.create_index(f"ix_link_names_{column}", "link_names", [column])


def _make_reports() -> None:
    op.create_table(
        "link_reports",
        _number("code"),
        sa.Column("page", WORD, nullable=False),
        sa.Column("mention", WORD, nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("ix_link_reports_page", "link_reports", ["page"])
    op.create_table(
        "link_uses",
        _number("key"),
        _number("report"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", WORD, nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "report", "name"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_uses_report", "link_uses", ["report"])
    op.create_table(
        "link_blocks",
        _number("key"),
        sa.Column("day", sa.Integer(), nullable=False),
        _number("report"),
        sa.PrimaryKeyConstraint("key", "day", "report"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_blocks_report", "link_blocks", ["report"])


def _make_pairs() -> None:
    op.create_table(
        "link_edges",
        _number("left"),
        _number("right"),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("left", "right"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_edges_right", "link_edges", ["right"])
    op.create_table(
        "link_pairs",
        _number("short"),
        _number("full"),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("left", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("short", "full"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_pairs_full", "link_pairs", ["full"])
