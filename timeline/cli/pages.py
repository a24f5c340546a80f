"""Commands that store nothing: pages in, findings, repaired text, times or their reasons out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from timeline.cli.app import app
from timeline.cli.options import (
    Fields,
    Manifest,
    Paths,
    Published,
    Workers,
    fail_if_none,
    open_manifest,
    read_fields,
    read_settings,
)
from timeline.cli.terminal import explain_page, is_watched, page_progress, say, warn
from timeline.errors import UsageError

if TYPE_CHECKING:
    from timeline.records import Extraction


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
    with open_manifest(manifest) as note, page_progress(is_shown=is_watched()) as on_page:
        for result in preview(
            paths,
            published=published,
            workers=workers,
            fields=read_fields(field),
            stdin=sys.stdin.buffer,
            max_bytes=read_settings(None).max_page_bytes,
        ):
            note(describe(result))
            on_page(result)
            if isinstance(result, Failure):
                if not is_watched():
                    warn(result)
                continue
            done += 1
            _print(result.findings.model_dump_json(by_alias=True))
            for warning in result.findings.warnings:
                say(f"warning: {_name(result)}: {warning}")
    fail_if_none(done, paths)


@app.command()
def explain(paths: Paths, published: Published = None) -> None:
    """Say for a person how each page and each event got its date: evidence with winner and losers, words and rules."""
    from timeline.ingest import preview
    from timeline.records import Failure

    done = 0
    for result in preview(
        paths,
        published=published,
        workers=1,
        stdin=sys.stdin.buffer,
        max_bytes=read_settings(None).max_page_bytes,
    ):
        if isinstance(result, Failure):
            warn(result)
            continue
        done += 1
        _print(explain_page(result.findings))
    fail_if_none(done, paths)


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
        for result in read_pages(
            [path], stdin=sys.stdin.buffer, max_bytes=read_settings(None).max_page_bytes
        ):
            if isinstance(result, Failure):
                warn(result)
                continue
            _print(clean_page(result).text)
            done += 1
    fail_if_none(done, [path])


@app.command()
def times() -> None:
    """Tag time expressions: {id, text, reference} a line on stdin, {id, times} a line on stdout."""
    from timeline.records import Reference
    from timeline.times import tag, tag_at

    for row in _json_lines("-"):
        text, moment = str(row.get("text") or ""), _moment(row.get("reference"))
        found = tag(text, Reference()) if moment is None else tag_at(text, moment)
        rows = [
            {
                "text": t.text, "start": t.start, "end": t.end, "kind": t.kind,
                "edtf": str(t.edtf) if t.edtf else None, "from": t.from_, "to": t.to, "reason": t.reason,
            }
            for t in found
        ]  # fmt: skip
        _print_json({"id": row.get("id"), "times": rows})


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
    """Name a page by its file, with the record's own id where the file holds many."""
    page = result.findings
    name = page.path or page.url or page.source_id or page.id
    return f"{page.path} ({page.source_id})" if page.path and page.source_id else name


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _print_json(value: object) -> None:
    _print(json.dumps(value, ensure_ascii=False))
