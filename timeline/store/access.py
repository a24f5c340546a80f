"""The tables of who may do what: tokens by the digest of their text, webhooks, and the log of what was sent to them."""

from __future__ import annotations

from sqlalchemy import Integer, Text
from sqlmodel import Field

from timeline.store.tables import Base, Number, RawText, Sorted


class TokenRow(Base, table=True):
    """A token; `digest` is the SHA-256 of its text, which is nowhere."""

    __tablename__ = "tokens"
    name: str = Field(sa_type=Sorted, primary_key=True)
    digest: str = Field(sa_type=Sorted, unique=True)
    record: str = Field(sa_type=Text)


class WebhookRow(Base, table=True):
    """A webhook; `due` is the Unix second from which on it may be tried, or is held by the one who tries it."""

    __tablename__ = "webhooks"
    id: str = Field(sa_type=Sorted, primary_key=True)
    secret: str = Field(sa_type=RawText)
    sequence: int = Field(sa_type=Number)
    attempts: int = Field(sa_type=Integer)
    due: int = Field(sa_type=Number)
    disabled: str | None = Field(default=None, sa_type=RawText, nullable=True)
    record: str = Field(sa_type=Text)


class DeliveryRow(Base, table=True):
    """One attempt to tell a webhook of changes, numbered for each webhook."""

    __tablename__ = "deliveries"
    webhook: str = Field(sa_type=Sorted, foreign_key="webhooks.id", primary_key=True, ondelete="CASCADE")
    id: int = Field(sa_type=Number, primary_key=True, sa_column_kwargs={"autoincrement": False})
    record: str = Field(sa_type=Text)


TOKENS, WEBHOOKS, DELIVERIES = (
    Base.metadata.tables[str(row.__tablename__)] for row in (TokenRow, WebhookRow, DeliveryRow)
)
