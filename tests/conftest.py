"""What every test may ask for: the shared folder beside the repository, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# the same examples in every run, and no limit on the time of one: a busy machine must not fail a test
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the repository's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the shared folder, or skip loudly where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the repository: its pages were NOT tested")
    return folder
