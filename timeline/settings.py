"""Settings: what a front door reads from the environment (TIMELINE_*) and passes down; read by cli.py and api/deps.py."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
