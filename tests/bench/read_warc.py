"""Read a web archive of a gigabyte, made by repeating one page, and hold its peak memory under 600 MB: not a test of `make test`.

Run it with `python tests/bench/read_warc.py [MEGABYTES]`; it prints pages a second and the peak, and fails above the limit.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from timeline.read import read_pages
from timeline.records import RawPage

LIMIT = 600  # MB
PARAGRAPH = (
    "<p>5月18日上午，江河市人民政府与云岭大学战略合作协议签约仪式在江河市会展中心举行，双方将共建研究院。</p>"
)


def main() -> int:
    """Make the archive, read it, print what it took."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "repeated.warc"
        records = write_archive(path, megabytes * 2**20)
        before = peak()
        start = time.perf_counter()
        pages = characters = 0
        for page in read_pages([path]):
            pages += isinstance(page, RawPage)
            characters += len(page.text) if isinstance(page, RawPage) else 0
        took = time.perf_counter() - start
    print(f"{megabytes} MB, {pages} of {records} pages in {took:.1f} s: {pages / took:.0f} pages/s")
    print(f"{characters / took:,.0f} characters/s; peak {peak()} MB ({before} MB before)")
    return 0 if peak() < LIMIT and pages == records else 1


def write_archive(path: Path, size: int) -> int:
    """Repeat one response of about 30 kB until the archive has `size` bytes; give the number of responses."""
    body = (
        f"<html><head><title>签约</title></head><body><h1>签约</h1>{PARAGRAPH * 180}</body></html>".encode()
    )
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    records = 0
    with path.open("wb") as out:
        while out.tell() < size:
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-06-01T08:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{records:012d}>\r\n"
                f"WARC-Target-URI: https://news.example.cn/{records}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            out.write(head.encode() + http + b"\r\n\r\n")
            records += 1
    return records


def peak() -> int:
    """Give the most memory this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
