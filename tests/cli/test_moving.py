"""`hallway migrate-store`, as an operator meets it: what it says, what it asks, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.academy import build_academy
from tests.servers.postgres import Postgres


@pytest.fixture
def data(tmp_path: Path) -> str:
    """The folder of an academy."""
    build_academy(f"sqlite:///{tmp_path}/data/hallway.db")
    return str(tmp_path / "data")


@pytest.fixture
def address(postgres: Postgres) -> str:
    """An empty PostgreSQL database."""
    return postgres.new_database()


def test_it_says_what_it_does_how_long_nobody_can_write_and_what_to_do_next(run: Run, data: str, address: str) -> None:
    code, said, complaint = run("migrate-store", address, "--data", data, "--yes")
    assert (code, complaint) == (0, "")
    assert f"Moving {data}/hallway.db to {address}. Hallway keeps running." in said
    assert "All rows are copied. Nobody will be able to write for about 2 seconds" in said
    assert f"Set HALLWAY_DATABASE to {address}, with its password, and restart Hallway." in said
    code, _, complaint = run("serve", "--data", data, "--port", "0")
    assert (code, complaint.partition(" on ")[0]) == (1, f"hallway: This installation was moved to {address}")
    code, said, _ = run("doctor", "--data", data)
    assert code == 1
    assert "migrate-store ADDRESS --undo" in said
    assert run("backup", "b", "--data", data)[0] == 1
    assert run("backup", "b", database=address)[0] == 0


def test_who_says_no_has_changed_nothing_and_the_same_command_goes_on(
    run: Run, data: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.confirm", _no)
    code, _, complaint = run("migrate-store", address, "--data", data)
    assert (code, complaint.strip()) == (1, "Interrupted. Run the same command again to continue.")
    assert run("backup", "b", "--data", data)[0] == 0
    code, _, complaint = run("backup", "c", database=address)
    assert (code, complaint) == (
        1,
        "hallway: An installation is being moved into this database. Finish the move with hallway migrate-store.\n",
    )


def _no(*_: object, **__: object) -> bool:
    raise KeyboardInterrupt


def test_there_and_back_again(run: Run, data: str, address: str) -> None:
    assert run("migrate-store", address, "--data", data, "--yes")[0] == 0
    code, said, _ = run("migrate-store", address, "--data", data, "--undo")
    assert code == 0
    assert said.splitlines()[-1].startswith(
        f"Nothing was written to PostgreSQL. {data}/hallway.db accepts changes again;"
    )
    assert run("backup", "b", "--data", data)[0] == 0


@pytest.mark.parametrize(
    ("where", "complaint"),
    [
        ("sqlite:///elsewhere.db", "The target must be PostgreSQL. Give an address like postgresql://user@host/name."),
        ("a letter", "The database address must look like"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "The database did not answer: "),
    ],
)
def test_where_it_cannot_go_is_one_plain_line(run: Run, data: str, where: str, complaint: str) -> None:
    code, _, said = run("migrate-store", where, "--data", data, "--yes")
    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith(f"hallway: {complaint}")


def test_what_is_in_postgresql_already_does_not_move(run: Run, address: str) -> None:
    code, _, said = run("migrate-store", address, database=address)
    assert (code, said.partition(".")[0]) == (1, "hallway: The settings already point to PostgreSQL")
