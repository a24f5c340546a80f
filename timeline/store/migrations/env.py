"""Run the revisions on the connection that connect.py hands over; alembic calls this file."""

from __future__ import annotations

from alembic import context

from timeline.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=False,
    include_name=lambda name, kind, parents: not (kind == "table" and "_search" in (name or "")),
)
context.run_migrations()
