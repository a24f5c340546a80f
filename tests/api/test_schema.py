"""Schemathesis over every operation: what the description allows and forbids is asked; no 5xx, no answer outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as conformance

from tests.client.conftest import Served, serve

_EXAMPLES = 8
_CHECKS = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
    conformance.negative_data_rejection,
]
_DESCRIPTION = schemathesis.openapi.from_path(
    str(Path(__file__).parent.parent.parent / "docs" / "openapi.json")
)
_OPERATIONS: list[Any] = [result.ok() for result in _DESCRIPTION.get_all_operations()]
# What takes no parameter and no body cannot be asked wrongly.
_CASES = [
    pytest.param(operation, mode, id=f"{operation.label}-{mode.name.lower()}")
    for operation in _OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or any((operation.query, operation.path_parameters, operation.body))
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a server over a corpus of its own: it is written to, and told nonsense."""
    yield from serve(tmp_path_factory.mktemp("attacked"))


@pytest.mark.parametrize(("operation", "mode"), _CASES)
def test_an_operation_keeps_to_its_description(
    attacked: Served, operation: Any, mode: GenerationMode
) -> None:
    headers = {"authorization": f"Bearer {attacked.token}"}

    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        # an empty parameter, as a form sends it, counts as not given: no fault, whatever the description forbids
        assume(mode is GenerationMode.POSITIVE or "" not in (case.query or {}).values())
        answer = case.call(base_url=attacked.url, headers=headers, timeout=30)
        case.validate_response(answer, checks=_CHECKS)

    ask()
