"""Tables beside the database: what is put in comes out in any order of sizes, and what has no room is our error."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.errors import StoreError
from timeline.merge.workbench import Workbench


def test_rows_come_out_as_they_went_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.merge.workbench._ROWS", 3)
    rows = [(number, f"名{number}", bytes([number]), number / 2, number % 2 == 0) for number in range(8)]
    with Workbench() as bench:
        filler = bench.table("kept", n="int", name="str", raw="bytes", score="float", is_even="bool")
        for row in rows:
            filler.add(*row)
        filler.flush()
        assert list(bench.rows("SELECT * FROM kept ORDER BY n")) == rows
        assert bench.value("SELECT count(*) FROM kept") == 8
        assert bench.arrays("SELECT n FROM kept ORDER BY n")["n"].tolist() == list(range(8))


def test_no_room_is_said_in_a_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("timeline.merge.workbench.MEMORY", "20MB")
    much = "CREATE TABLE much AS SELECT repeat(hash(range)::varchar, 20) AS a FROM range(3000000) ORDER BY a"
    with pytest.raises(StoreError, match="TMPDIR"), Workbench() as bench:
        bench.run(f"SET max_temp_directory_size = '1MB'; {much}")
    assert list(tmp_path.iterdir()) == []
