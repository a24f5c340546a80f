"""Files that are never cut: pieces of text in, a streamed download out, some 64 KB at a time in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from starlette.concurrency import iterate_in_threadpool
from starlette.responses import StreamingResponse

_CHUNK = 65536


def stream(pieces: Iterator[str], name: str, media_type: str) -> StreamingResponse:
    """Send the pieces as a file of a name; what fails before the first chunk is ready fails as an answer, not a torn file."""
    chunks = _encode(pieces)
    first = next(chunks)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(
        iterate_in_threadpool(chain((first,), chunks)), media_type=media_type, headers=headers
    )


def _encode(pieces: Iterator[str]) -> Iterator[bytes]:
    """Join small pieces into chunks of some 64 KB, so that a million events are not a million writes."""
    chunk, size = [], 0
    for piece in pieces:
        data = piece.encode()
        chunk.append(data)
        size += len(data)
        if size >= _CHUNK:
            yield b"".join(chunk)
            chunk, size = [], 0
    yield b"".join(chunk)
