"""`make bench`: every benchmark one after another, each under its own heading; one that fails is named at the end."""

from __future__ import annotations

import subprocess
import sys

BENCHES = {
    "times: speed beside peers": ["tests.bench.times_speed"],
    "times: the public suites": ["tests.bench.times_suites"],
    "pages: speed of each stage": ["tests.bench.pages_speed"],
    "names: beside peers, places, the gate": ["tests.bench.names_peers"],
    "publication: day accuracy beside peers": ["tests.bench.publication_peers"],
    "main text: beside peers": ["tests.bench.main_text_peers"],
    "a web archive of 256 MB": ["tests.bench.read_warc", "256"],
}


def main() -> int:
    """Run them all; give 1 where one failed."""
    failed = []
    for title, (module, *args) in BENCHES.items():
        print(f"\n== {title}", flush=True)
        if subprocess.run([sys.executable, "-m", module, *args], check=False).returncode:
            failed.append(module)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


sys.exit(main())
