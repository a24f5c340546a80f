"""Commands on the stored chronology: ingest pages, show, export and serve what they tell."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from timeline.cli.app import app
from timeline.cli.options import (
    Database,
    Fields,
    Manifest,
    NotType,
    Org,
    Outlet,
    Paths,
    Port,
    Published,
    Roles,
    Since,
    Spot,
    Type,
    Until,
    Words,
    Workers,
    fail_if_none,
    open_manifest,
    read_fields,
    read_query,
    read_settings,
)  # fmt: skip
from timeline.cli.terminal import page_progress, print_events, say
from timeline.errors import UsageError

if TYPE_CHECKING:
    from timeline.settings import Settings

# those of timeline.export, which is loaded only to write them
Format = Literal["jsonl", "csv", "ics", "atom", "timelinejs.json", "geojson", "jsonld"]


@app.command()
def ingest(
    paths: Paths,
    database: Database = None,
    published: Published = None,
    workers: Workers = 0,
    field: Fields = None,
    manifest: Manifest = None,
) -> None:
    """Extract pages, link them with those known, and store the chronology."""
    options = {"published": published, "workers": workers, "fields": read_fields(field)}
    done = _ingest(paths, read_settings(database), manifest, **options)
    fail_if_none(done, paths)


@app.command()
def show(
    database: Database = None,
    org: Org = None,
    type: Type = None,
    not_type: NotType = None,
    place: Spot = None,
    role: Roles = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    q: Words = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="most events shown")] = 50,
) -> None:
    """Print the stored chronology, newest first."""
    from timeline.store import find_events, open_store

    lists = {"org": org, "type": type, "not_type": not_type, "place": place, "role": role, "outlet": outlet}
    query = read_query(since, until, q, **lists)
    with open_store(read_settings(database).database) as store:
        page = find_events(store, query, limit=limit)
    print_events(page.events)
    if not page.total:
        say("no event fits")
    if page.total > len(page.events):
        say(f"{len(page.events)} of {page.total} events; --limit shows more")


@app.command()
def export(
    format: Annotated[Format, typer.Option(help="file format")] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="file to write; default: stdout")] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="begin with a byte order mark, as some spreadsheets need (csv)")
    ] = False,
    database: Database = None,
    org: Org = None,
    type: Type = None,
    not_type: NotType = None,
    place: Spot = None,
    role: Roles = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    q: Words = None,
) -> None:
    """Write every stored event that fits, never cut off."""
    from timeline.export import render
    from timeline.store import iterate_events, open_store

    lists = {"org": org, "type": type, "not_type": not_type, "place": place, "role": role, "outlet": outlet}
    query = read_query(since, until, q, **lists)
    with open_store(read_settings(database).database) as store:
        rendered = render(iterate_events(store, query), format)
        pieces = chain("\ufeff", rendered) if bom and format == "csv" else rendered
        if out is None:
            sys.stdout.writelines(pieces)
            return
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
        except OSError as error:
            raise UsageError(f"cannot write {out}: {error.strerror}") from error


@app.command()
def serve(
    database: Database = None,
    host: Annotated[str | None, typer.Option(help="address to bind; default: loopback")] = None,
    port: Port = None,
    is_open: Annotated[
        bool, typer.Option("--open", help="let everybody read, also when bound beyond loopback")
    ] = False,
) -> None:
    """Serve the chronology as web page and JSON API."""
    settings = read_settings(database, host=host, port=port)
    _serve(settings.model_copy(update={"open": settings.open or is_open}))


@app.command()
def demo(
    database: Database = None,
    port: Port = None,
    seeds: Annotated[Path | None, typer.Option(help="folder of pages; default: the project's seeds/")] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="stop after printing the chronology")] = False,
) -> None:
    """Ingest the demo pages, print their chronology, and serve it on loopback."""
    from timeline.chronology import EventQuery
    from timeline.store import find_events, open_store

    settings = read_settings(database, port=port)
    folder = seeds or _seeds()
    done = _ingest([str(folder)], settings)
    fail_if_none(done, [str(folder)])
    with open_store(settings.database) as store:
        print_events(find_events(store, EventQuery(), limit=30).events)
    if not no_serve:
        _serve(settings)


def _seeds() -> Path:
    """Give the folder of demo pages: beside the source, or where the wheel put it."""
    beside = Path(__file__).resolve().parents[2] / "seeds"
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / "dashiji" / "seeds"


def _ingest(paths: list[str], settings: Settings, manifest: Path | None = None, **options: Any) -> int:
    """Ingest with a progress bar on stderr and a line of what was done; give the number of pages that went through."""
    from timeline.ingest import ingest as ingest_pages

    with open_manifest(manifest) as note, page_progress() as on_page:
        report = ingest_pages(
            paths,
            database=settings.database,
            stdin=sys.stdin.buffer,
            max_bytes=settings.max_page_bytes,
            on_page=on_page,
            on_outcome=note,
            **options,
        )
    say(
        f"{report.ingested} pages ingested, {report.unchanged} unchanged, {len(report.failures)} skipped; "
        f"the chronology has {report.events} events and {report.organizations} organisations"
    )
    return report.ingested + report.unchanged


def _serve(settings: Settings) -> None:
    """Start the server; it reads its settings from the environment, as under any other server."""
    import os

    import uvicorn

    from timeline.store import check_binding, open_store

    with open_store(settings.database) as store:
        check_binding(store, settings)
    _check_free(settings.host, settings.port)
    for name in ("database", "host", "port", "open"):
        os.environ[f"TIMELINE_{name.upper()}"] = str(getattr(settings, name))
    say(f"serving the chronology on http://{settings.host}:{settings.port}/ (Ctrl-C stops)")
    uvicorn.run("api.app:make_app", factory=True, host=settings.host, port=settings.port, log_level="warning")


def _check_free(host: str, port: int) -> None:
    """Raise UsageError where an address cannot be bound, before anybody is told that the server is there."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            f"cannot serve on {host}:{port}: {why}; take another with --host and --port"
        ) from error
