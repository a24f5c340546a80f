"""Many pages on a backend: pages in, extractions out, in the order of the pages and the same on every backend."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context

from timeline.errors import TimelineError
from timeline.records import Extraction, Failure, RawPage

_FEW = 48  # below this a pool costs more (each worker loads the pipeline) than it saves
_BATCH = 8  # pages a worker takes at a time


def run(pages: Iterable[RawPage | Failure], *, workers: int = 0) -> Iterator[Extraction | Failure]:
    """Extract pages and give the results in order; a page that fails gives a Failure and stops nothing.

    `workers` is how many processes to use: 1 stays in this one, 0 takes one a core when there are many pages.
    Failures among the pages pass through at their place.
    """
    pages = iter(pages)
    if workers == 0:
        first = list(islice(pages, _FEW))
        workers = 1 if len(first) < _FEW else os.cpu_count() or 1
        pages = chain(first, pages)
    if workers == 1:
        yield from map(extract_or_fail, pages)
    else:
        yield from _run_pool(pages, workers)


def extract_or_fail(page: RawPage | Failure) -> Extraction | Failure:
    """Extract one page; whatever goes wrong is a Failure that names it."""
    from timeline.extract import extract_page  # here: those who only read shards need no pipeline

    if isinstance(page, Failure):
        return page
    source = page.path or page.url or page.source_id or page.id
    if page.source_id and page.path:
        source = f"{page.path} ({page.source_id})"
    try:
        return extract_page(page)
    except TimelineError as error:
        return Failure(source, str(error))
    except Exception as error:  # one bad page never stops a run: it is reported with its source
        return Failure(source, f"extraction failed with {type(error).__name__}: {error}")


def _extract_batch(pages: list[RawPage | Failure]) -> list[Extraction | Failure]:
    return [extract_or_fail(page) for page in pages]


def _run_pool(pages: Iterator[RawPage | Failure], workers: int) -> Iterator[Extraction | Failure]:
    """Keep a short queue of batches ahead of the workers, so that memory does not grow with the input."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["timeline.extract"])
    waiting: deque[tuple[list[RawPage | Failure], Future[list[Extraction | Failure]]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        while True:
            while len(waiting) < workers * 3 and (batch := list(islice(pages, _BATCH))):
                waiting.append((batch, pool.submit(_extract_batch, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                break
    lost = chain(batch, *(queued for queued, _ in waiting), pages)
    # a worker was killed from outside (memory, a signal): what it held goes on in this process
    yield from map(extract_or_fail, lost)
