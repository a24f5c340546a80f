"""Each setting has a default that works, a sentence, and a place in the environment that changes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from timeline.settings import Settings


def test_every_setting_has_a_default_and_a_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert not field.is_required(), name
        assert field.description, name
    assert Settings().host == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database", "sqlite:///other.sqlite"),
        ("host", "::1"),
        ("port", 9),
        ("max_page_bytes", 10),
        ("max_request_bytes", 10),
        ("open", True),
        ("rate", 2.5),
        ("burst", 7),
    ],
)
def test_the_environment_changes_it(monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    monkeypatch.setenv(f"TIMELINE_{name.upper()}", str(value))
    assert getattr(Settings(), name) == value


@pytest.mark.parametrize("name", ["webhook_hosts", "cors_origins"])
def test_lists_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert getattr(Settings(), name) == ()
    monkeypatch.setenv(f"TIMELINE_{name.upper()}", "a.example, b.example")
    assert getattr(Settings(), name) == ("a.example", "b.example")


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("example.org", False)],
)  # fmt: skip
def test_only_loopback_is_loopback(host: str, is_loopback: bool) -> None:
    assert Settings(host=host).is_loopback is is_loopback
    assert Settings(host=host).is_open_to_read is is_loopback
    assert Settings(host=host, open=True).is_open_to_read


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "70000"), ("max_page_bytes", "0"), ("max_request_bytes", "x"), ("rate", "-1"), ("burst", "0")],
)
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"TIMELINE_{name.upper()}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_the_largest_page_is_held_by_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "small.txt").write_text("5月18日，甲校与乙厂签约。", "utf-8")
    (tmp_path / "large.txt").write_text("5月18日，甲校与乙厂签约。" * 100, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "timeline", "extract", str(tmp_path)],
        env=os.environ | {"TIMELINE_MAX_PAGE_BYTES": "1000"},
        capture_output=True,
        check=True,
    )
    assert [Path(json.loads(line)["path"]).name for line in done.stdout.splitlines()] == ["small.txt"]
    assert "large.txt" in done.stderr.decode()


def test_the_command_line_names_a_setting_that_is_nonsense(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "timeline", "show"],
        env=os.environ | {"TIMELINE_PORT": "70000"},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "TIMELINE_PORT" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
