"""Tokens in and out: a name with its scopes is kept beside the digest of the token's text, never the text itself."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import get_args

from sqlalchemy import delete, insert, select, update

from timeline.access import Scope, Token
from timeline.errors import NotFoundError, UsageError
from timeline.settings import Settings
from timeline.store.access import TOKENS
from timeline.store.connect import Store

_LONGEST_NAME = 100


def save_token(store: Store, name: str, text: str, *, scopes: Sequence[str], at: str) -> Token:
    """Keep a token of a name; `text` is what its holder shows, of which only the SHA-256 is written.

    Raises UsageError for a name that a valid token has, an empty or odd one, and for no scope at all.
    """
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > _LONGEST_NAME or any(unicodedata.category(c)[0] == "C" for c in tidy):
        raise UsageError(f"a token's name has 1 to {_LONGEST_NAME} printable characters; got {name!r}")
    if not scopes or not set(scopes) <= set(get_args(Scope)):
        raise UsageError(f"a token needs scopes, of read, write, review; got {', '.join(scopes) or 'none'}")
    own = tuple(scope for scope in get_args(Scope) if scope in scopes)
    token = Token(name=tidy, scopes=own, created_at=at)
    with store.write() as connection:
        known = connection.execute(select(TOKENS.c.record).where(TOKENS.c.name == tidy)).scalar()
        if known is not None and Token.model_validate_json(known).revoked_at is None:
            raise UsageError(f"there is a token named {tidy!r}; revoke it first, or take another name")
        connection.execute(delete(TOKENS).where(TOKENS.c.name == tidy))
        row = {"name": tidy, "digest": _digest(text), "record": token.model_dump_json()}
        connection.execute(insert(TOKENS).values(row))
    return token


def check_token(store: Store, text: str) -> Token | None:
    """Give the valid token of a text; None where there is none, or it was revoked."""
    with store.read() as connection:
        record = connection.execute(select(TOKENS.c.record).where(TOKENS.c.digest == _digest(text))).scalar()
    return _valid(record)


def find_token(store: Store, name: str) -> Token | None:
    """Give the valid token of a name; None where there is none, or it was revoked."""
    with store.read() as connection:
        record = connection.execute(select(TOKENS.c.record).where(TOKENS.c.name == name)).scalar()
    return _valid(record)


def find_tokens(store: Store, *, active_only: bool = False) -> list[Token]:
    """List the tokens by name, those that were revoked too."""
    with store.read() as connection:
        rows = connection.execute(select(TOKENS.c.record).order_by(TOKENS.c.name)).all()
    tokens = [Token.model_validate_json(row.record) for row in rows]
    return [token for token in tokens if token.revoked_at is None or not active_only]


def revoke_token(store: Store, name: str, *, at: str) -> Token:
    """Make a token invalid from now on; twice is once.

    Raises NotFoundError where no token has the name.
    """
    with store.write() as connection:
        record = connection.execute(select(TOKENS.c.record).where(TOKENS.c.name == name)).scalar()
        if record is None:
            raise NotFoundError(f"no token is named {name!r}")
        token = Token.model_validate_json(record)
        if token.revoked_at is None:
            token = token.model_copy(update={"revoked_at": at})
            changed = update(TOKENS).where(TOKENS.c.name == name).values(record=token.model_dump_json())
            connection.execute(changed)
    return token


def check_binding(store: Store, settings: Settings) -> None:
    """Refuse to serve beyond this machine where nobody could be told from anybody.

    Raises UsageError, which says what to do.
    """
    if not settings.is_open_to_read and not find_tokens(store, active_only=True):
        raise UsageError(
            f"bound to {settings.host}, beyond loopback, without a token: make one with "
            "`timeline token create NAME`, or let everybody read with --open"
        )


def _valid(record: str | None) -> Token | None:
    token = Token.model_validate_json(record) if record is not None else None
    return token if token is not None and token.revoked_at is None else None


def _digest(text: str) -> str:
    # a token is 256 bits of chance: there is nothing to guess, and no slow hash is needed
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
