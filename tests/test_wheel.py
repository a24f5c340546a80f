"""The built wheel, installed where nothing of the repository is, does what the documents say: every data file is inside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("timeline", "api", "seeds", "pyproject.toml", "README.md", "LICENSE")


def call(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=240, check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | environment,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, install it into an empty environment that borrows the libraries alone; give its bin."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source / part)
    build = f"import setuptools.build_meta as b; print(b.build_wheel({str(folder)!r}))"
    call(sys.executable, "-c", build, cwd=source)
    (wheel,) = folder.glob("*.whl")
    uv = [sys.executable, "-m", "uv"]
    call(*uv, "venv", "--offline", "--python", sys.executable, folder / "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    call(*uv, "pip", "install", "--offline", "--no-deps", "--python", python, wheel, cwd=folder)
    (libraries,) = (folder / "env" / "lib").glob("python*/site-packages")
    (libraries / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_extracts_a_page_with_nothing_of_the_repository_there(installed: Path, tmp_path: Path) -> None:
    where = call(installed / "python", "-c", "import timeline; print(timeline.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    shutil.copytree(ROOT / "seeds", tmp_path / "pages")
    lines = call(installed / "timeline", "extract", "pages", cwd=tmp_path).splitlines()
    pages = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(pages) == 5
    assert sum(len(page["events"]) for page in pages) > 5


def test_the_demo_has_its_pages(installed: Path, tmp_path: Path) -> None:
    told = call(installed / "timeline", "demo", "--no-serve", cwd=tmp_path)
    assert "5 pages ingested" in told


def test_the_command_tells_its_version_and_completes_itself(installed: Path, tmp_path: Path) -> None:
    assert call(installed / "python", "-m", "timeline", "--version", cwd=tmp_path).startswith("timeline 0.")
    asked = {"_TIMELINE_COMPLETE": "complete_bash", "COMP_WORDS": "timeline ex", "COMP_CWORD": "1"}
    assert set(call(installed / "timeline", cwd=tmp_path, **asked).split()) == {
        "extract",
        "explain",
        "export",
    }


def test_the_web_page_has_its_templates(installed: Path, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; import api; top = Path(api.__file__).parent; "
        "print(len(list(top.glob('templates/*.html'))) > 5, (top / 'static').is_dir())"
    )
    assert call(installed / "python", "-c", code, cwd=tmp_path).strip() == "True True"
    call(installed / "python", "-c", "from api.app import make_app; make_app()", cwd=tmp_path)
