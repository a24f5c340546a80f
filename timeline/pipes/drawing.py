"""A text and labelled spans of it in, HTML with the spans marked out, drawn by spaCy's displaCy."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.records import PageFindings

_COLORS = {
    "EVENT": "#ffd97d", "DATE": "#9fd8cb", "TIME": "#d5ece6", "ORG": "#b8c7f2", "PERSON": "#e6c2ee", "PLACE": "#cfe3a1",
    "AMOUNT": "#f3c5a5",
}  # fmt: skip


def draw(findings: PageFindings, text: str, *, page: bool = False) -> str:
    """Give HTML of a page's raw text with what was found in it; `page` makes a whole document of it.

    Where spans overlap, the longer is drawn; an event's words carry its type.
    """
    from spacy import displacy

    spans = _apart(_spans(findings))
    ents = [{"start": start, "end": end, "label": label} for start, end, label in spans]
    colors = {label: _COLORS[label.split(" ")[0]] for _, _, label in spans}
    markup: str = displacy.render(
        {"text": text, "ents": ents, "title": findings.title},
        style="ent",
        manual=True,
        page=page,
        jupyter=False,
        options={"colors": colors},
    )
    return markup


def _spans(findings: PageFindings) -> Iterable[tuple[int, int, str]]:
    for event in findings.events:
        yield event.trigger.start, event.trigger.end, f"EVENT {event.type}"
        date, place, amount = event.date, event.place, event.amount
        if date.start is not None and date.end is not None:
            yield date.start, date.end, "DATE"
        yield from ((o.start, o.end, "ORG") for o in event.organizations)
        yield from ((p.start, p.end, "PERSON") for p in event.persons)
        if place is not None:
            yield place.start, place.end, "PLACE"
        if amount is not None:
            yield amount.start, amount.end, "AMOUNT"
    yield from ((t.start, t.end, "TIME") for t in findings.times)


def _apart(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of overlapping spans keep the longest, then the first named; in order of the text."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if span[1] > span[0] and not any(span[0] < end and start < span[1] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)
