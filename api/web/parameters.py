"""What the readers' pages take in their addresses, beyond the filters they share with the API."""

from __future__ import annotations

import unicodedata
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from api.deps import ChronologyView, Name, OneView, PageView
from timeline.chronology import ReviewKind

PartnerOrder = Literal["signed", "together", "first", "last", "name"]


class SourceView(PageView):
    """A source page: raw alone, or beside the repaired text."""

    view: Literal["raw", "both"] = Field(
        "raw", description="the text as it was read, or that beside the repaired one"
    )


class ListView(ChronologyView):
    """The chronology: a filter, and whether every facet is to be counted however long that takes."""

    counts: Literal["all"] | None = Field(None, description="count every facet, also of a very large answer")


class OrganizationView(ChronologyView):
    """One organisation: a filter of its events and the order of its partners."""

    sort: PartnerOrder = Field("signed", description="order of the partners")


class PickerView(OneView):
    """Names as a person pastes them, one a line or between semicolons."""

    names: str | None = Field(None, max_length=8000)

    @field_validator("*", mode="before")
    @classmethod
    def _tidy(cls, value: Any, info: ValidationInfo) -> Any:
        """Take the line breaks of a pasted list for semicolons; other control characters stay out."""
        if not isinstance(value, str):
            return value
        lines = ";".join(value.split("\n"))
        if any(
            unicodedata.category(char) in ("Cc", "Cs") for char in lines.replace("\r", "").replace("\t", "")
        ):
            raise ValueError("control characters have no place in a query")
        return " ".join(lines.split()) or None


class StoryView(ChronologyView):
    """The events of a story: those picked, else those of a filter."""

    pick: list[Name] = Field([], max_length=500)
    title: str | None = Field(None, max_length=200)


class ReviewView(OneView):
    """The list of what needs eyes."""

    kind: list[ReviewKind] = Field([])
    cursor: str | None = Field(None, max_length=1000)
    done: str | None = Field(None, max_length=8000)
