"""When the database does not answer: every door says so and changes nothing, and all goes on when it is back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

from hallway.client import Client, Refusal, SocketClosed, new_key
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway
from tests.servers.hallway import installation as serve
from tests.servers.postgres import Postgres
from tests.transport.cast import as_problem


@dataclass(frozen=True, slots=True)
class _Installation:
    """An academy, and the database server below it."""

    academy: Hallway
    database: Postgres


UNAVAILABLE = 1013
pytestmark = [pytest.mark.xdist_group("outage"), pytest.mark.slow]


@pytest.fixture(scope="module")
def installation(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Installation]:
    """The demo's people over PostgreSQL; the database runs again after each outage."""
    database = postgres.new_copy(build_academy)
    serving = serve(tmp_path_factory.mktemp("outage"), database=database)
    yield _Installation(serving, postgres)
    serving.stop()


@pytest.fixture
def samuel(installation: _Installation) -> Iterator[Client]:
    """An administrator, signed in."""
    with installation.academy.client("samuel") as client:
        yield client


@contextmanager
def _outage(installation: _Installation) -> Iterator[None]:
    installation.database.stop()
    try:
        yield
    finally:
        installation.database.start()


@pytest.fixture
def stopped(installation: _Installation, samuel: Client) -> Iterator[_Installation]:
    """The installation while its database is down."""
    assert samuel.me().login == "samuel"
    with _outage(installation):
        yield installation


def test_a_read_says_that_the_database_does_not_answer(stopped: _Installation, samuel: Client) -> None:
    with pytest.raises(Refusal) as refused:
        samuel.me()
    problem = refused.value.problem
    assert (problem.status, problem.code, problem.retry_after) == (503, "unavailable", 2)
    answer = httpx.get(f"{stopped.academy.address}/api/v1/entry")
    as_problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "2"


def test_the_process_is_live_and_not_ready(stopped: _Installation) -> None:
    assert httpx.get(f"{stopped.academy.address}/livez").status_code == 200
    as_problem(httpx.get(f"{stopped.academy.address}/readyz"), 503, "unavailable")


@pytest.mark.usefixtures("stopped")
def test_a_line_is_refused_until_the_database_is_back(samuel: Client) -> None:
    with pytest.raises(SocketClosed) as closed:
        samuel.connect()
    assert closed.value.code == UNAVAILABLE


def test_nobody_is_taken_for_signed_out(stopped: _Installation) -> None:
    """A client that were told 401 would throw its session away."""
    answer = httpx.get(f"{stopped.academy.address}/api/v1/me", headers={"Authorization": "Bearer something"})
    as_problem(answer, 503, "unavailable")


def test_what_is_sent_during_an_outage_is_refused_and_once_it_is_over_stored_once(
    installation: _Installation, samuel: Client
) -> None:
    maya, key = samuel.people("Maya").people[0].id, new_key()
    with samuel.connect() as line:
        chat = line.send_to_person(maya, "Before").conversation_id
        with _outage(installation):
            for attempt in (samuel.send, line.send):
                with pytest.raises(Refusal) as refused:
                    attempt(chat, "During", key=key)
                assert refused.value.problem.code == "unavailable"
        sent = line.send(chat, "During", key=key)
        assert samuel.send(chat, "During", key=key) == sent
    assert [one.body for one in samuel.history(chat).messages] == ["Before", "During"]
    assert httpx.get(f"{installation.academy.address}/readyz").status_code == 200
