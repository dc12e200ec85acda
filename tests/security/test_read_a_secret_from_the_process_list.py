"""Attack: read the password of a database, or a token, in the list of processes while somebody types a command."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.servers.academy import build_academy
from tests.servers.postgres import Postgres
from tests.servers.programs import running

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-that-nobody-may-see"
LIST = Path("/proc")


@pytest.fixture
def data(tmp_path: Path) -> str:
    """The folder of an academy."""
    build_academy(f"sqlite:///{tmp_path}/data/hallway.db")
    return str(tmp_path / "data")


def _with_secret(address: str) -> str:
    """Our PostgreSQL trusts everybody, so any password fits."""
    return address.replace("hallway@", f"hallway:{SECRET}@")


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://hallway:{SECRET}@127.0.0.1/hallway",
        f"postgresql://hallway@127.0.0.1/hallway?password={SECRET}",
        f"postgresql://127.0.0.1/hallway?user=hallway&sslpassword={SECRET}",
    ],
)
def test_a_password_as_an_argument_is_refused_and_not_repeated(run: Run, data: str, address: str) -> None:  # noqa: F811
    code, said, complaint = run("migrate-store", address, "--data", data, "--yes")
    assert (code, said, len(complaint.splitlines())) == (1, "", 1)
    assert "HALLWAY_MIGRATE_TO" in complaint
    assert SECRET not in complaint


@pytest.mark.slow
def test_the_address_may_come_from_a_variable(run: Run, data: str, postgres: Postgres) -> None:  # noqa: F811
    address = _with_secret(postgres.new_database())
    code, said, complaint = run("migrate-store", "--data", data, "--yes", migrate_to=address)
    assert (code, complaint) == (0, "")
    assert SECRET not in said


@pytest.mark.slow
def test_the_address_may_come_from_a_file_that_is_not_for_everybody(
    run: Run,  # noqa: F811
    data: str,
    postgres: Postgres,
    tmp_path: Path,
) -> None:
    file = tmp_path / "target"
    file.write_text(_with_secret(postgres.new_database()) + "\n", "utf-8")
    file.chmod(0o644)
    code, _, complaint = run("migrate-store", "--to-file", str(file), "--data", data, "--yes")
    assert (code, "is readable by everyone" in complaint) == (1, True)
    file.chmod(0o600)
    code, said, complaint = run("migrate-store", "--to-file", str(file), "--data", data, "--yes")
    assert (code, complaint) == (0, "")
    assert SECRET not in said


@pytest.mark.slow
def test_it_is_given_once_or_asked_for(run: Run, data: str) -> None:  # noqa: F811
    address = "postgresql://hallway@127.0.0.1/hallway"
    code, _, complaint = run("migrate-store", address, "--data", data, migrate_to="postgresql://x/y")
    assert (code, complaint.startswith("hallway: Give the address only once")) == (1, True)


@pytest.mark.slow
def test_while_it_runs_no_process_shows_the_password(data: str, postgres: Postgres) -> None:
    if not LIST.is_dir():
        pytest.skip("this system shows its processes elsewhere")
    command = [sys.executable, "-m", "hallway", "migrate-store", "-", "--data", data, "--yes"]
    with running(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as migrating:
        assert migrating.stdin is not None
        migrating.stdin.write(_with_secret(postgres.new_database()).encode())
        migrating.stdin.close()
        seen = 0
        while migrating.poll() is None:
            shown = (LIST / str(migrating.pid) / "cmdline").read_bytes()
            seen += b"migrate-store" in shown
            assert SECRET.encode() not in shown
            time.sleep(0.01)
    assert migrating.returncode == 0
    assert seen


# What we tell people to type.

ARGUMENT = re.compile(
    r"""^(?!\#)(?:[\w./-]*/)?(?:hallway|psql|pg_dump|curl|docker|podman|helm|openssl)\b[^\n]*
    (?:://[^\s:/@]+:[^\s@/]+@|Bearer\ [\w$]|--password[ =]\S|password=\S|-d\ .*"password")""",
    re.VERBOSE | re.MULTILINE,
)
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "deploy").rglob("*.*"))]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: str(one.relative_to(ROOT)))
def test_no_guide_tells_people_to_type_a_secret_as_an_argument(guide: Path) -> None:
    assert ARGUMENT.findall(guide.read_text("utf-8").replace("\\\n", " ")) == []


@pytest.mark.parametrize(
    "line",
    [
        "hallway migrate-store postgresql://hallway:a-secret@127.0.0.1/hallway",
        'curl -s -H "Authorization: Bearer $TOKEN" https://messages.example.org',
        "/usr/bin/psql postgresql://hallway:a-secret@127.0.0.1/hallway",
    ],
)
def test_such_a_line_is_found(line: str) -> None:
    assert ARGUMENT.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "HALLWAY_DATABASE=postgresql://hallway:a-secret@127.0.0.1/hallway hallway serve",
        "curl -s -H @token https://messages.example.org",
        "hallway migrate-store --to-file target",
    ],
)
def test_a_good_line_is_none(line: str) -> None:
    assert not ARGUMENT.search(line)
