"""Make the first schema: pages with their mentions, the chronology, its history, the two search indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEARCHED = ("event", "organization")


def upgrade() -> None:
    _make_pages()
    _make_revisions()
    _make_organizations()
    _make_events()
    _make_event_parts()
    _make_sources()
    _make_partnerships()
    _make_history()
    for subject in SEARCHED:
        _make_search(subject)


def downgrade() -> None:
    for subject in SEARCHED:
        op.drop_table(f"{subject}_search")
    for table in (
        "forwards", "changes", "judgements", "partners", "partnerships", "sources", "places", "people",
        "participations", "event_records", "events", "organization_names", "organizations", "revisions", "mentions", "pages",
    ):  # fmt: skip
        op.drop_table(table)


def _make_pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", WORD, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("published", WORD, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("digest", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "mentions",
        sa.Column("page", WORD, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("edtf", WORD, nullable=True),
        sa.Column("from", WORD, nullable=True),
        sa.Column("to", WORD, nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page", "id"),
    )


def _make_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("name", WORD, nullable=False),
        sa.Column("value", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    names = sa.table("revisions", sa.column("name"), sa.column("value"))
    op.bulk_insert(names, [{"name": "pages", "value": 0}, {"name": "changes", "value": 0}])


def _make_organizations() -> None:
    op.create_table(
        "organizations",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("first", WORD, nullable=True),
        sa.Column("last", WORD, nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("digest", WORD, nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_organizations_rank", "organizations", ["rank", "id"], unique=False)
    op.create_table(
        "organization_names",
        sa.Column("organization", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", WORD, nullable=False),
        sa.ForeignKeyConstraint(["organization"], ["organizations.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organization", "position"),
    )
    op.create_index("ix_organization_names_folded", "organization_names", ["folded"], unique=False)


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("type", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("edtf", WORD, nullable=True),
        sa.Column("from", WORD, nullable=True),
        sa.Column("to", WORD, nullable=True),
        sa.Column("certainty", WORD, nullable=False),
        sa.Column("newest", NUMBER, nullable=False),
        sa.Column("oldest", NUMBER, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("digest", WORD, nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_events_certainty", "events", ["certainty", "newest", "id"], unique=False)
    op.create_index("ix_events_newest", "events", ["newest", "id"], unique=False)
    op.create_index("ix_events_oldest", "events", ["oldest", "id"], unique=False)
    op.create_index("ix_events_type", "events", ["type", "newest", "id"], unique=False)
    op.create_table(
        "event_records",
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event"),
    )


def _make_event_parts() -> None:
    op.create_table(
        "participations",
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organization", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization"], ["organizations.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position"),
    )
    op.create_index(
        "ix_participations_organization", "participations", ["organization", "event"], unique=False
    )
    op.create_table(
        "people",
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position"),
    )
    op.create_table(
        "places",
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("adcode", WORD, nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event"),
    )


def _make_sources() -> None:
    op.create_table(
        "sources",
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page", WORD, nullable=False),
        sa.Column("mention", WORD, nullable=False),
        sa.Column("is_reprint", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "position"),
    )
    op.create_index("ix_sources_page", "sources", ["page", "mention"], unique=False)


def _make_partnerships() -> None:
    op.create_table(
        "partnerships",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("edtf", WORD, nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("digest", WORD, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_partnerships_event", "partnerships", ["event"], unique=False)
    op.create_table(
        "partners",
        sa.Column("partnership", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organization", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["organization"], ["organizations.number"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["partnership"], ["partnerships.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("partnership", "position"),
    )
    op.create_index("ix_partners_organization", "partners", ["organization", "partnership"], unique=False)


def _make_history() -> None:
    op.create_table(
        "judgements",
        sa.Column("left", WORD, nullable=False),
        sa.Column("right", WORD, nullable=False),
        sa.Column("by", WORD, nullable=False),
        sa.Column("verdict", WORD, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("digest", WORD, nullable=False),
        sa.PrimaryKeyConstraint("left", "right", "by"),
    )
    op.create_table(
        "changes",
        sa.Column("sequence", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("id", WORD, nullable=False),
        sa.Column("other", WORD, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", WORD, nullable=True),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index("ix_changes_id", "changes", ["id"], unique=False)
    op.create_table(
        "forwards",
        sa.Column("id", WORD, nullable=False),
        sa.Column("target", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_forwards_target", "forwards", ["target"], unique=False)


def _make_search(subject: str) -> None:
    name = f"{subject}_search"
    if op.get_bind().dialect.name == "sqlite":
        # the tokenizer that folds nothing but ASCII letters and parts at ASCII marks and spaces only
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(grams, tokenize='ascii', prefix='1')")
        return
    op.create_table(
        name,
        sa.Column(
            "number",
            sa.BigInteger(),
            sa.ForeignKey(f"{subject}s.number", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("grams", TSVECTOR(), nullable=False),
    )
    op.create_index(f"ix_{name}_grams", name, ["grams"], postgresql_using="gin")
