"""`make bench`: every benchmark in one run, each under its own heading, as Markdown; one that fails is named at the end.

`python -m tests.bench [WORD...]` runs those whose heading has one of the words; all of them take about an hour, most of it
the last two. The speed of a machine that does other work is
no figure: ratios of one run hold, seconds may not.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import version

BENCHES = {
    "A cold start": ["start"],
    "Pages: speed of each stage, and the gate": ["pages_speed"],
    "Many pages: engines, growth, memory": ["many_pages"],
    "Times: speed beside peers": ["times_speed"],
    "Times: the public suites": ["times_suites"],
    "Names: beside peers, places, the gate": ["names_peers"],
    "Publication: day accuracy beside peers": ["publication_peers"],
    "Main text: beside peers": ["main_text_peers"],
    "A web archive of 256 MB": ["read_warc", "256"],
    "The server: filters, load, memory, exports": ["server_load"],
    "The readers' pages: bytes and time, beside Datasette": ["web_pages"],
    "Linking: 10,000 to 1,000,000 mentions": ["merge_speed", "10000", "100000", "1000000"],
    "Queries at 1,000,000 events, beside Datasette": ["queries_speed", "1000000"],
}


def main() -> int:
    """Run them all; give 1 where one failed."""
    wanted = [word.lower() for word in sys.argv[1:]]
    failed = []
    print(
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, dashiji {version('dashiji')}"
    )
    for title, (module, *args) in BENCHES.items():
        if wanted and not any(word in title.lower() for word in wanted):
            continue
        print(f"\n## {title}\n", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"tests.bench.{module}", *args], stdout=subprocess.PIPE, text=True
        )
        print(_as_markdown(done.stdout), flush=True)
        if done.returncode:
            failed.append(module)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _as_markdown(output: str) -> str:
    """Leave tables as they are and set other lines in blocks."""
    out: list[str] = []
    is_open = False
    for line in output.strip("\n").split("\n"):
        is_plain = bool(line) and not line.startswith("|")
        if is_plain and not is_open:
            out.append("```text")
        elif not is_plain and line and is_open:
            out.append("```\n")
        is_open = is_plain or (is_open and not line)
        out.append(line)
    return "\n".join([*out, "```"] if is_open else out)


if __name__ == "__main__":
    sys.exit(main())
