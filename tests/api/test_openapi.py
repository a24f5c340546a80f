"""The OpenAPI description: complete, and true of what the server answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api import create_app
from api.deps import EventListing
from timeline.settings import Settings

DESCRIPTION = "docs/openapi.json"


def test_every_operation_says_what_it_does_and_how_it_fails(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/events", "/api/v1/events/{id}", "/api/v1/organizations", "/api/v1/extract"} <= set(paths)
    for path, operations in paths.items():
        for method, operation in operations.items():
            assert operation["description"], (method, path)
            assert operation["tags"], (method, path)
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and path != "/healthz":
                    assert "application/problem+json" in answer["content"] or status == "422", (path, status)


def test_the_filters_are_the_same_everywhere(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    names = {
        path: {p["name"] for p in paths[path]["get"]["parameters"] if p["in"] == "query"}
        for path in ("/api/v1/events", "/api/v1/organizations/{id}/events", "/api/v1/facets", "/events.csv")
    }
    listing = {info.alias or name for name, info in EventListing.model_fields.items()}
    assert names["/api/v1/events"] == names["/api/v1/organizations/{id}/events"] == listing
    assert names["/api/v1/facets"] == listing - {"cursor", "limit"}
    assert names["/events.csv"] - {"bom", "lang"} == listing - {"cursor", "limit"}


def test_the_documentation_page_needs_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs", headers={"accept": "text/html"}).text
    for path in (
        "/static-offline-docs/swagger-ui-bundle.js",
        "/static-offline-docs/swagger-ui.css",
        "/static/docs.js",
    ):
        assert path in page
        assert client.get(path).status_code == 200


def test_the_committed_description_is_fresh(root: Path) -> None:
    committed = json.loads((root / DESCRIPTION).read_text("utf-8"))
    assert committed == _describe(), f"write it anew: python -c 'import {__name__} as t; t.write()'"


def _describe() -> dict[str, Any]:
    return create_app(Settings(database="sqlite://")).openapi()


def write() -> None:
    """Write the committed description anew."""
    Path(DESCRIPTION).write_text(json.dumps(_describe(), ensure_ascii=False, indent=1) + "\n", "utf-8")
