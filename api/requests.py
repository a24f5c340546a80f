"""What the API is sent: pages to extract or to keep, corrections, verdicts, webhooks; all frozen, nothing unknown taken."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from timeline.chronology import ChangeKind, CorrectionField
from timeline.records import EventType, Record, Role, Status

Short = Annotated[str, Field(max_length=300)]
Reason = Annotated[str, Field(max_length=2000, description="why; it stands in the history")]
EventId = Annotated[str, Field(min_length=1, max_length=200, examples=["e3f1c09a7b2d4e55"])]


class Sent(Record):
    """A body, or a part of one; halves of surrogate pairs are no characters anywhere in it."""

    @field_validator("*", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
            raise ValueError("half of a surrogate pair is no character")
        return value


class ExtractRequest(Sent):
    """One page: its text, or its HTML with `is_html`, and what is known about it beforehand."""

    text: str = Field(min_length=1, description="the page's text, or its HTML")
    is_html: bool = False
    url: str | None = Field(None, max_length=2000)
    title: str | None = Field(None, max_length=1000)
    published: str | None = Field(None, max_length=10, description="ISO day, month or year it was published")

    @field_validator("url", "title", "published", mode="before")
    @classmethod
    def _is_known(cls, value: Any) -> Any:
        """Take an empty field for one that is not known."""
        return None if value == "" else value


class IngestRequest(Sent):
    """Pages to keep; each is stored whole or not at all."""

    pages: tuple[ExtractRequest, ...] = Field(min_length=1, max_length=100)


class CorrectionRequest(Sent):
    """One thing a person says of an event; who says it is the token's name."""

    event: EventId
    field: CorrectionField
    action: Literal["set", "add", "remove"] = "set"
    value: Short | None = Field(None, description="EDTF date, type, status, text, organisation or verdict")
    role: Role | None = Field(None, description="role of a party that is added")
    reason: Reason = ""


class PartyRequest(Sent):
    """An organisation's part in an event, by id or name."""

    organization: Short = Field(min_length=1)
    role: Role | None = None


class EventPatch(Sent):
    """What to correct of an event; a field that is not sent stays, null empties a title or a place."""

    date: Short | None = Field(
        None, description="EDTF: 2012-05-18, 2012-05, XXXX-05-18, 2012-05-18/2012-05-20"
    )
    type: EventType | None = None
    status: Status | None = None
    title: Short | None = None
    place: Short | None = None
    verdict: Literal["confirmed", "rejected"] | None = None
    add: tuple[PartyRequest, ...] = Field(
        (), max_length=100, description="organisations that took part, with role"
    )
    remove: tuple[PartyRequest, ...] = Field((), max_length=100, description="organisations that did not")
    reason: Reason = ""


class JudgementRequest(Sent):
    """Whether two events, or two organisations, are one; who says it is the token's name."""

    left: EventId
    right: EventId
    verdict: Literal["same", "different"]
    reason: Reason = ""


class WebhookRequest(Sent):
    """Who is to be told of changes: an http or https address, a secret that signs, the kinds wanted (all by default)."""

    url: str = Field(min_length=1, max_length=2000, examples=["https://hooks.example.org/timeline"])
    secret: str = Field(
        min_length=16, max_length=200, description="signs what is sent; at least 16 characters"
    )
    kinds: tuple[ChangeKind, ...] = Field((), max_length=6)
    since: int | None = Field(
        None, ge=0, lt=2**63, description="first changes after this number; default: from now on"
    )
