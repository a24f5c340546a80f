"""The readers' pages over a filled store: bytes and milliseconds of each, beside Datasette's page of the same rows.

    python -m tests.bench.web_pages [--events 50000] [--database sqlite:///FILE]

With --database a store that tests/bench/filled_store.py has filled before is used again. A first visit counts anew what
the facets say, later ones find it counted until the store changes: both are given.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from urllib.parse import quote

from tests.bench.filled_store import fill

_VISITS = 15
_PAGES = {
    "chronology": "/",
    "one type": "/?type=signing",
    "not two": "/?not_type=forum&not_status=planned",
    "words": f"/?q={quote('芯片')}",
    "two years": "/?from=2015&to=2016",
    "a place": f"/?place={quote('浙江')}",
    "unknown years": "/?undated=only",
    "oldest first": "/?order=oldest",
    "organisation": "/orgs/{organization}",
    "event": "/events/{event}",
    "organisations": "/orgs",
    "review": "/review",
    "story": "/story?type=award&from=2015-03&to=2015-03",
}
# What Datasette shows of the same rows, with the same facets: its own page, thirty rows.
_PEER = {
    "chronology": "/{name}/events?_size=30&_sort=newest&_facet=type&_facet=status&_facet=certainty",
    "one type": "/{name}/events?_size=30&_sort=newest&type=signing&_facet=status&_facet=certainty",
    "oldest first": "/{name}/events?_size=30&_sort=oldest&_facet=type&_facet=status&_facet=certainty",
}


def main() -> None:
    """Fill a store where none is given, visit every page, print what each weighs and takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = given.database or f"sqlite:///{folder}/filled.sqlite"
        if not given.database:
            fill(database, given.events)
        file = database.removeprefix("sqlite:///")
        known = _known(file)
        print(f"{known['events']:,} events")
        ours = ["-m", "timeline", "serve", "--database", database, "--port"]
        _visit("dashiji", ours, {name: path.format(**known) for name, path in _PAGES.items()})
        peer = ["-m", "datasette", "serve", file, "--setting", "sql_time_limit_ms", "60000",
                "--setting", "facet_time_limit_ms", "60000", "--port"]  # fmt: skip
        name = file.rpartition("/")[2].rpartition(".")[0]
        _visit("datasette", peer, {title: path.format(name=name) for title, path in _PEER.items()})


def _known(file: str) -> dict[str, object]:
    """Give ids to ask for: the busiest organisation, an event in the middle."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        (events,) = connection.execute("SELECT max(number) FROM events").fetchone()
        (body,) = connection.execute("SELECT id FROM organizations ORDER BY rank LIMIT 1").fetchone()
        (event,) = connection.execute("SELECT id FROM events WHERE number = ?", (events // 2,)).fetchone()
    return {"events": events, "organization": body, "event": event}


def _visit(who: str, command: list[str], pages: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *command, str(port)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        _await(server, port)
        for title, path in pages.items():
            size, sent, first = _get(port, path)
            took = [_get(port, path)[2] for _ in range(_VISITS)]
            print(
                f"{who:10} {title:14} {size / 1000:6.1f} kB {sent / 1000:5.1f} kB sent, first {first:7.0f} ms, "
                f"p50 {statistics.median(took):5.0f} ms, p95 {sorted(took)[-1]:5.0f} ms"
            )
    finally:
        server.terminate()
        server.wait()


def _get(port: int, path: str) -> tuple[int, int, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    began = time.perf_counter()
    connection.request("GET", path, headers={"accept": "text/html", "accept-encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    assert answer.status == 200, (path, answer.status)
    is_packed = answer.headers.get("content-encoding") == "gzip"
    return len(gzip.decompress(body)) if is_packed else len(body), len(body), took


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    while True:
        assert server.poll() is None, "the server did not start"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
