"""Tokens: kept by their digest, valid until revoked, told by name."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from timeline.errors import NotFoundError, UsageError
from timeline.store import Store, check_token, find_token, find_tokens, revoke_token, save_token

AT, LATER = "2024-05-18T09:00:00Z", "2024-05-19T09:00:00Z"


def test_a_token_is_known_by_its_text_until_it_is_revoked(store: Store) -> None:
    saved = save_token(store, " press  desk ", "dsj_secret", scopes=["write", "write"], at=AT)
    assert (saved.name, saved.scopes) == ("press desk", ("write",))
    assert check_token(store, "dsj_secret") == find_token(store, "press desk") == saved
    assert check_token(store, "dsj_secreT") is None
    revoked = revoke_token(store, "press desk", at=LATER)
    assert revoke_token(store, "press desk", at="2025-01-01T00:00:00Z") == revoked
    assert revoked.revoked_at == LATER
    assert check_token(store, "dsj_secret") is None
    assert find_token(store, "press desk") is None
    assert find_tokens(store) == [revoked]
    assert find_tokens(store, active_only=True) == []


def test_the_text_is_nowhere_in_the_database(store: Store) -> None:
    save_token(store, "a", "dsj_secret", scopes=["read"], at=AT)
    with store.read() as connection:
        rows = connection.execute(text("SELECT * FROM tokens")).all()
    assert "dsj_secret" not in str(rows)


def test_a_name_is_free_again_once_its_token_is_revoked(store: Store) -> None:
    save_token(store, "a", "one", scopes=["read"], at=AT)
    with pytest.raises(UsageError, match="revoke it first"):
        save_token(store, "a", "two", scopes=["read"], at=AT)
    revoke_token(store, "a", at=LATER)
    save_token(store, "a", "two", scopes=["review"], at=LATER)
    assert check_token(store, "one") is None
    assert check_token(store, "two") is not None


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "a\u202eb", "长" * 101])
def test_an_odd_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        save_token(store, name, "x", scopes=["read"], at=AT)


def test_no_scope_and_no_such_token_are_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="scope"):
        save_token(store, "a", "x", scopes=[], at=AT)
    with pytest.raises(UsageError, match="scope"):
        save_token(store, "a", "x", scopes=["read", "all"], at=AT)
    with pytest.raises(NotFoundError, match="nobody"):
        revoke_token(store, "nobody", at=AT)


@pytest.mark.parametrize(
    ("scopes", "covered"),
    [(["read"], {"read"}), (["write"], {"read", "write"}), (["review"], {"read", "review"})],
)
def test_who_may_write_or_review_may_read(store: Store, scopes: list[str], covered: set[str]) -> None:
    token = save_token(store, "a", "x", scopes=scopes, at=AT)
    assert {scope for scope in ("read", "write", "review") if token.may(scope)} == covered  # type: ignore[arg-type]
