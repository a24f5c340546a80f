"""The OpenAPI description: complete, and true of what the server answers."""

from __future__ import annotations

from starlette.testclient import TestClient

from api.deps import EventListing


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
