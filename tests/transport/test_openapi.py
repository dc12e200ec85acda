"""The API's description: OpenAPI 3.1, the same everywhere, and true of the running server whatever it is sent."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from hallway.client import Refusal
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import frames as wire_frames
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.postgres import Postgres

KEPT = Path(__file__).parents[2] / "client" / "openapi.json"


@pytest.fixture(scope="module")
def document(academy: Hallway) -> dict[str, Any]:
    """What the server says of itself."""
    answer = httpx.get(f"{academy.address}/api/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found: dict[str, Any] = answer.json()
    return found


def test_the_client_is_made_from_what_the_command_prints_and_the_server_answers(document: dict[str, Any]) -> None:
    command = [sys.executable, "-m", "hallway", "openapi"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert json.loads(printed) == json.loads(KEPT.read_text("utf-8"))
    assert json.loads(printed) == document


@pytest.mark.slow
def test_it_is_openapi_3_1_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] == "Hallway"
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    references = set(_references(document))
    assert len(references) > 20
    assert references <= schemas


def _references(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        if "$ref" in found:
            yield found["$ref"]
        for one in found.values():
            yield from _references(one)
    elif isinstance(found, list):
        for one in found:
            yield from _references(one)


def test_it_holds_the_frames_of_the_socket(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, frames in (("ClientFrame", wire_frames.ClientFrame), ("ServerFrame", wire_frames.ServerFrame)):
        shown = {one["$ref"].rpartition("/")[2] for one in schemas[name]["oneOf"]}
        assert shown == {one.__name__ for one in frames.__args__}
        assert shown <= set(schemas)


def test_every_operation_may_answer_with_a_problem(document: dict[str, Any]) -> None:
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len(operations) > 60
    for operation in operations:
        problem = operation["responses"]["default"]["content"]["application/problem+json"]["schema"]
        assert problem["$ref"].endswith("/ProblemDocument")


def test_its_page_shows_every_operation_and_runs_no_script(academy: Hallway, document: dict[str, Any]) -> None:
    page = httpx.get(f"{academy.address}/api/docs").text
    assert "<script" not in page
    for path, item in document["paths"].items():
        for method in item:
            assert f"{method.upper()} {path}" in page


# Whatever it is sent.


@dataclass(frozen=True, slots=True)
class Target:
    """An academy that may be left in ruins, and the ids in it, by the name of the parameter: not everything ends at "not found"."""

    academy: Hallway
    known: dict[str, list[str]]


@pytest.fixture(scope="module")
def targets(
    postgres: Postgres, built_academy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Target]]:
    """One over each database."""
    folder = tmp_path_factory.mktemp("fuzzed")
    academies = [
        demo_academy(folder / "sqlite", built=built_academy),
        installation(folder / "postgresql", database=postgres.new_copy(build_academy)),
    ]
    yield [Target(one, _ids(one)) for one in academies]
    for one in academies:
        one.stop()


def _ids(academy: Hallway) -> dict[str, list[str]]:
    with academy.client("ingrid") as owner:
        people = [one.id for one in owner.people(limit=50).people]
        chats = [owner.send_to_person(one, "Hello").conversation_id for one in people[:5]]
        courses = [one.id for one in owner.ask("GET", "/admin/courses", None, wire_admin.AdminCourses).courses]
        trainings = owner.ask("GET", "/admin/trainings", None, wire_admin.AdminTrainings).trainings
        departments = owner.ask("GET", "/admin/departments", None, wire_admin.AdminDepartments).departments
    return {
        "user_id": people,
        "conversation_id": chats,
        "course_id": courses,
        "training_id": [one.id for one in trainings],
        "department_id": [one.id for one in departments],
        "seq": ["1"],
    }


@pytest.fixture
def bearers(targets: list[Target]) -> Iterator[list[str]]:
    """For each of them a fresh token of the owner: some operations end the session that asks for them. Nobody has more than twenty."""
    with ExitStack() as exits:
        owners = [exits.enter_context(one.academy.client("ingrid")) for one in targets]
        tokens = [
            one.ask("POST", "/me/tokens", wire_access_tokens.NewToken("fuzz"), wire_access_tokens.Token)
            for one in owners
        ]
        yield [str(one.secret) for one in tokens]
        for owner, token in zip(owners, tokens, strict=True):
            with suppress(Refusal):
                owner.ask("DELETE", f"/me/tokens/{token.id}")


OPERATIONS = [
    f"{method.upper()} {path}"
    for path, item in json.loads(KEPT.read_text("utf-8"))["paths"].items()
    for method in item
    # The answer to signing out is described with a body, null, and has none.
    if (path, method) != ("/api/v1/session", "delete")
]


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_sent_is_answered_as_described(operation: str, targets: list[Target], bearers: list[str]) -> None:
    from tests.transport.describing import send  # noqa: PLC0415 - takes seconds to import, in each worker

    send(KEPT, operation, targets, bearers)
