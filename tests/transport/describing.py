"""All that schemathesis thinks of for one operation of the API, sent to several academies."""

from functools import cache
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.transport.test_openapi import Target


def send(description: Path, label: str, targets: list[Target], bearers: list[str]) -> None:
    """Send it, and look whether each answer is one that is described.

    As `parametrize()` of schemathesis does it, which makes the cases of all operations before the first test begins.
    """
    described = _read(description)
    operation = described.find_operation_by_label(label)
    assert operation is not None
    sent = build_operation_test(
        config=described.config,
        operation=operation,
        test_func=_send,
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=None),
    )
    sent(targets=targets, bearers=bearers)


_read = cache(schemathesis.openapi.from_path)


@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def _send(case: schemathesis.Case, targets: list[Target], bearers: list[str]) -> None:
    """To each academy."""
    made = case.path_parameters
    for target, bearer in zip(targets, bearers, strict=True):
        case.path_parameters = {name: _known(target.known.get(name, []), one) for name, one in made.items()}
        case.call_and_validate(
            base_url=target.academy.address,
            headers={"Authorization": f"Bearer {bearer}"},
            checks=[
                not_a_server_error,
                status_code_conformance,
                content_type_conformance,
                response_schema_conformance,
            ],
        )


def _known(there: list[str], value: Any) -> Any:
    """One that is there, or the value as it was; decided by the value, so that a failure can be repeated."""
    choice = sum(str(value).encode())
    return there[choice % len(there)] if there and choice % 2 else value
