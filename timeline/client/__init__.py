"""A server's chronology from Python: an address in, events, files and corrections out; needs the extra `client` (httpx)."""

from timeline.client.calls import ApiError
from timeline.client.timeline import Timeline

__all__ = ["ApiError", "Timeline"]
