"""The stores of the store's own tests: merge/ writes to both kinds."""

from tests.store.conftest import new_url, opened, postgres, store, template, url

__all__ = ["new_url", "opened", "postgres", "store", "template", "url"]
