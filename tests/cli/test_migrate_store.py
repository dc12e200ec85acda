"""`hallway migrate-store`, as an operator meets it: what it says, what it asks, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.academy import build_academy
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> str:
    """The folder of an academy."""
    build_academy(f"sqlite:///{tmp_path}/data/hallway.db")
    return str(tmp_path / "data")


@pytest.fixture
def address(postgres: Postgres) -> str:
    """An empty PostgreSQL database."""
    return postgres.new_database()


def test_it_says_how_long_nobody_can_write_what_to_do_next_and_how_to_go_back(
    run: Run, data: str, address: str
) -> None:
    code, said, complaint = run("migrate-store", address, "--data", data, "--yes")
    assert (code, complaint) == (0, "")
    lines = said.splitlines()
    assert lines[0].endswith(f"rows from sqlite:///{data}/hallway.db to {address}.")
    assert lines[1].startswith("Nobody will be able to write for about ")
    assert f"Done. Set HALLWAY_DATABASE to {address}, with its password, and start Hallway." in lines
    assert lines[-2].endswith(f"start Hallway on sqlite:///{data}/hallway.db, which is unchanged.")
    assert run("doctor", "--data", data)[0] == 0
    assert run("backup", "b", database=address)[0] == 0


def test_the_doctor_notes_the_file_that_is_left(run: Run, data: str, address: str) -> None:
    assert run("migrate-store", address, "--data", data, "--yes")[0] == 0
    assert f"note     old database   {data}/hallway.db isn't used" in run("doctor", "--data", data, database=address)[1]
    (Path(data) / "hallway.db").unlink()
    assert "old database" not in run("doctor", "--data", data, database=address)[1]


def test_who_says_no_has_changed_nothing(run: Run, data: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.confirm", _no)
    code, _, complaint = run("migrate-store", address, "--data", data)
    assert (code, complaint.strip()) == (1, "Interrupted. Nothing was changed.")
    code, _, complaint = run("backup", "c", database=address)
    assert (code, complaint) == (
        1,
        "hallway: Hallway isn't set up in this database, so there is nothing to copy.\n",
    )


def _no(*_: object, **__: object) -> bool:
    raise KeyboardInterrupt


def test_there_and_back_again(run: Run, data: str, address: str, tmp_path: Path) -> None:
    assert run("migrate-store", address, "--data", data, "--yes")[0] == 0
    back = tmp_path / "back" / "hallway.db"
    code, said, complaint = run("migrate-store", f"sqlite:///{back}", "--yes", database=address)
    assert (code, complaint) == (0, "")
    assert f"Done. Set HALLWAY_DATABASE to sqlite:///{back} and start Hallway." in said
    assert back.stat().st_mode & 0o777 == 0o600
    assert run("doctor", database=f"sqlite:///{back}")[0] == 0


@pytest.mark.parametrize(
    ("where", "complaint"),
    [
        ("a letter", "The database address must look like"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "The database did not answer: "),
    ],
)
def test_where_it_cannot_go_is_one_plain_line(run: Run, data: str, where: str, complaint: str) -> None:
    code, _, said = run("migrate-store", where, "--data", data, "--yes")
    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith(f"hallway: {complaint}")


def test_an_installation_is_not_copied_onto_itself_or_another(run: Run, data: str, address: str) -> None:
    itself = f"sqlite:///{data}/hallway.db"
    assert run("migrate-store", itself, "--data", data, "--yes")[0] == 1
    assert run("doctor", "--data", data)[0] == 0
    assert run("migrate-store", address, "--data", data, "--yes")[0] == 0
    code, _, complaint = run("migrate-store", address, "--data", data, "--yes")
    assert (code, complaint.partition(".")[0]) == (1, "hallway: There is already an installation there")
