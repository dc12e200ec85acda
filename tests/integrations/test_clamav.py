"""Files are scanned by Debian's ClamAV, which knows one virus: EICAR's test file, by a signature written here."""

import io
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hallway.client import Client, Refusal
from hallway.integrations.clamav import Clamd
from hallway.transport.wire import files as wire_files
from hallway.usecases.files.scanner import ScannerAway
from tests.faults.scheduled import wait_until
from tests.servers.hallway import Hallway, demo_academy
from tests.servers.ports import free_port
from tests.servers.programs import ended, started

pytestmark = pytest.mark.slow
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
"""https://www.eicar.org/download-anti-malware-testfile/, in two parts, so that no scanner takes this file for it."""


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The daemon with that one signature; its address."""
    port = free_port()
    with _scanning(tmp_path_factory.mktemp("clamd"), port):
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def _scanning(folder: Path, port: int) -> Iterator[None]:
    """The daemon scans at this port."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("clamd is not installed: apt-get install clamav-daemon")
    (folder / "eicar.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    lines = [f"DatabaseDirectory {folder}", f"TCPSocket {port}", "TCPAddr 127.0.0.1", "Foreground yes"]
    (folder / "clamd.conf").write_text("\n".join([*lines, "StreamMaxLength 30M", "User root", ""]))
    scanner = Clamd(f"tcp://127.0.0.1:{port}")
    with (folder / "log").open("wb") as log:
        command = [program, "-c", folder / "clamd.conf"]
        daemon = started(command, lambda: _answers(scanner), log=folder / "log", stdout=log, stderr=log)
    try:
        yield
    finally:
        ended(daemon)


def _answers(scanner: Clamd) -> bool:
    try:
        return scanner.virus_in([b"clean"]) is None
    except ScannerAway:
        return False


def _serving(built: Path, folder: Path, **settings: str) -> Hallway:
    return demo_academy(folder, built=built, **settings)


def _upload(client: Client, content: bytes) -> wire_files.File:
    return client.upload("letter.txt", io.BytesIO(content), len(content))


def test_a_virus_is_found_wherever_it_lies_in_the_pieces(clamd: str) -> None:
    scanner = Clamd(clamd)
    assert scanner.virus_in([EICAR]) == "Eicar-Test.UNOFFICIAL"
    assert scanner.virus_in([b"x" * 2_000_000 + EICAR[:20], EICAR[20:]]) == "Eicar-Test.UNOFFICIAL"
    assert scanner.virus_in([EICAR[:-1]]) is None
    assert scanner.virus_in([]) is None


def test_a_scanner_that_is_not_there_is_away() -> None:
    for url in (f"tcp://127.0.0.1:{free_port()}", "unix:/nowhere/clamd.ctl"):
        with pytest.raises(ScannerAway):
            Clamd(url).virus_in([b"x"])


def test_a_file_with_a_virus_is_withheld_from_everybody_and_leaves_nothing(
    clamd: str, built_academy: Path, tmp_path: Path
) -> None:
    academy = _serving(built_academy, tmp_path, scanner=clamd)
    try:
        with academy.client("maya") as maya:
            clean, bad = _upload(maya, b"Dear Daniel"), _upload(maya, EICAR)
            assert (clean.state, bad.state, bad.reason) == ("ready", "withheld", "virus")
            assert clean.attachment is not None
            assert not clean.attachment.is_unscanned
            with pytest.raises(Refusal):
                maya.download(bad.id, io.BytesIO())
            chat = maya.chats().rows[0].conversation_id
            with pytest.raises(Refusal) as refused:
                maya.send(chat, "", files=[bad.id])
            assert refused.value.problem.errors[0].code == "file_refused"
        assert not list((academy.database.parent / "files").rglob(f"{bad.id}/*"))
    finally:
        academy.stop()


def test_while_the_scanner_is_away_a_file_waits_or_goes_through_with_a_mark(
    built_academy: Path, tmp_path: Path
) -> None:
    away = f"tcp://127.0.0.1:{free_port()}"
    for how, state in (("wait", "checking"), ("let_through", "ready")):
        (tmp_path / how).mkdir()
        academy = _serving(built_academy, tmp_path / how, scanner=away, scanner_away=how)
        try:
            with academy.client("maya") as maya:
                headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "0"}
                begun = maya._uploading("POST", "/uploads", headers)
                file = maya.ask("GET", f"/files/{begun.json()['id']}", None, wire_files.File)
                assert file.state == state
                if file.attachment is not None:
                    assert file.attachment.is_unscanned
        finally:
            academy.stop()


@pytest.mark.parametrize("how", ["wait", "let_through"])
def test_when_the_scanner_is_back_files_are_scanned_also_those_that_waited(
    built_academy: Path, tmp_path: Path, how: str
) -> None:
    port = free_port()
    academy = _serving(built_academy, tmp_path, scanner=f"tcp://127.0.0.1:{port}", scanner_away=how)
    try:
        with academy.client("maya") as maya:
            good, bad = (_uploaded(maya, content) for content in (b"Dear Daniel", EICAR))
            if how == "wait":
                wait_until(lambda: academy.output.read_text("utf-8").count("scanner_away") == 2)
            else:
                assert [maya.file(one).state for one in (good, bad)] == ["ready", "ready"]
            (tmp_path / "clamd").mkdir()
            with _scanning(tmp_path / "clamd", port):
                _make_checks_due(academy)
                later = _upload(maya, b"Dear Priya")
                found = [maya.file(one) for one in (good, bad, later.id)]
    finally:
        academy.stop()
    is_late = how == "wait"
    assert [one.state for one in found] == ["ready", "withheld" if is_late else "ready", "ready"]
    marks = [one.attachment and one.attachment.is_unscanned for one in found]
    assert marks == ([False, None, False] if is_late else [True, True, False])


def _uploaded(client: Client, content: bytes) -> str:
    """A file that is here as a whole, and that nobody waits for."""
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content))}
    file_id = str(client._uploading("POST", "/uploads", headers).json()["id"])
    headers |= {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    client._uploading("PATCH", f"/uploads/{file_id}", headers, content)
    return file_id


def _make_checks_due(academy: Hallway) -> None:
    """As if the time had come at which the scanner is asked again."""
    with closing(sqlite3.connect(academy.database)) as file:
        file.execute("UPDATE job SET due_at = 1, claim = NULL WHERE kind = 'file_check'")
        file.commit()
