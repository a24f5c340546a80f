"""The command line: arguments in, data on stdout, talk on stderr; non-zero where nothing was done."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from timeline.errors import TimelineError, UsageError
from timeline.terminal import say, warn

if TYPE_CHECKING:
    from timeline.chronology import EventQuery
    from timeline.ingest import Outcome
    from timeline.records import Extraction
    from timeline.settings import Settings

app = typer.Typer(
    name="timeline",
    help="Dated, sourced events and partnerships from Chinese news pages.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(help="files, folders, or - for stdin", metavar="PATH...")]
Published = Annotated[
    str | None,
    typer.Option(help="the day the pages were published (EDTF); outranks what they say", metavar="DATE"),
]
Workers = Annotated[int, typer.Option(min=0, help="processes; 0 takes one a core when there are many pages")]
Database = Annotated[
    str | None, typer.Option(help="database URL; default: TIMELINE_DATABASE, else sqlite:///timeline.sqlite")
]


Fields = Annotated[
    list[str] | None,
    typer.Option("--field", help="a record's own name of a field: text=body; repeat", metavar="OURS=THEIRS"),
]
Manifest = Annotated[
    Path | None, typer.Option(help="write what became of each input, one JSON object a line")
]
Org = Annotated[list[str] | None, typer.Option(help="organisation, by name or id; may be repeated")]
Type = Annotated[list[str] | None, typer.Option(help="event type; may be repeated")]
Since = Annotated[str | None, typer.Option("--from", help="first day, ISO")]
Until = Annotated[str | None, typer.Option("--to", help="last day, ISO")]
Words = Annotated[str | None, typer.Option(help="words in title, evidence, organisations or place")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="port to bind")]


def main() -> None:
    """Run the command line; an error of our own is one line on stderr and exit code 1, a wrong call exit code 2."""
    try:
        app()
    except UsageError as error:
        say(f"error: {error}")
        raise SystemExit(2) from None
    except TimelineError as error:
        say(f"error: {error}")
        raise SystemExit(1) from None
    except BrokenPipeError:  # the reader has seen enough: timeline export | head
        sys.stderr.close()
        raise SystemExit(0) from None


@app.command()
def extract(
    paths: Paths,
    format: Annotated[Literal["jsonl"], typer.Option(help="one JSON object a line")] = "jsonl",
    published: Published = None,
    workers: Workers = 0,
    field: Fields = None,
    manifest: Manifest = None,
) -> None:
    """Print the findings of each page: publication date, times, events, partnerships."""
    from timeline.ingest import describe, preview
    from timeline.records import Failure

    done = 0
    with _manifest(manifest) as note:
        for result in preview(
            paths, published=published, workers=workers, fields=_fields(field), stdin=sys.stdin.buffer
        ):
            note(describe(result))
            if isinstance(result, Failure):
                warn(result)
                continue
            done += 1
            _print(result.findings.model_dump_json(by_alias=True))
            for warning in result.findings.warnings:
                say(f"warning: {_name(result)}: {warning}")
    _fail_if_none(done, paths)


@app.command()
def clean(
    path: Annotated[str, typer.Argument(help="a file or folder, or - for stdin")],
    format: Annotated[
        Literal["text", "jsonl"], typer.Option(help="text, or jsonl: {id, text} a line in and out")
    ] = "text",
) -> None:
    """Print the repaired, simplified text of pages."""
    from timeline.clean import clean as clean_page
    from timeline.read import read_pages, read_text
    from timeline.records import Failure

    done = 0
    if format == "jsonl":
        for row in _json_lines(path):
            page = read_text(str(row.get("text") or ""), source_id=str(row.get("id")))
            _print_json({"id": row.get("id"), "text": clean_page(page).text})
            done += 1
    else:
        for result in read_pages([path], stdin=sys.stdin.buffer):
            if isinstance(result, Failure):
                warn(result)
                continue
            _print(clean_page(result).text)
            done += 1
    _fail_if_none(done, [path])


@app.command()
def times() -> None:
    """Tag time expressions: {id, text, reference} a line on stdin, {id, times} a line on stdout."""
    from timeline.times import tag_at

    for row in _json_lines("-"):
        found = tag_at(str(row.get("text") or ""), _moment(row.get("reference")))
        rows = [
            {
                "text": t.text, "start": t.start, "end": t.end, "kind": t.kind,
                "edtf": str(t.edtf) if t.edtf else None, "from": t.from_, "to": t.to, "reason": t.reason,
            }
            for t in found
        ]  # fmt: skip
        _print_json({"id": row.get("id"), "times": rows})


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
    options = {"published": published, "workers": workers, "fields": _fields(field)}
    done = _ingest(paths, _settings(database), manifest, **options)
    _fail_if_none(done, paths)


@app.command()
def show(
    database: Database = None,
    org: Annotated[
        list[str] | None, typer.Option(help="organisation, by name or id; may be repeated")
    ] = None,
    type: Annotated[list[str] | None, typer.Option(help="event type; may be repeated")] = None,
    since: Annotated[str | None, typer.Option("--from", help="first day, ISO")] = None,
    until: Annotated[str | None, typer.Option("--to", help="last day, ISO")] = None,
    q: Annotated[str | None, typer.Option(help="words in title, evidence, organisations or place")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="most events shown")] = 50,
) -> None:
    """Print the stored chronology, newest first."""
    from timeline.store import find_events, open_store
    from timeline.terminal import print_events

    query = _query(org, type, since, until, q)
    with open_store(_settings(database).database) as store:
        page = find_events(store, query, limit=limit)
    print_events(page.events)
    if page.total > len(page.events):
        say(f"{len(page.events)} of {page.total} events; --limit shows more")


@app.command()
def export(
    format: Annotated[Literal["jsonl", "csv"], typer.Option(help="file format")] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="file to write; default: stdout")] = None,
    database: Database = None,
    org: Annotated[
        list[str] | None, typer.Option(help="organisation, by name or id; may be repeated")
    ] = None,
    type: Annotated[list[str] | None, typer.Option(help="event type; may be repeated")] = None,
    since: Annotated[str | None, typer.Option("--from", help="first day, ISO")] = None,
    until: Annotated[str | None, typer.Option("--to", help="last day, ISO")] = None,
    q: Annotated[str | None, typer.Option(help="words in title, evidence, organisations or place")] = None,
) -> None:
    """Write every stored event that fits, never cut off."""
    from timeline.export import render
    from timeline.store import iterate_events, open_store

    with open_store(_settings(database).database) as store:
        pieces = render(iterate_events(store, _query(org, type, since, until, q)), format)
        if out is None:
            sys.stdout.writelines(pieces)
            return
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
        except OSError as error:
            raise UsageError(f"cannot write {out}: {error.strerror}") from error


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="gold pages, JSONL")],
    predicted: Annotated[Path, typer.Argument(help="findings, as extract prints them")],
    errors: Annotated[bool, typer.Option("--errors", help="print every difference")] = False,
) -> None:
    """Compare findings with gold and print precision and recall per field, as JSON."""
    from timeline.score import score_files

    result = score_files(gold, predicted)
    if errors:
        for line in result.differences:
            say(line)
    if result.missing:
        say(f"no findings for {len(result.missing)} pages: {', '.join(result.missing[:10])}")
    _print(json.dumps(result.model_dump(exclude={"differences"}), ensure_ascii=False, indent=2))


@app.command()
def serve(
    database: Database = None,
    host: Annotated[str | None, typer.Option(help="address to bind; default: loopback")] = None,
    port: Port = None,
) -> None:
    """Serve the chronology as web page and JSON API."""
    _serve(_settings(database, host=host, port=port))


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
    from timeline.terminal import print_events

    settings = _settings(database, port=port)
    folder = seeds or Path(__file__).resolve().parent.parent / "seeds"
    done = _ingest([str(folder)], settings)
    _fail_if_none(done, [str(folder)])
    with open_store(settings.database) as store:
        print_events(find_events(store, EventQuery(), limit=30).events)
    if not no_serve:
        _serve(settings)


def _ingest(paths: list[str], settings: Settings, manifest: Path | None = None, **options: Any) -> int:
    """Ingest with a progress bar on stderr and a line of what was done; give the number of pages that went through."""
    from timeline.ingest import ingest as ingest_pages
    from timeline.terminal import page_progress

    with _manifest(manifest) as note, page_progress() as on_page:
        report = ingest_pages(
            paths,
            database=settings.database,
            stdin=sys.stdin.buffer,
            on_page=on_page,
            on_outcome=note,
            **options,
        )
    say(
        f"{report.ingested} pages ingested, {report.unchanged} unchanged, {len(report.failures)} skipped; "
        f"the chronology has {report.events} events and {report.organizations} organisations"
    )
    return report.ingested + report.unchanged


@contextmanager
def _manifest(path: Path | None) -> Iterator[Callable[[Outcome], None]]:
    """Open the manifest, if one is wanted; give the function that notes an input's outcome in it."""
    if path is None:
        yield lambda outcome: None
        return
    try:
        with path.open("w", encoding="utf-8") as file:
            yield lambda outcome: print(json.dumps(asdict(outcome), ensure_ascii=False), file=file)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error


def _fields(pairs: list[str] | None) -> dict[str, str]:
    out = {}
    for pair in pairs or ():
        ours, sign, theirs = pair.partition("=")
        if not (ours and sign and theirs):
            raise UsageError(f"--field wants OURS=THEIRS, such as text=body; got {pair!r}")
        out[ours] = theirs
    return out


def _serve(settings: Settings) -> None:
    """Start the server; it reads its settings from the environment, as under any other server."""
    import os

    import uvicorn

    for name in ("database", "host", "port"):
        os.environ[f"TIMELINE_{name.upper()}"] = str(getattr(settings, name))
    say(f"serving the chronology on http://{settings.host}:{settings.port}/ (Ctrl-C stops)")
    uvicorn.run("api.app:make_app", factory=True, host=settings.host, port=settings.port, log_level="warning")


def _settings(database: str | None, *, host: str | None = None, port: int | None = None) -> Settings:
    from timeline.settings import Settings

    given = {"database": database, "host": host, "port": port}
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def _query(
    org: list[str] | None, type: list[str] | None, since: str | None, until: str | None, q: str | None
) -> EventQuery:
    from pydantic import ValidationError

    from timeline.chronology import EventQuery

    fields: dict[str, Any] = {
        "organizations": org or (),
        "types": type or (),
        "from": since,
        "to": until,
        "q": q,
    }
    try:
        return EventQuery.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(
            f"{'.'.join(map(str, first['loc']))}: {first['msg']}; got {first['input']!r}"
        ) from None


def _json_lines(path: str) -> Iterator[dict[str, Any]]:
    """Read JSON objects, one a line; a line that is none is named and left out."""
    try:
        stream = sys.stdin if path == "-" else open(path, encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                say(f"warning: {path} line {number} is not JSON: {error}")
                continue
            if isinstance(row, dict):
                yield row
            else:
                say(f"warning: {path} line {number} is not a JSON object")


def _moment(reference: object) -> Any:
    """Read a case's reference: an ISO day or datetime, or nothing."""
    from datetime import datetime

    if not reference:
        return None
    try:
        return datetime.fromisoformat(str(reference))
    except ValueError:
        raise UsageError(f"reference must be an ISO day or datetime: {reference!r}") from None


def _name(result: Extraction) -> str:
    page = result.findings
    return page.path or page.url or page.source_id or page.id


def _fail_if_none(done: int, paths: Iterable[str]) -> None:
    if not done:
        raise TimelineError(f"no page could be read from {', '.join(map(str, paths))}")


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _print_json(value: object) -> None:
    _print(json.dumps(value, ensure_ascii=False))
