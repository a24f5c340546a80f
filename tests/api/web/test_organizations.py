"""The pages of organisations: partners in any order and as of a date, names with where they stand, a picker for pasted names."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from api.web import chronology
from tests.api.corpus import make_corpus
from tests.api.web.conftest import BROWSER

UNIVERSITY = next(o for o in make_corpus()[1].organizations if o.name == "云岭大学")
HERE = f"/orgs/{UNIVERSITY.id}"


def _partners(client: TestClient, query: str) -> list[tuple[str, int]]:
    page = client.get(f"{HERE}?{query}", headers=BROWSER).text
    table = page[page.index('class="partners"') : page.index("</table>")]
    rows = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>.*?title="[^"]*">(\d+)</a>', table, re.DOTALL)
    return [(name, int(count)) for name, count in rows]


def test_partners_are_sorted_as_asked(client: TestClient) -> None:
    by_count = [count for _, count in _partners(client, "sort=together")]
    assert by_count == sorted(by_count, reverse=True)
    by_name = [name for name, _ in _partners(client, "sort=name")]
    assert by_name == sorted(by_name)
    assert sorted(by_name) == sorted(name for name, _ in _partners(client, ""))
    assert client.get(f"{HERE}?sort=size", headers=BROWSER).status_code == 400


def test_partners_are_those_as_of_a_date(client: TestClient) -> None:
    early, late = _partners(client, "to=2015"), _partners(client, "")
    assert 0 < sum(count for _, count in early) < sum(count for _, count in late)
    assert {name for name, _ in early} < {name for name, _ in late}


def test_names_say_where_they_stand(client: TestClient) -> None:
    page = client.get(HERE, headers=BROWSER).text
    names = page[page.index('id="names"') :]
    assert re.search(r'<th scope="row">云岭大学</th><td class="number">\d+</td><td><a href="/pages/', names)
    assert "最近的报道里没有" in names  # 云大 stands in no page of the corpus


def test_pasted_names_resolve_or_say_that_they_do_not(client: TestClient) -> None:
    names = "云大\n江海集团； 没有这家\r\n\n有限公司"
    page = client.get("/picker", params={"names": names}, headers=BROWSER).text
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(.*?)</td></tr>', page, re.DOTALL)
    assert [name for name, _ in rows] == ["云大", "江海集团", "没有这家", "有限公司"]
    cells = dict(rows)
    assert f'value="{UNIVERSITY.id}" checked' in cells["云大"]
    assert "没有这样的名称" in cells["没有这家"]
    assert "checked" not in cells["有限公司"]  # several have it: nothing is chosen silently
    assert cells["有限公司"].count("checkbox") > 2


def test_a_list_of_names_is_no_place_for_control_characters(client: TestClient) -> None:
    assert client.get("/picker?names=a%00b", headers=BROWSER).status_code == 400
    assert client.get("/picker?names=" + "x" * 9000, headers=BROWSER).status_code == 400


def test_costly_facets_of_a_very_large_answer_are_counted_when_asked_for(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chronology, "_LARGE", 3)
    light = client.get("/?type=signing", headers=BROWSER).text
    assert 'id="facet-outlet"' not in light
    assert 'id="facet-type"' in light
    assert "counts=all" in light
    full = client.get("/?type=signing&counts=all", headers=BROWSER).text
    assert 'id="facet-outlet"' in full
    assert "/events.csv?type=signing" in full
    assert 'id="facet-outlet"' in client.get("/", headers=BROWSER).text
