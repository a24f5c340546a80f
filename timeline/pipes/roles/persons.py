"""People where a side stands: parts that grammar framed in, the bodies those people stand for out.

A framed name that is a person's names no body (郑远, 郑远导演, and not 郑远团队); who was told before to belong to one signs for it
(王川与李敏签署协议, after 青禾集团董事长王川).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.pipes.entities.organizations import OrganizationSpan
from timeline.pipes.entities.people import PersonSpan
from timeline.pipes.tellings.drafts import Part
from timeline.pipes.words.wording import anywhere


def with_affiliations(
    text: str, parts: Sequence[Part], bodies: Sequence[OrganizationSpan], people: Sequence[PersonSpan]
) -> list[Part]:
    """Put the body in the place of a person who belongs to one; leave out people of whom nothing is told."""
    homes = {p.name: p.organization for p in people if p.organization}
    out: list[Part] = []
    for part in parts:
        home = homes.get(part.name)
        if home is not None:
            out += [replace(part, name=home)] if not any(p.name == home for p in parts) else []
        elif not is_person(text, part, bodies, people):
            out.append(part)
    return out


def is_person(
    text: str, part: Part, bodies: Sequence[OrganizationSpan], people: Sequence[PersonSpan]
) -> bool:
    """Say whether a framed name is a person's and no body's: 郑远, 郑远导演, and not 郑远团队."""
    over = [p for p in people if p.start < part.end and part.start < p.end]
    rests = [text[p.end : part.end] for p in over]
    is_named = any(not rest or anywhere("people", "title", "address").fullmatch(rest) for rest in rests)
    return is_named and not any(b.start == part.start for b in bodies)
