"""The second front door: JSON for scripts and pages for readers, over one store."""

from api.app import create_app

__all__ = ["create_app"]
