"""Settings: what a front door reads from the environment (TIMELINE_*) and passes down; read by cli.py and api/deps.py."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Words = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Hold every setting, each with a default that works on one machine.

    >>> Settings().host
    '127.0.0.1'
    """

    model_config = SettingsConfigDict(env_prefix="TIMELINE_", frozen=True, extra="ignore")

    database: str = Field(
        "sqlite:///timeline.sqlite", description="database URL: sqlite:///FILE or postgresql+psycopg://…"
    )
    host: str = Field("127.0.0.1", description="address the server binds to")
    port: int = Field(8765, ge=0, le=65535, description="port the server binds to")
    max_page_bytes: int = Field(64 * 2**20, gt=0, description="largest page read from a file, in bytes")
    max_request_bytes: int = Field(
        2 * 2**20, gt=0, description="largest body POST /api/v1/extract takes, in bytes"
    )
    open: bool = Field(False, description="let everybody read, although the server is bound beyond loopback")
    rate: float | None = Field(
        None,
        ge=0,
        description="requests a second of one token or address; default: no limit on loopback, 20 beyond; 0 is no limit",
    )
    burst: int = Field(100, gt=0, description="requests that may come at once before the rate counts")
    webhook_hosts: Words = Field(
        (), description="hosts that webhooks may reach although their addresses are private, by commas"
    )
    cors_origins: Words = Field(
        (), description="origins whose pages may read the API, by commas; default: none"
    )

    @field_validator("webhook_hosts", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, value.replace(",", " ").split())) if isinstance(value, str) else value

    @property
    def is_loopback(self) -> bool:
        """Say whether only this machine reaches the server.

        >>> Settings(host="127.0.0.1").is_loopback, Settings(host="0.0.0.0").is_loopback
        (True, False)
        """
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def is_open_to_read(self) -> bool:
        """Say whether everybody who reaches the server may read."""
        return self.is_loopback or self.open
