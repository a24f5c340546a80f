"""The command that loads the shards of a run into a database and links them: timeline merge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.app import app
from timeline.cli.options import read_settings
from timeline.cli.terminal import say
from timeline.errors import TimelineError


@app.command()
def merge(
    folder: Annotated[Path, typer.Argument(help="folder that `timeline run --out` filled", metavar="DIR")],
    database: Annotated[
        str | None,
        typer.Option(
            "--db",
            "--database",
            help="database URL; default: TIMELINE_DATABASE, else sqlite:///timeline.sqlite",
        ),
    ] = None,
) -> None:
    """Load the shards of a run into the database and link them with all pages there."""
    from timeline.merge import merge_shards

    report = merge_shards(folder, database=read_settings(database).database)
    if not report.ingested + report.unchanged:
        raise TimelineError(f"no page is in the shards of {folder}")
    say(
        f"{report.shards} shards: {report.ingested} pages stored, {report.unchanged} unchanged; "
        f"the chronology has {report.events} events and {report.organizations} organisations"
    )
