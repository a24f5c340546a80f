"""Where a webhook may be: an address in, the host's public addresses to connect to out, and an error for any other.

A server that sends requests wherever it is told can be made to ask what only it can reach: the machine itself, its
network, the metadata service of its cloud. So only public addresses are connected to, the very ones that were checked,
save for hosts that the server's own settings allow. Source: OWASP, Server-Side Request Forgery Prevention.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from timeline.errors import UsageError

_SCHEMES = {"http": 80, "https": 443}
# Nobody is let near these, whatever the settings allow: link-local addresses, where clouds keep their metadata.
_NEVER = (ipaddress.ip_network("169.254.0.0/16"), ipaddress.ip_network("fe80::/10"), ipaddress.ip_network("fd00:ec2::254/128"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: how to reach it, and the numeric addresses of its host that may be connected to."""

    is_secure: bool
    host: str
    port: int
    path: str
    numbers: tuple[str, ...]


def check_address(url: str, allowed: Collection[str]) -> Target:
    """Take an address apart and look its host up; `allowed` are hosts that may be private.

    Raises UsageError for what is no http or https address, names a user, cannot be found, or is not public.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _SCHEMES.get(parts.scheme, 0)
    except ValueError as error:
        raise UsageError(f"not an address: {url!r}") from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _SCHEMES or not host or any(c.isspace() or ord(c) < 32 for c in url):
        raise UsageError(f"a webhook is at an http or https address; got {url!r}")
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "an address with a user or a password in it is not taken; the signature says who sends"
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    numbers = tuple(n for n in _look_up(host, port) if _is_fit(n, host in allowed))
    if not numbers:
        raise UsageError(
            f"{host} is not on the public network; the server's setting webhook_hosts may allow it"
        )
    if not path.isascii():
        raise UsageError("write the address in ASCII, with other characters percent-encoded")
    return Target(parts.scheme == "https", host, port, path, numbers)


def _look_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"no host is called {host!r}") from error
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def _is_fit(number: str, is_allowed: bool) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    plain = inner or address
    if any(plain in net for net in _NEVER if net.version == plain.version):
        return False
    return is_allowed or (plain.is_global and not plain.is_multicast)
