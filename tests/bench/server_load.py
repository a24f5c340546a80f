"""A server over a filled store: requests a second and p95 at 1, 8 and 64 clients, flat memory, exports beside sqlite3's own.

    python -m tests.bench.server_load [--events 50000] [--database sqlite:///FILE] [--requests 20000] [--seconds 5]

The clients run in this process, the server in another: on two cores each has one. With --database a store that
tests/bench/filled_store.py has filled before is used again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from tests.bench.filled_store import fill

# The first page of ten filters, as people ask for them.
FILTERS = {
    "all": "",
    "type": "type=signing",
    "type, span": "type=forum&from=2016&to=2018-06",
    "organisation": "org=o00000001",
    "two of them, all": "org=o00000001&org=o00000002&match=all",
    "place with children": f"place={quote('浙江')}",
    "outlet": "outlet=",
    "role": "role=host",
    "words": f"q={quote('芯片')}",
    "sources, not planned": "min_sources=3&not_status=planned&certainty=day",
}


async def ask(
    host: tuple[str, int], paths: Sequence[str], until: float, most: int, offset: int
) -> list[float]:
    """Ask for the paths in turn over one connection; give the seconds that each answer took."""
    reader, writer = await asyncio.open_connection(*host)
    took: list[float] = []
    while time.perf_counter() < until and len(took) < most:
        path = paths[(offset + len(took)) % len(paths)]
        began = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        status, _, rest = head.partition(b"\r\n")
        assert b" 200 " in status, (path, status)
        length = next(line for line in rest.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        took.append(time.perf_counter() - began)
    writer.close()
    return took


def measure(
    host: tuple[str, int], paths: Sequence[str], clients: int, seconds: float, most: int = 10**9
) -> tuple[float, float, int]:
    """Give requests a second, the 95th percentile in milliseconds, and how many requests there were."""

    async def run() -> list[list[float]]:
        until = time.perf_counter() + seconds
        return await asyncio.gather(
            *(ask(host, paths, until, most // clients, i * 7) for i in range(clients))
        )

    began = time.perf_counter()
    took = sorted(second for own in asyncio.run(run()) for second in own)
    return len(took) / (time.perf_counter() - began), took[int(len(took) * 0.95)] * 1000, len(took)


def memory_of(pid: int) -> int:
    """Give the bytes of a process's own memory; the pages of the database file that it has mapped are the system's."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) * 1024


def serve(database: str) -> tuple[subprocess.Popen[bytes], tuple[str, int]]:
    """Start a server and wait until it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "timeline", "serve", "--database", database, "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while True:
        assert server.poll() is None, "the server did not start"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server, ("127.0.0.1", port)
        except OSError:
            time.sleep(0.1)


def export(host: tuple[str, int], pid: int) -> tuple[float, int, int]:
    """Read all events as JSONL; give the seconds, the bytes, and by how much the server's memory grew meanwhile."""
    before, most, size = memory_of(pid), 0, 0
    began = time.perf_counter()
    with socket.create_connection(host) as connection:
        connection.sendall(b"GET /events.jsonl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        while piece := connection.recv(1 << 20):
            size += len(piece)
            most = max(most, memory_of(pid))
    return time.perf_counter() - began, size, most - before


def dump(database: str) -> tuple[str, float]:
    """Have the sqlite3 shell write the same events as JSON, in the same order; without one, Python's driver does."""
    file = database.removeprefix("sqlite:///")
    statement = (
        "SELECT record FROM events JOIN event_records ON event = number "
        "WHERE review <> 'rejected' ORDER BY newest, id"
    )
    shell = shutil.which("sqlite3")
    began = time.perf_counter()
    if shell:
        subprocess.run([shell, "-json", file, statement], stdout=subprocess.DEVNULL, check=True)
        return "the sqlite3 shell", time.perf_counter() - began
    import json
    import sqlite3

    with sqlite3.connect(file) as connection, open(os.devnull, "w") as nowhere:
        for row in connection.execute(statement):
            nowhere.write(json.dumps({"record": row[0]}) + "\n")
    return "Python's sqlite3 with json", time.perf_counter() - began


def main() -> None:
    """Fill, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--database")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or f"sqlite:///{folder}/filled.sqlite"
        if options.database is None:
            fill(database, options.events)
        server, host = serve(database)
        try:
            report(host, server.pid, database, options.requests, options.seconds)
        finally:
            server.terminate()
            server.wait(30)


def report(host: tuple[str, int], pid: int, database: str, requests: int, seconds: float) -> None:
    """Print every measurement."""
    paths = {name: f"/api/v1/events?limit=50&{query}" for name, query in FILTERS.items()}
    print("first page of ten filters: the first time (with its count), then p95 of 50, milliseconds")
    for name, path in paths.items():
        path = paths[name] = path if not path.endswith("outlet=") else path + quote("东松日报")
        _, first, _ = measure(host, [path], 1, 120, most=1)
        _, again, _ = measure(host, [path], 1, 20, most=50)
        print(f"  {name:22} {first:8.1f} {again:8.1f}")
    print("all ten in turn: clients, requests/s, p95 ms")
    for clients in (1, 8, 64):
        rate, slow, _ = measure(host, list(paths.values()), clients, seconds)
        print(f"  {clients:3} {rate:8.0f} {slow:8.1f}")
    before = memory_of(pid)
    _, _, number = measure(host, list(paths.values()), 8, 3600, most=requests)
    after = memory_of(pid)
    grown = (after - before) / 2**20
    print(
        f"memory over {number} requests: {before / 2**20:.0f} MB, then {after / 2**20:.0f} MB ({grown:+.1f})"
    )
    export(host, pid)  # once to warm the file
    took, size, grew = export(host, pid)
    what, other = dump(database)
    print(
        f"all events as JSONL: {size / 2**20:.0f} MB in {took:.1f} s, memory {grew / 2**20:+.1f} MB meanwhile"
    )
    print(f"{what}, the same events as JSON: {other:.1f} s; ours runs at {other / took:.2f} times its speed")


if __name__ == "__main__":
    main()
