"""A chronology by the generator in, how fast the ten most common questions are answered, on each database and by a peer.

python -m tests.bench.queries_speed [EVENTS] [--folder DIR]: writes the events through the store into SQLite and PostgreSQL,
then asks our store, our API and Datasette, which serves the same SQLite file, in one process, over ASGI, without a network
between. A folder that is named is kept, and asked again without being written again.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.bench.chronicle import body_id, count_bodies
from tests.bench.filled_store import fill
from tests.bench.postgres import serve_postgres
from tests.bench.words import THEMES
from timeline.chronology import EventQuery
from timeline.settings import Settings
from timeline.store import Store, count, find_event_records, find_organizations, open_store

_TIMES = 40

Ask = Callable[[str], Awaitable[int]]
# a question: what our API is asked, and Datasette for the same rows
Question = tuple[str, str]


def main() -> None:
    """Write the events, then ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("events", nargs="?", type=int, default=100_000)
    parser.add_argument("--folder")
    parser.add_argument("--no-postgres", action="store_true")
    parser.add_argument(
        "--processor", action="store_true", help="this process's own time: on a machine that does other work"
    )
    options = parser.parse_args()
    kept = nullcontext(options.folder) if options.folder else tempfile.TemporaryDirectory()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(kept))
        folder.mkdir(parents=True, exist_ok=True)
        databases = {"SQLite": f"sqlite:///{folder / 'bench.sqlite'}"}
        if not options.no_postgres:
            databases["PostgreSQL"] = stack.enter_context(serve_postgres(folder))
        for kind, url in databases.items():
            with open_store(url) as store:
                if (held := count(store).events) not in (0, options.events):
                    sys.exit(f"{folder} holds {held:,} events; take another folder")
            if not held:
                _fill(url, kind, options.events)
        clock = time.process_time if options.processor else time.perf_counter
        asyncio.run(_ask_all(databases, folder / "bench.sqlite", options.events, clock))


def _fill(url: str, name: str, events: int) -> None:
    start = time.perf_counter()
    fill(url, events)
    took = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {events:,} events of {count_bodies(events):,} organisations written in {took:.0f} s, "
        f"{events / took:.0f} a second, {megabytes:.0f} MB at most",
        flush=True,
    )


def _questions(events: int) -> dict[str, Iterator[Question]]:
    """Give ten common questions, each with values that change from request to request."""
    orgs = [body_id(count_bodies(events) * i // 997) for i in range(0, 997, 11)]
    types = ["signing", "forum", "unveiling", "launch", "expo", "visit", "award", "opening"]
    years = [2005 + i % 19 for i in range(_TIMES)]
    of = "number in (select p.event from participations p join organizations o on o.number = p.organization where o.id = '{}')"

    def year(y: int) -> dict[str, str]:
        return {"from": f"{y}-01-01", "to": f"{y}-12-31"}

    def theirs(**fields: str) -> str:
        return "events.json?" + urlencode({"_sort": "newest", "_size": "50", **fields})

    def ours(**fields: str) -> str:
        return "/api/v1/events?" + urlencode({"limit": "50", **fields})

    def between(y: int) -> dict[str, str]:
        return {"to__gte": f"{y}-01-01", "from__lte": f"{y}-12-31"}

    return {
        "first page": ((ours(), theirs()) for _ in years),
        "of a type": ((ours(type=t), theirs(type=t)) for t in types * 5),
        "of a year": ((ours(**year(y)), theirs(**between(y))) for y in years),
        "of a type and a year": ((ours(type=t, **year(y)), theirs(type=t, **between(y))) for t, y in zip(types * 5, years, strict=False)),
        "of an organisation": ((ours(org=o), theirs(_where=of.format(o))) for o in orgs),
        "of an organisation and a year": ((ours(org=o, **year(y)), theirs(_where=of.format(o), **between(y))) for o, y in zip(orgs, years, strict=False)),
        "common word": ((ours(q=THEMES[i % len(THEMES)]), theirs(_where=f"exists (select 1 from event_records r where r.event = number and r.record like '%{THEMES[i % len(THEMES)]}%')")) for i, _ in enumerate(years)),
        "rare word": ((ours(q=f"编号{y}{i}。"), theirs(_where=f"exists (select 1 from event_records r where r.event = number and r.record like '%编号{y}{i}。%')")) for i, y in enumerate(years)),
        "of unknown year": ((ours(undated="only"), theirs(certainty="unknown")) for _ in years),
        "organisations": (("/api/v1/organizations?limit=50", "organizations.json?_sort=rank&_size=50") for _ in years),
    }  # fmt: skip


async def _ask_all(databases: dict[str, str], path: Path, events: int, clock: Callable[[], float]) -> None:
    """Ask all of them one question, then all the next: whatever else the machine does then meets each of them."""
    from datasette.app import Datasette

    peer = Datasette([str(path)], settings={"sql_time_limit_ms": 20_000, "facet_time_limit_ms": 1})
    await peer.invoke_startup()

    async def ask_peer(address: str) -> int:
        return int((await peer.client.get(f"/bench/{address}&_nofacet=1&_nosuggest=1")).status_code)

    results: dict[str, dict[str, list[float]]] = {}
    async with AsyncExitStack() as stack:
        servers = {name: await stack.enter_async_context(_serve(url)) for name, url in databases.items()}
        # a server that starts counts ahead for its first page
        await asyncio.sleep(2 + events / 50_000)
        for question, values in _questions(events).items():
            ours, theirs = zip(*values, strict=True)
            found = results[question] = {}
            for name, (store, ask) in servers.items():
                store.totals.clear()
                found[f"{name} store"] = await _time(_ask_store(store), ours, clock)
                store.totals.clear()
                found[f"{name} API"] = await _time(ask, ours, clock)
            with suppress(TimeoutError):
                found["Datasette"] = await _time(ask_peer, theirs, clock)
    _show(results)


@asynccontextmanager
async def _serve(url: str) -> AsyncIterator[tuple[Store, Ask]]:
    import httpx

    from api.app import create_app

    app = create_app(Settings(database=url))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:

            async def ask(address: str) -> int:
                return (await client.get(address)).status_code

            yield app.state.store, ask


def _ask_store(store: Store) -> Ask:
    """Ask the store what an address asks the API; counting what was counted before is the store's own business."""

    async def ask(address: str) -> int:
        parameters = dict(parse_qsl(urlsplit(address).query))
        if address.startswith("/api/v1/organizations"):
            find_organizations(store, limit=50)
            return 200
        names = {"type": "types", "org": "organizations"}
        fields = {names.get(n, n): [v] if n in names else v for n, v in parameters.items() if n != "limit"}
        find_event_records(store, EventQuery.model_validate(fields), limit=50)
        return 200

    return ask


async def _time(ask: Ask, addresses: Sequence[str], clock: Callable[[], float]) -> list[float]:
    """Ask once for warmth, then measure; give milliseconds. Stops early where answers take seconds."""
    assert await ask(addresses[0]) == 200, addresses[0]
    times: list[float] = []
    for address in addresses[:_TIMES]:
        start = clock()
        status = await ask(address)
        times.append((clock() - start) * 1000)
        assert status == 200, (address, status)
        if sum(times) > 30_000:
            break
    return times


def _show(results: dict[str, dict[str, list[float]]]) -> None:
    names = list(next(iter(results.values())))
    print("p50 / p95 in ms".ljust(32), *(name.rjust(18) for name in names))
    for question, found in results.items():
        cells = [_cell(found.get(name, [])) for name in names]
        print(question.ljust(32), *(cell.rjust(18) for cell in cells), flush=True)


def _cell(times: list[float]) -> str:
    if len(times) < 2:
        return f"> {times[0]:.0f}" if times else "-"
    return f"{statistics.median(times):.1f} / {statistics.quantiles(times, n=20)[-1]:.1f}"


if __name__ == "__main__":
    main()
