"""One request to a webhook: a target, a body and a secret in, the HTTP status out; no redirect is followed.

The body is signed as `t=SECONDS,v1=HEX`: the HMAC-SHA256, under the secret, of the seconds, a full stop and the body. A
receiver computes the same, and turns away what is older than some minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from dataclasses import dataclass

import timeline
from api.hooks.addresses import Target

SIGNATURE = "X-Timeline-Signature"
# Seconds a request may take, from the first connection to the answer's status.
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request: the receiver's status, or why there is none."""

    status: int | None
    error: str | None

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def sign(secret: str, body: bytes, seconds: int) -> str:
    """Give the signature of a body sent at a Unix second.

    >>> sign("secret", b"{}", 0)[:14]
    't=0,v1=d5d7c26'
    """
    digest = hmac.new(secret.encode(), str(seconds).encode() + b"." + body, hashlib.sha256)
    return f"t={seconds},v1={digest.hexdigest()}"


def send(target: Target, body: bytes, headers: dict[str, str], *, patience: float = _PATIENCE) -> Reply:
    """Post a body to the first address of a target that can be reached, and wait for the status alone."""
    connection: http.client.HTTPConnection | None = None
    for number in target.numbers:
        connection = _connect(target, number, patience)
        try:
            connection.connect()
            break
        except OSError as error:
            problem = _explain(error)
            connection.close()
            connection = None
    if connection is None:
        return Reply(None, problem)
    # a receiver that drips bytes keeps each wait short: the whole has an end of its own
    watch = threading.Timer(patience, _cut, (connection,))
    watch.start()
    try:
        own = {"User-Agent": f"dashiji/{timeline.__version__}", "Content-Type": "application/json"}
        connection.request("POST", target.path, body=body, headers=own | headers)
        return _judge(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        return Reply(None, _explain(error))
    finally:
        watch.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to a numeric address that was checked, under the host's own name."""

    def __init__(self, target: Target, number: str, patience: float) -> None:
        super().__init__(target.host, target.port, timeout=patience)
        self._target, self._number = target, number

    def connect(self) -> None:
        self.sock = socket.create_connection((self._number, self.port), self.timeout)
        if self._target.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)


def _connect(target: Target, number: str, patience: float) -> http.client.HTTPConnection:
    connection = _Pinned(target, number, patience)
    connection.default_port = 443 if target.is_secure else 80
    return connection


def _cut(connection: http.client.HTTPConnection) -> None:
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _judge(status: int) -> Reply:
    if 200 <= status < 300:
        return Reply(status, None)
    if 300 <= status < 400:
        return Reply(status, "the receiver answers with a redirect, which is not followed")
    return Reply(status, f"the receiver answers {status}")


def _explain(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "the receiver did not answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the receiver's certificate is not valid: {error.verify_message}"
    if isinstance(error, ConnectionRefusedError):
        return "the receiver refuses the connection"
    if isinstance(error, http.client.HTTPException):
        return f"the receiver's answer is no HTTP: {type(error).__name__}"
    return f"the receiver cannot be reached: {error.strerror or type(error).__name__}" if isinstance(error, OSError) else type(error).__name__  # fmt: skip
