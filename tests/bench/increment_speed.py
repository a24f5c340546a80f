"""Stores of growing size in, what linking a hundred new pages costs in each: it must not grow with the store.

python -m tests.bench.increment_speed [MENTIONS...] [--folder DIR]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import islice

from tests.bench.generator import make_lines
from timeline.merge import link_store, link_store_in_bulk
from timeline.store import count, open_store, save_lines

_NEW = 100  # pages, of three mentions each
_TELLINGS_AN_EVENT = 1.64


def main() -> None:
    """Fill a store of each size, then add pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mentions", nargs="*", type=int, default=[3_000, 10_000, 30_000])
    parser.add_argument("--folder")
    options = parser.parse_args()
    print("mentions stored | events | pages added | linked in (processor)")
    for mentions in options.mentions:
        with (
            tempfile.TemporaryDirectory(dir=options.folder) as folder,
            open_store(f"sqlite:///{folder}/s.sqlite") as store,
        ):
            lines = make_lines(int(mentions * 1.2 / _TELLINGS_AN_EVENT) + 400)
            save_lines(store, islice(lines, mentions // 3))
            link_store_in_bulk(store)
            events = count(store).events
            save_lines(store, islice(lines, _NEW))
            start, busy = time.perf_counter(), time.process_time()
            link_store(store)
            print(
                f"{mentions:,} | {events:,} | {_NEW} | {time.perf_counter() - start:.1f} s ({time.process_time() - busy:.1f} s)",
                flush=True,
            )


if __name__ == "__main__":
    main()
