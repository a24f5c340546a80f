"""Commands on tokens: make one for a name, list those there are, revoke one; its text is printed once and kept nowhere."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Annotated

import typer

from timeline.cli.app import app
from timeline.cli.options import Database, read_settings
from timeline.cli.terminal import say

tokens = typer.Typer(help="Who may write to the server: make, list and revoke tokens.", no_args_is_help=True)
app.add_typer(tokens, name="token")

Name = Annotated[str, typer.Argument(help="who or what will hold it", metavar="NAME")]


@tokens.command()
def create(
    name: Name,
    scope: Annotated[
        list[str] | None,
        typer.Option(help="what it covers: read (default), write, review; may be repeated"),
    ] = None,
    database: Database = None,
) -> None:
    """Make a token and print its text, once; the database keeps its digest alone."""
    from timeline.store import open_store, save_token

    text = f"dsj_{secrets.token_urlsafe(32)}"
    with open_store(read_settings(database).database) as store:
        token = save_token(store, name, text, scopes=scope or ["read"], at=_now())
    say(f"token {token.name!r} covers {', '.join(token.scopes)}; keep its text, it is not shown again")
    typer.echo(text)


@tokens.command(name="list")
def list_tokens(database: Database = None) -> None:
    """Print each token's name, scopes and dates, parted by tabs."""
    from timeline.store import find_tokens, open_store

    with open_store(read_settings(database).database) as store:
        found = find_tokens(store)
    for token in found:
        state = f"revoked {token.revoked_at}" if token.revoked_at else "valid"
        typer.echo(f"{token.name}\t{' '.join(token.scopes)}\t{token.created_at}\t{state}")
    if not found:
        say("there are no tokens; make one: timeline token create NAME --scope write")


@tokens.command()
def revoke(name: Name, database: Database = None) -> None:
    """Make a token invalid from now on, with every session that was opened with it."""
    from timeline.store import open_store, revoke_token

    with open_store(read_settings(database).database) as store:
        token = revoke_token(store, name, at=_now())
    say(f"token {token.name!r} is revoked since {token.revoked_at}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
