"""What docs/api.md shows is true: each of its curl and Python examples runs against a server, and answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.conftest import Served

_BLOCK = re.compile(r"^```(?P<language>bash|py)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "api.md"
_BLOCKS = [(m["language"], m["body"]) for m in _BLOCK.finditer(_DOCUMENT.read_text("utf-8"))]
_HERE = "http://127.0.0.1:8765"


@pytest.mark.parametrize(("language", "body"), _BLOCKS, ids=[f"{n}-{b[0]}" for n, b in enumerate(_BLOCKS)])
def test_an_example_runs(own_server: Served, tmp_path: Path, language: str, body: str) -> None:
    assert _HERE in body or "def " in body
    text = body.replace(_HERE, own_server.url)
    if language == "bash":
        if shutil.which("curl") is None:
            pytest.skip("no curl on PATH: the example was NOT tested")
        command = ["bash", "-euc", text.replace("curl -s", "curl -sS --fail-with-body")]
    else:
        command = [sys.executable, "-c", text]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"TOKEN": own_server.token, "PYTHONPATH": str(_DOCUMENT.parent.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    if language == "bash" and " -o " not in text:
        assert json.loads(done.stdout)
    for name in ("signings.csv", "forums.csv"):
        if name in body:
            assert (tmp_path / name).stat().st_size > 100


def test_the_filters_of_the_table_are_those_there_are() -> None:
    from api.deps import EventFilter

    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| ", _DOCUMENT.read_text("utf-8"), re.MULTILINE)
    shown = {name for row in rows for name in re.findall(r"`(\w+)`", row)} - {"read", "write", "review"}
    there = {info.alias or name for name, info in EventFilter.model_fields.items()} - {"review"}
    assert there <= shown
