"""The public time suites, raw and without the rows whose gold is wrong: value right to the day, suite by suite.

Run with `python -m tests.bench.times_suites` where the folder of shared development data lies beside the repository; the rows
left out, each with its reason, are those of fixtures/cases/times_parted.jsonl. Without that folder nothing is printed but why.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from timeline.times import tag_at

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PARTED = ROOT / "fixtures" / "cases" / "times_parted.jsonl"

Case = dict[str, Any]


def main() -> None:
    """Print a row a suite: values, the share right to the day, that of the rows whose gold is not wrong, how many we read otherwise."""
    suites = SHARED / "dev" / "times"
    if not suites.is_dir():
        print("the suites are not here: nothing to score")
        return
    scorer = _scorer()
    cases = [
        json.loads(line) for path in sorted(suites.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    news = [case for case in cases if case["news_relevant"]]
    wrong, taste = _parted("wrong"), _parted("taste")
    raw, fair = _shares(scorer, news), _shares(scorer, news, wrong)
    print(f"{'suite':12} {'rows':>6} {'raw':>7} {'without wrong gold':>19} {'read otherwise by us':>21}")
    for suite, (rows, share) in raw.items():
        others = sum(case["id"] in taste for case in news if case["source"] == suite)
        print(f"{suite:12} {rows:6} {share:7.3f} {fair[suite][1]:19.3f} {others:21}")


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_times", SHARED / "evaluation" / "score_times.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _parted(kind: str) -> set[str]:
    rows = (json.loads(line) for line in PARTED.read_text("utf-8").splitlines())
    return {case for row in rows if row["kind"] == kind for case in row["ids"]}


def _shares(
    scorer: ModuleType, cases: Iterable[Case], without: set[str] | frozenset[str] = frozenset()
) -> dict[str, tuple[int, float]]:
    """Score the cases that are left: suite -> how many values, and the share right to the day."""

    def tagger(_: str, text: str, reference: str) -> tuple[list[Case], float]:
        found = tag_at(text, datetime.fromisoformat(reference))
        rows = [
            {"start": t.start, "end": t.end, "from": t.from_, "to": scorer.next_bound(t.to)} for t in found
        ]
        return rows, 0.0

    report, _ = scorer.run(tagger, [case for case in cases if case["id"] not in without])
    suites = {name.removeprefix("news/"): row for name, row in report.items() if name.startswith("news/")}
    return {name: (row["gold_values"], row["e2e"]["day"]) for name, row in suites.items()}


if __name__ == "__main__":
    main()
