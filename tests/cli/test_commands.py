"""What each command does and says: one plain line when it cannot, and then nothing has changed."""

import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hallway.adapters import RandomIds
from hallway.cli import serving
from hallway.domain.people import State, User
from hallway.settings import Settings
from hallway.storage.backup.tables import database_at
from hallway.storage.migrate import NEWEST, migrate_to
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.accounts.founding import Founding, found_account
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.transaction import Transaction
from tests.cli.conftest import Run


@pytest.fixture
def store(tmp_path: Path, run: Run) -> SqlStore:
    """An installation that Olga has set up, in the folder where commands look by themselves."""
    assert run("migrate") == (0, "The database schema is up to date.\n", "")
    opened = open_store(f"sqlite:///{tmp_path / 'hallway-data' / 'hallway.db'}")
    founding = Founding(academy="School", name="Olga Owner", email="olga@school.example", login="olga")
    opened.write([lambda tx: found_account(tx, founding, password_hash="x", ids=RandomIds())])
    return opened


def _users(store: SqlStore) -> Sequence[User]:
    def work(tx: Transaction) -> Sequence[User]:
        account = tx.accounts.default()
        assert account is not None
        return tx.people.page(account.id, UserFilter(), after=None, limit=50)

    return store.read(work)


def _logins(store: SqlStore) -> list[str]:
    return [one.login for one in _users(store)]


def _names(store: SqlStore) -> list[str]:
    return [one.name for one in _users(store)]


def _file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "users.csv"
    path.write_text("name,email,login\n" + "\n".join(lines), "utf-8")
    return str(path)


LENA = "Lena,lena@school.example,lena"


def test_a_good_file_is_imported(store: SqlStore, run: Run, tmp_path: Path) -> None:
    code, said, _ = run("import", "users", _file(tmp_path, LENA))
    assert (code, said.splitlines()[-1]) == (0, "1 added, 0 changed, 0 unchanged.")
    assert _logins(store) == ["lena", "olga"]


def test_a_dry_run_changes_nothing(store: SqlStore, run: Run, tmp_path: Path) -> None:
    code, said, _ = run("import", "users", _file(tmp_path, LENA), "--dry-run")
    assert (code, said.splitlines()[-1]) == (0, "1 would be added, 0 would be changed, 0 unchanged.")
    assert _logins(store) == ["olga"]


def test_a_bad_line_is_named_once_however_many_reasons_there_are_and_nothing_is_changed(
    store: SqlStore, run: Run, tmp_path: Path
) -> None:
    code, _, complaints = run("import", "users", _file(tmp_path, LENA, "Bad,no address,?"))
    assert code == 1
    assert [line.partition(":")[0] for line in complaints.splitlines()[:2]] == [
        "Row 3, email “no address”",
        "Row 3, login “?”",
    ]
    assert complaints.splitlines()[-1] == "1 row has errors. Nothing was imported."
    assert _logins(store) == ["olga"]


def test_a_file_in_an_uncertain_encoding_is_imported_once_that_is_named(
    store: SqlStore, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "users.csv"
    path.write_bytes("name,email,login\n王小明,wang@school.example,wang\n".encode("gbk"))
    code, _, complaints = run("import", "users", str(path))
    assert (code, _logins(store)) == (1, ["olga"])
    assert "gb18030 reads “王小明,wang@school.example,wang”; euc-jp reads “" in complaints
    assert run("import", "users", str(path), "--encoding", "gb18030")[0] == 0
    assert _names(store) == ["Olga Owner", "王小明"]


def test_before_the_set_up_nothing_can_be_imported(run: Run, tmp_path: Path) -> None:
    code, _, complaints = run("import", "users", _file(tmp_path, LENA))
    assert (code, complaints) == (
        1,
        "hallway: Hallway isn't set up yet. Run `hallway serve`, and open the link that it prints.\n",
    )


@pytest.mark.usefixtures("store")
def test_a_sign_in_link_is_for_those_who_may_sign_in(run: Run, tmp_path: Path) -> None:
    run("import", "users", _file(tmp_path, LENA))
    code, said, _ = run("user", "sign-in-link", "lena")
    assert (code, said.rpartition("/")[0]) == (0, "http://127.0.0.1:8080/link")
    assert run("user", "sign-in-link", "nobody") == (1, "", "hallway: This user doesn't exist.\n")
    (tmp_path / "users.csv").write_text(f"name,email,login,state\n{LENA},{State.INACTIVE}", "utf-8")
    assert run("import", "users", str(tmp_path / "users.csv"))[0] == 0
    assert run("user", "sign-in-link", "lena") == (1, "", "hallway: Activate this person first.\n")


def test_the_demo_never_opens_an_installation_of_real_people(store: SqlStore, run: Run) -> None:
    for words in (["demo"], ["demo", "--reset"]):
        code, said, complaints = run(*words, "--data", "hallway-data", "--port", "0")
        assert (code, said) == (1, "")
        assert complaints.startswith("hallway: The folder hallway-data holds a real installation.")
    assert _logins(store) == ["olga"]


def test_a_port_in_use_is_said_before_anything_else(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said, complaints = run("serve", "--port", str(port))
    assert (code, said) == (1, "")
    assert complaints.startswith(f"hallway: Can't listen on 127.0.0.1, port {port}: ")


def test_an_update_of_the_schema_is_told_before_it_is_done(run: Run, tmp_path: Path) -> None:
    assert run("migrate", "--plan")[0] == 1
    assert run("migrate")[0] == 0
    assert run("migrate", "--plan") == (0, f"The database schema is up to date, at {NEWEST}.\n", "")
    old = tmp_path / "old"
    old.mkdir()
    with database_at(f"sqlite:///{old}/hallway.db", may_be_new=True) as engine, engine.begin() as connection:
        migrate_to(connection, "0008")
    code, said, _ = run("migrate", "--plan", "--data", "old")
    assert (code, said.splitlines()[0]) == (0, f"Updating the database schema from 0008 to {NEWEST}, with 0 messages:")
    assert "hallway restore FILE --force" in said
    code, done, _ = run("migrate", "--data", "old")
    assert (code, done.startswith(said), done.splitlines()[-1]) == (0, True, "The database schema is up to date.")


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        (
            {},
            "Several workers need PostgreSQL; SQLite supports one process. Move with `hallway migrate-store`.",
        ),
        (
            {"database": "postgresql://127.0.0.1:1/none", "broker": "in-process"},
            "Several workers need a broker to exchange events. Remove HALLWAY_BROKER=in-process.",
        ),
        ({"database": "postgresql://127.0.0.1:1/none", "port": "0"}, "The database did not answer: "),
    ],
)
def test_where_several_workers_cannot_serve_is_one_plain_line(
    run: Run, environment: dict[str, str], complaint: str
) -> None:
    code, said, complaints = run("serve", "--workers", "2", **environment)
    assert (code, said, len(complaints.splitlines())) == (1, "", 1)
    assert complaints.startswith(f"hallway: {complaint}")


def test_a_system_that_cannot_look_after_workers_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("signal.sigtimedwait")
    code, said, complaints = run("serve", "--workers", "2", database="postgresql://127.0.0.1:1/none")
    assert (code, said, complaints) == (1, "", "hallway: This system can't run several workers.\n")


@pytest.mark.slow
@pytest.mark.parametrize(("module", "code"), [("hallway.cli", 0), ("hallway.cli.workers", 1)])
def test_only_what_looks_after_workers_needs_what_not_every_system_has(module: str, code: int) -> None:
    line = f"import sys; sys.modules['fcntl'] = None; import {module}"
    assert subprocess.run([sys.executable, "-c", line], check=False, capture_output=True).returncode == code


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"port": "high"}, "Settings: Expected `int`, got `str` - at `$.port`"),
        ({"databse": "sqlite:///x"}, "Settings: HALLWAY_DATABSE is unknown."),
        ({"log_format": "yaml"}, "Settings: Invalid enum value 'yaml' - at `$.log_format`"),
        ({"config": "missing.toml"}, "Settings file missing.toml: "),
        ({"database": "nonsense"}, "The database address must look like sqlite:///path or postgresql://"),
        ({"database": "mysql://host/name"}, "The database address must look like sqlite:///path or postgresql://"),
        ({"database": "postgresql://127.0.0.1:1/none"}, "The database did not answer: "),
    ],
)
def test_a_wrong_setting_is_one_plain_line(run: Run, environment: dict[str, str], complaint: str) -> None:
    code, said, complaints = run("migrate", **environment)
    assert (code, said, len(complaints.splitlines())) == (1, "", 1)
    assert complaints.startswith(f"hallway: {complaint}")


def test_a_file_that_is_no_database_is_said_so_and_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hallway-data").mkdir()
    file = tmp_path / "hallway-data" / "hallway.db"
    file.write_text("a letter, " * 500, "utf-8")
    code, _, complaints = run("migrate")
    assert (code, complaints) == (1, "hallway: The database did not answer: file is not a database\n")
    assert file.read_text("utf-8") == "a letter, " * 500


def test_the_settings_in_force_are_printed_without_secrets(run: Run) -> None:
    code, said, _ = run("settings", database="postgresql://olga:secret@db/hallway", port="9000")
    assert (code, "secret" in said) == (0, False)
    assert {'database = "(set)"', "port = 9000"} <= set(said.splitlines())


def test_a_real_installation_offers_no_doors_whatever_the_environment_says(
    store: SqlStore, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr(serving, "_serve", lambda settings, store, _: (store.close(), served.append(settings)))
    assert run("serve", "--port", "0", demo="true")[0] == 0
    assert [one.demo for one in served] == [False]
    assert _logins(store) == ["olga"]


MAIL = {"smtp": "smtp://127.0.0.1:1", "mail_from": "a@hall.example", "mail_replies": "reply@in.hall.example"}


def test_a_port_in_use_for_mails_is_said_in_a_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, complaints = run("serve", "--port", "0", mail_in=f"lmtp://127.0.0.1:{port}", **MAIL)
    assert code == 1
    assert complaints.startswith(f"hallway: Can't listen on 127.0.0.1, port {port}: ")
    assert complaints.endswith("Try another HALLWAY_MAIL_IN.\n")


@pytest.mark.parametrize("left_out", ["mail_from", "smtp", "mail_replies"])
def test_a_setting_that_lacks_another_is_said_in_a_line(run: Run, left_out: str) -> None:
    settings = {name: value for name, value in {**MAIL, "mail_in": "lmtp://127.0.0.1:1"}.items() if name != left_out}
    code, said, complaints = run("serve", "--port", "0", **settings)
    assert (code, said) == (1, "")
    assert f"also needs HALLWAY_{left_out.upper()}." in complaints


def test_a_messenger_that_is_none_is_said_in_a_line(run: Run) -> None:
    code, _, complaints = run("serve", "--port", "0", messenger="nonsense")
    assert (code, complaints) == (1, "hallway: Settings: HALLWAY_MESSENGER isn't an address that Apprise supports.\n")
