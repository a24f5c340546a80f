"""Train one of the shipped models: `python -m timeline.training {characters,names} --data FOLDER`."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Train the model that is named and print what it was made of."""
    parser = argparse.ArgumentParser(prog="python -m timeline.training", description=__doc__)
    parser.add_argument("model", choices=("characters", "names"))
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds text/ and names/")
    wanted = parser.parse_args()
    print(import_module(f"timeline.training.{wanted.model}").train(wanted.data))


if __name__ == "__main__":
    main()
