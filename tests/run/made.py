"""Made sources for the tests of run: records with events, broken ones among them, and small files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def write_sources(folder: Path, *, records: int = 30, files: int = 5) -> Path:
    """Write a JSONL file with two broken lines and some text files; give their folder."""
    folder.mkdir()
    lines = [
        json.dumps(
            {
                "id": n,
                "published": "2024-05-20",
                "text": f"5月{n % 28 + 1}日，江城大学与东海{n}号集团签署战略合作协议。",
            },
            ensure_ascii=False,
        )
        for n in range(records)
    ]
    lines[3:3] = ["{broken"]
    lines[12:12] = ['{"id": 5, "text": ""}']
    (folder / "pages.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    for n in range(files):
        (folder / f"page{n}.txt").write_text(
            f"发布时间：2021-05-2{n}\n5月18日，第{n + 2}届山海论坛在江城举行。", "utf-8"
        )
    (folder / "empty.txt").write_bytes(b"")
    return folder


def digests(out: Path) -> dict[str, str]:
    """Give the hash of every file of a run's folder by its path there."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }
