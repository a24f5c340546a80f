"""The command that turns pages into shards of findings, on this machine or on many: timeline run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from timeline.cli.app import app
from timeline.cli.options import Fields, Published, read_fields, read_settings
from timeline.cli.progress import shard_progress
from timeline.cli.terminal import say
from timeline.errors import TimelineError, UsageError

if TYPE_CHECKING:
    from timeline.run import RunReport

_NAMED = 10  # failures named on stderr; the manifest names all


Sources = Annotated[list[str], typer.Argument(help="files or folders", metavar="SOURCE...")]
Out = Annotated[
    Path, typer.Option(help="folder for shards and manifest; a run that was cut off goes on there")
]
Engine = Annotated[
    Literal["local", "pool", "ray"], typer.Option(help="this process, a process a core, or Ray")
]
Address = Annotated[
    str | None, typer.Option(help="Ray cluster to use, such as auto; default: a Ray of this machine's own")
]
PerShard = Annotated[int, typer.Option(min=1, help="pages a shard, of small files and JSONL")]


@app.command()
def run(
    sources: Sources,
    out: Out,
    engine: Engine = "pool",
    address: Address = None,
    workers: Annotated[int, typer.Option(min=0, help="processes or actors; 0 takes one a core")] = 0,
    per_shard: PerShard = 1000,
    published: Published = None,
    field: Fields = None,
) -> None:
    """Extract many pages into shards under --out, to be loaded by merge; what is done is never done again."""
    from timeline.ingest import check_date
    from timeline.run import plan, run_shards

    if "-" in sources:
        raise UsageError("run reads files and folders, which it can share out; - is for extract and ingest")
    check_date(published)
    # Ray reports its use to its makers unless told not to
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    portions = plan(sources, per_shard=per_shard)
    with shard_progress(sum(portion.size for portion in portions), len(portions)) as on_shard:
        report = run_shards(
            portions,
            out,
            engine=engine,
            workers=workers,
            address=address,
            published=published,
            fields=read_fields(field),
            max_bytes=read_settings(None).max_page_bytes,
            on_shard=on_shard,
        )
    _tell(report, out / "manifest.jsonl")
    if not report.pages:
        raise TimelineError(f"no page could be read from {', '.join(sources)}")


def _tell(report: RunReport, manifest: Path) -> None:
    """Say what a run did, and name the first of what gave no page."""
    failures = [failure for shard in report.shards for failure in shard.failures]
    for failure in failures[:_NAMED]:
        say(f"warning: {failure.source}: {failure.reason}")
    if len(failures) > _NAMED:
        say(f"warning: and {len(failures) - _NAMED} more: see {manifest}")
    say(
        f"{len(report.shards)} shards, {report.made} made now: {report.pages} pages, {report.events} events, "
        f"{report.failures} skipped"
    )
