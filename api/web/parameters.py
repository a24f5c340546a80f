"""What the readers' pages take in their addresses, beyond the filters they share with the API."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.deps import ChronologyView, Name, OneView, PageView
from timeline.chronology import ReviewKind

PartnerOrder = Literal["signed", "together", "first", "last", "name"]


class SourceView(PageView):
    """A source page: raw alone, or beside the repaired text."""

    view: Literal["raw", "both"] = Field(
        "raw", description="the text as it was read, or that beside the repaired one"
    )


class OrganizationView(ChronologyView):
    """One organisation: a filter of its events and the order of its partners."""

    sort: PartnerOrder = Field("signed", description="order of the partners")


class PickerView(OneView):
    """Names as a person pastes them, one a line."""

    names: str | None = Field(None, max_length=8000)


class StoryView(ChronologyView):
    """The events of a story: those picked, else those of a filter."""

    pick: list[Name] = Field([], max_length=500)
    title: str | None = Field(None, max_length=200)


class ReviewView(OneView):
    """The list of what needs eyes."""

    kind: list[ReviewKind] = Field([])
    cursor: str | None = Field(None, max_length=1000)
    done: str | None = Field(None, max_length=400)
