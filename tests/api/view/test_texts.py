"""The catalogues: both languages hold the same keys and the same places, and no template asks for another."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.view.texts import _accepted, read_texts


def _catalogue(folder: Path, language: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((folder / "texts" / f"{language}.json").read_text("utf-8"))
    return words


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_both_languages_hold_the_same_keys_and_places(folder: Path) -> None:
    zh, en = _catalogue(folder, "zh"), _catalogue(folder, "en")
    assert set(zh) == set(en)
    for key in zh:
        if not key.endswith(".one"):
            assert _places(zh[key]) == _places(en[key]), key


def test_every_key_a_template_names_is_there(folder: Path) -> None:
    known = _catalogue(folder, "zh")
    for template in (folder / "templates").glob("*.html"):
        text = template.read_text("utf-8")
        for key in re.findall(r"\bt\('([\w.]+)'\s*[,)]", text):
            assert key in known, (template.name, key)
        for prefix in re.findall(r"\bt\('([\w.]+\.)' ~", text):
            assert any(key.startswith(prefix) for key in known), (template.name, prefix)


def test_the_english_catalogue_is_english(folder: Path) -> None:
    chinese = {key for key, words in _catalogue(folder, "en").items() if re.search(r"[\u4e00-\u9fff]", words)}
    assert chinese <= {"brand", "language.other", "language.label"} | {
        key for key in chinese if key.startswith("type.both.")
    }


@pytest.mark.parametrize(
    ("header", "address", "language"),
    [
        ("", "/", "zh-Hans"),
        ("en-GB,en;q=0.9", "/", "en"),
        ("de,en;q=0.5,zh;q=0.9", "/", "zh-Hans"),
        ("fr", "/", "zh-Hans"),
        ("en", "/?lang=zh", "zh-Hans"),
        ("zh", "/?lang=en", "en"),
        ("en;q=x, ;;;,zh;q=0", "/", "zh-Hans"),
    ],
)
def test_the_language_goes_by_the_address_then_the_browser(
    client: TestClient, header: str, address: str, language: str
) -> None:
    answer = client.get(address, headers={"accept-language": header, "accept": "text/html"})
    assert f'<html lang="{language}">' in answer.text


def test_links_keep_the_language_their_address_names(client: TestClient) -> None:
    page = client.get("/?lang=en", headers={"accept": "text/html"}).text
    for link in re.findall(r'href="(/(?:events/|orgs/|pages/|\?)[^"]*)"', page):
        assert "lang=" in link, link


def test_a_count_of_one_takes_the_singular() -> None:
    assert read_texts("en")("reports", count=1) == "1 report"
    assert read_texts("en")("reports", count=2) == "2 reports"


def test_a_long_header_is_read_only_so_far() -> None:
    assert len(_accepted("en," * 10_000)) <= 200
