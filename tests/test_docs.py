"""What the documents show is true: each command and snippet in them runs, and prints the lines that follow it there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from timeline.cli.app import app
from timeline.lexicon import Entry
from timeline.pipes.words.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(?P<language>[\w-]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[Path, str]]:
    return [
        (path, match["body"])
        for path in DOCUMENTS
        if path.exists()
        for match in _BLOCK.finditer(path.read_text("utf-8"))
        if match["language"] == language
    ]


def label(value: object) -> str:
    return value.name if isinstance(value, Path) else ""


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if "```console" in path.read_text("utf-8")], ids=label
)
def test_commands_run_and_print_what_is_shown(path: Path, tmp_path: Path) -> None:
    """The commands of one document run one after another in one folder, as a reader would type them."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    body = "".join(body for there, body in blocks("console") if there == path)
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        command = re.sub(r"^timeline ", f"{sys.executable} -m timeline ", command)
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{path.name}: {command}\n{done.stderr}"
        for line in shown:
            assert line in done.stdout, f"{path.name}: {command} does not print {line!r}"


@pytest.mark.parametrize(("path", "body"), blocks("python"), ids=label)
def test_python_runs(path: Path, body: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", body], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{path.name}: {done.stderr}"
    if "print(" in body:
        assert "2021-05-18 signing" in done.stdout


@pytest.mark.parametrize(("path", "body"), blocks("yaml"), ids=label)
def test_lexicon_entries_mean_what_their_examples_say(path: Path, body: str) -> None:
    for row in yaml.safe_load(body):
        entry = Entry(
            tuple(row["words"]),
            row["kind"],
            tuple(row["examples"]),
            tuple(row["counter_examples"]),
            {key: row[key] for key in row if key not in ("words", "kind", "examples", "counter_examples")},
        )
        words = Vocabulary([entry])
        assert all(words.find(text) for text in entry.examples), path.name
        assert not any(words.find(text) for text in entry.counter_examples), path.name


@pytest.mark.parametrize(("path", "body"), blocks("json"), ids=label)
def test_json_is_what_the_program_prints(path: Path, body: str) -> None:
    """Each shown object is part of the findings of a demo page: the fields shown are those printed."""
    from timeline.ingest import preview
    from timeline.records import Extraction

    pages = [r.findings.to_json() for r in preview([ROOT / "seeds"], workers=1) if isinstance(r, Extraction)]
    shown = json.loads(body)
    assert any(holds(value, shown) for page in pages for value in (*page["events"], page["published"])), (
        path.name
    )


def holds(whole: object, part: object) -> bool:
    """Say whether every field of `part` stands in `whole` with the same value; a list may be cut at its end."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(k in whole and holds(whole[k], v) for k, v in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and len(part) <= len(whole) and all(map(holds, whole, part))
    return whole == part


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name}: {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_anchors_lead_to_headings(path: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", path.read_text("utf-8")):
        there = path.parent / target if target else path
        headings = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}, (
            f"{path.name}: {target}#{anchor}"
        )


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_commands_named_in_passing_are_commands(path: Path) -> None:
    root = get_command(app)
    for words in re.findall(r"`timeline ([^`]+)`", path.read_text("utf-8")):
        command: Any = root
        options: set[str] = set()
        for word in words.split("|")[0].split():
            options |= {option for one in command.params for option in one.opts}
            if word.startswith("--"):
                assert word.partition("=")[0] in options | {"--help"}, f"{path.name}: timeline {words}"
            elif not hasattr(command, "commands"):
                continue  # an argument, or the value of an option
            elif word in command.commands:
                command = command.commands[word]
            else:
                is_value = bool(options) and "--" in words.split(word)[0]
                assert is_value or word.isupper(), f"{path.name}: timeline {words}: no command {word}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_files_of_ours_that_are_named_are_there(path: Path) -> None:
    there = {one.name for top in ("timeline", "api", "tests") for one in (ROOT / top).rglob("*.py")}
    # the scorer that is kept beside the repository
    named = set(re.findall(r"`(?:[\w-]+/)*([\w]+\.py)`", path.read_text("utf-8"))) - {"score_events.py"}
    assert named <= there, f"{path.name}: {sorted(named - there)}"


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [b for p, b in blocks("console") if p.name == name] for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
