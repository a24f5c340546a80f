"""The review list: counted by kind, read by anybody, decided by forms, each decision undone."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from tests.api.web.conftest import hidden
from tests.api.web.test_html import UNDATED
from timeline.chronology import Judgement
from timeline.store import find_corrections, find_judgements


def _count(page: str, kind: str) -> int:
    return int(re.search(rf"kind={kind}[^>]*>[^<]*<small>(\d+)", page)[1])  # type: ignore[index]


def _forms(page: str) -> list[dict[str, str]]:
    return [
        hidden(form)
        for form in re.findall(r'<form method="post" action="/review".*?</form>', page, re.DOTALL)
    ]


def test_anybody_sees_the_list_and_nobody_unknown_decides(visitor: TestClient) -> None:
    page = visitor.get("/review").text
    assert _count(page, "unknown_year") == 5
    assert _count(page, "conflict") == 1
    assert "2023年12月6日" in page
    assert "/login?next=%2Freview" in page
    assert 'name="verdict"' not in page
    assert visitor.post("/review", data={"id": UNDATED.id, "verdict": "accept"}).status_code == 403


def test_a_date_is_picked_leaves_the_list_and_comes_back(reviewer: TestClient) -> None:
    page = reviewer.get("/review?kind=unknown_year").text
    form = next(f for f in _forms(page) if f["id"] == UNDATED.id)
    answer = reviewer.post("/review", data={**form, "value": "2023-12-06"})
    assert answer.status_code == 303
    target = answer.headers["location"]
    assert target.startswith("/review?kind=unknown_year&done=c")
    assert target.endswith(f"#r{form['at']}")
    after = reviewer.get(target).text
    assert _count(after, "unknown_year") == 4
    assert UNDATED.id not in after
    undone = reviewer.post("/review/undo", data=hidden(after, "/review/undo"))
    assert _count(reviewer.get(undone.headers["location"]).text, "unknown_year") == 5


def test_an_event_is_accepted_or_rejected_and_a_typed_date_is_set(reviewer: TestClient) -> None:
    forms = _forms(reviewer.get("/review?kind=unknown_year").text)
    said = [{"verdict": "accept"}, {"verdict": "reject", "reason": "并无此事"}, {"typed": "2021-03"}]
    for form, fields in zip(forms, said, strict=False):
        assert reviewer.post("/review", data={**form, **fields}).status_code == 303
    page = reviewer.get("/review").text
    assert _count(page, "unknown_year") == 2
    store = reviewer.app.state.store  # type: ignore[attr-defined]
    kept = [(c.field, c.value, c.reason, c.by) for c in find_corrections(store)]
    assert sorted(kept) == [
        ("date", "2021-03", "", "lin"),
        ("verdict", "confirmed", "", "lin"),
        ("verdict", "rejected", "并无此事", "lin"),
    ]


def test_two_organisations_are_said_to_be_one_and_apart_again(reviewer: TestClient) -> None:
    store = reviewer.app.state.store  # type: ignore[attr-defined]
    left, right = (
        o.id
        for o in sorted(_bodies(reviewer), key=lambda o: o.name)
        if o.name in ("云岭大学", "松江职业技术学院")
    )
    form = hidden(reviewer.get("/review").text, "/review")
    fields = {"csrf": form["csrf"], "subject": "organization", "id": [left, right], "verdict": "reject"}
    answer = reviewer.post("/review", data=fields)
    assert answer.status_code == 303, answer.text
    said = [j for j in find_judgements(store) if j.by == "lin"]
    assert [(j.verdict, {j.left, j.right}) for j in said] == [("different", {"云岭大学", "松江职业技术学院"})]
    assert all(isinstance(j, Judgement) for j in said)
    page = reviewer.get(answer.headers["location"]).text
    assert reviewer.post("/review/undo", data=hidden(page, "/review/undo")).status_code == 303
    assert [j for j in find_judgements(store) if j.by == "lin"] == []


def test_what_is_no_decision_is_refused(reviewer: TestClient) -> None:
    csrf = hidden(reviewer.get("/review").text, "/review")["csrf"]
    for fields in (
        {},
        {"id": UNDATED.id},
        {"id": "none", "verdict": "accept"},
        {"id": ["a", "b"], "verdict": "maybe"},
        {"id": ["a", "b"], "verdict": "accept"},
        {"id": UNDATED.id, "value": "soon"},
    ):
        assert 400 <= reviewer.post("/review", data={"csrf": csrf, **fields}).status_code < 500, fields
    for done in ("", "c:none", "j:", "j:!!", "j:W10=", "j:MQ==", "j:W1siYSIsImIiXV0="):
        answer = reviewer.post("/review/undo", data={"csrf": csrf, "done": done})
        assert 400 <= answer.status_code < 500, done


def _bodies(client: TestClient) -> tuple[object, ...]:
    from timeline.store import find_organizations

    return find_organizations(client.app.state.store, limit=100).organizations  # type: ignore[attr-defined]
