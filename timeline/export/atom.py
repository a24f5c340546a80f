"""Events as an Atom feed (RFC 4287): one entry an event, in the order they come, its date in words and as EDTF.

An entry is dated by its latest report; one whose reports have no date, by the event itself, and failing that by the
epoch, since the format demands a date and nothing here asks the clock. The feed's own date is its newest entry's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from timeline.chronology import Event
from timeline.export.wording import clean_text, name_event, quote_event, web_address

_EPOCH = "1970-01-01"


def render_atom(events: Iterable[Event]) -> Iterator[str]:
    """Give a feed, an entry at a time."""
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh">\n'
        "<id>urn:dashiji:events</id>\n<title>大事记</title>\n<author><name>dashiji</name></author>\n"
    )
    newest = _EPOCH
    for event in events:
        updated = _updated(event)
        newest = max(newest, updated)
        yield _entry(event, updated)
    yield f"<updated>{newest}T00:00:00Z</updated>\n</feed>\n"


def _entry(event: Event, updated: str) -> str:
    lines = [
        f"<id>urn:dashiji:event:{escape(event.id)}</id>",
        f"<title>{escape(name_event(event))}</title>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<category term={quoteattr(event.type)}/>",
        f"<content>{escape(_content(event))}</content>",
    ]
    for source in event.sources:
        address = web_address(source.url)
        if address:
            relation = "alternate" if len(lines) == 5 else "related"
            lines.append(f'<link rel="{relation}" href={quoteattr(address)}/>')
    return "<entry>\n" + "\n".join(lines) + "\n</entry>\n"


def _content(event: Event) -> str:
    place = f" · {event.place.name}" if event.place else ""
    when = f"EDTF {event.date.edtf or 'XXXX'} ({event.date.reason}){place}"
    return clean_text(f"{when}\n{quote_event(event)}")


def _updated(event: Event) -> str:
    days = [
        s.published for s in event.sources if s.published and len(s.published) == 10 and _is_day(s.published)
    ]
    return max(days) if days else event.date.from_ or _EPOCH


def _is_day(text: str) -> bool:
    return text.replace("-", "").isdigit()
