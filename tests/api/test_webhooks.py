"""Webhooks: told of changes by a real request to a real receiver, signed, in order, again after failures, never inward."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import create_app
from api.hooks import HookWorker, check_address, sending, worker
from tests.store.chronicles import make_event, make_timeline
from timeline.access import Webhook
from timeline.errors import UsageError
from timeline.settings import Settings
from timeline.store import (
    Store,
    claim_webhooks,
    delete_webhook,
    find_changes,
    find_deliveries,
    open_store,
    read_webhook,
    save_timeline,
    save_token,
    save_webhook,
)

AT = "2024-05-18T09:00:00Z"
SECRET = "a secret of some length"
EVENTS = [make_event(f"e{i}", f"2021-06-{i:02d}") for i in range(1, 8)]


class Receiver:
    """Listen on loopback, keep what arrives, and answer as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.is_mute = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                if outer.is_mute:
                    time.sleep(1)
                status = outer.answers.pop(0) if outer.answers else 204
                self.send_response(status)
                self.send_header("location", "http://169.254.169.254/latest/meta-data/")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?a=1"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def changes(self) -> list[dict[str, Any]]:
        return [change for _, body in self.got for change in json.loads(body)["changes"]]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    opened = Receiver()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/hooks.sqlite") as opened:
        yield opened


def _hook(store: Store, url: str, **fields: Any) -> Webhook:
    given = {"id": "w1", "url": url, "by": "desk", "created_at": AT, "sequence": 0} | fields
    return save_webhook(store, Webhook.model_validate(given), SECRET)


def _tell(store: Store, *allowed: str) -> bool:
    """Do one round of the worker's work, whatever the clock says of back-off; say whether there was any."""
    last = find_changes(store, limit=1000)[-1].sequence
    far = int(time.time()) + 10**6
    claims = claim_webhooks(store, last=last, now=far, until=far + 1)
    for claim in claims:
        HookWorker(store, allowed or ("127.0.0.1",)).tell(claim)
    return bool(claims)


def test_changes_arrive_signed_and_in_order(store: Store, receiver: Receiver) -> None:
    hook = _hook(store, receiver.url)
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    assert _tell(store)
    assert not _tell(store)
    headers, body = receiver.got[0]
    told = json.loads(body)
    assert [c["sequence"] for c in told["changes"]] == list(range(1, 8))
    assert (told["webhook"], told["first"], told["last"]) == ("w1", 1, 7)
    moment, digest = headers["x-timeline-signature"].removeprefix("t=").split(",v1=")
    assert abs(time.time() - int(moment)) < 300
    expected = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert digest == expected
    assert headers["content-type"] == "application/json"
    assert read_webhook(store, hook.id).sequence == 7
    [delivery] = find_deliveries(store, hook.id)
    assert (delivery.is_delivered, delivery.status, delivery.attempt) == (True, 204, 1)


def test_only_the_kinds_wanted_are_told(store: Store, receiver: Receiver) -> None:
    _hook(store, receiver.url, kinds=("deleted",))
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    _tell(store)
    assert receiver.got == []
    save_timeline(store, make_timeline(*EVENTS[1:]), at=AT)
    _tell(store)
    assert [(c["kind"], c["id"]) for c in receiver.changes()] == [("deleted", "e1")]
    assert not _tell(store)


def test_many_changes_come_in_several_requests(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MOST", 3)
    _hook(store, receiver.url)
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    while _tell(store):
        pass
    assert [len(json.loads(body)["changes"]) for _, body in receiver.got] == [3, 3, 1]
    assert [c["id"] for c in receiver.changes()] == [e.id for e in EVENTS]


@pytest.mark.parametrize(("status", "words"), [(500, "answers 500"), (404, "answers 404"), (302, "redirect")])
def test_a_failure_is_noted_and_sent_again(store: Store, receiver: Receiver, status: int, words: str) -> None:
    hook = _hook(store, receiver.url)
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    receiver.answers = [status, status]
    for _ in range(3):
        _tell(store)
    assert len({body for _, body in receiver.got}) == 1
    assert len(receiver.got) == 3
    log = find_deliveries(store, hook.id)
    assert [d.attempt for d in log] == [3, 2, 1]
    assert [d.is_delivered for d in log] == [True, False, False]
    assert words in (log[-1].error or "")
    assert (read_webhook(store, hook.id).attempts, read_webhook(store, hook.id).sequence) == (0, 7)


def test_attempts_are_put_off_longer_each_time(store: Store, receiver: Receiver) -> None:
    _hook(store, receiver.url)
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    receiver.answers = [503] * 3
    waits = []
    for _ in range(3):
        _tell(store)
        now, wait = int(time.time()), 0
        while not (claims := claim_webhooks(store, last=7, now=now + wait, until=now + wait)):
            wait += 1
        waits.append(wait)
        assert len(claims) == 1
    assert waits[0] <= 5 < waits[1] <= 10 < waits[2] <= 20


def test_a_webhook_is_given_up_and_enabled_again(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timeline.store import enable_webhook

    monkeypatch.setattr(worker, "ATTEMPTS", 2)
    hook = _hook(store, receiver.url)
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    receiver.answers = [500, 500]
    assert [_tell(store), _tell(store), _tell(store)] == [True, True, False]
    assert "given up after 2 attempts" in (read_webhook(store, hook.id).disabled or "")
    assert enable_webhook(store, hook.id).disabled is None
    assert _tell(store)
    assert read_webhook(store, hook.id).sequence == 7


def test_nobody_there_and_nobody_answering_are_failures(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    hook = _hook(store, gone)
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    _tell(store)
    assert "refuses" in (find_deliveries(store, hook.id)[0].error or "")
    delete_webhook(store, hook.id)
    receiver.is_mute = True
    target = check_address(receiver.url, ("127.0.0.1",))
    reply = sending.send(target, b"{}", {}, patience=0.2)
    assert not reply.is_delivered
    assert reply.status is None


def test_a_claim_keeps_others_out(store: Store) -> None:
    _hook(store, "http://127.0.0.1:9/")
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    assert len(claim_webhooks(store, last=7, now=100, until=200)) == 1
    assert claim_webhooks(store, last=7, now=150, until=250) == []
    assert len(claim_webhooks(store, last=7, now=200, until=300)) == 1


INWARD = [
    "http://127.0.0.1/", "http://localhost:8765/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/", "http://192.168.1.1/",
    "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[fd00:ec2::254]/", "http://100.64.0.1/", "http://224.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::]/",
]  # fmt: skip
ODD = [
    "", "hook", "ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://", "http:///x", "http://a b/", "//example.org/",
    "http://user:word@8.8.8.8/", "http://8.8.8.8:99999/", "http://8.8.8.8/\r\nx: y", "http://nobody.invalid/", "http://8.8.8.8/长", "javascript:1",
]  # fmt: skip


@pytest.mark.parametrize("url", INWARD + ODD)
def test_no_address_leads_inward(url: str) -> None:
    with pytest.raises(UsageError):
        check_address(url, ())


def test_a_host_may_be_allowed_but_the_cloud_s_metadata_never() -> None:
    target = check_address("http://127.0.0.1:8080/x?y=1", ("127.0.0.1",))
    assert (target.host, target.port, target.path, target.numbers) == ("127.0.0.1", 8080, "/x?y=1", ("127.0.0.1",))  # fmt: skip
    assert check_address("https://8.8.8.8/", ()).is_secure
    for url in ("http://169.254.169.254/", "http://[fe80::1]/", "http://[::ffff:169.254.169.254]/"):
        with pytest.raises(UsageError, match="public"):
            check_address(url, ("169.254.169.254", "fe80::1", "::ffff:169.254.169.254"))


def test_a_name_that_leads_inward_later_is_not_followed(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = _hook(store, receiver.url.replace("127.0.0.1", "hooks.example"))
    save_timeline(store, make_timeline(*EVENTS), at=AT)
    inward = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inward)
    _tell(store, "another.example")
    assert receiver.got == []
    assert "not on the public network" in (find_deliveries(store, hook.id)[0].error or "")


def test_the_server_tells_in_the_background(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_PAUSE", 0.05)
    url = f"sqlite:///{tmp_path}/own.sqlite"
    with open_store(url) as store:
        save_timeline(store, make_timeline(*EVENTS[:1]), at=AT)
        save_token(store, "desk", "write", scopes=["write"], at=AT)
    settings = Settings(database=url, webhook_hosts=("127.0.0.1",))
    with TestClient(create_app(settings), headers={"authorization": "Bearer write"}) as client:
        body = {"url": receiver.url, "secret": SECRET, "kinds": ["created"]}
        hook = client.post("/api/v1/webhooks", json=body).json()
        assert "secret" not in hook
        assert hook["sequence"] == 1
        with open_store(url) as store:
            save_timeline(store, make_timeline(*EVENTS), at=AT)
        address = f"/api/v1/webhooks/{hook['id']}"
        for _ in range(400):
            if client.get(f"{address}/deliveries").json()["deliveries"]:
                break
            time.sleep(0.05)
        assert [c["id"] for c in receiver.changes()] == [e.id for e in EVENTS[1:]]
        assert client.get(address).json()["sequence"] == 7
        assert client.get("/api/v1/webhooks").json()["webhooks"][0]["by"] == "desk"
        assert "timeline_webhooks 1" in client.get("/metrics").text
        assert client.delete(address).status_code == 204
        assert client.get(f"{address}/deliveries").status_code == 404
        for bad in ({"url": "http://10.0.0.1/"}, {"secret": "short"}, {"kinds": ["any"]}):
            assert client.post("/api/v1/webhooks", json=body | bad).status_code in (400, 422)
