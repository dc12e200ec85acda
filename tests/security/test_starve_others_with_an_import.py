"""Attack: upload files that keep the server busy, so that others wait; or stop it in the middle and lose or double lines."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hallway.client import Client, Refusal
from hallway.storage.engines import open_engine
from hallway.transport.slices import AIM, FEWEST_LINES, FIRST_LINES, MOST_LINES, Slices, Stride
from hallway.transport.wire import admin as wire_admin
from hallway.usecases.imports.sheets import SheetLine
from tests.security import workbooks
from tests.security.workbooks import cell, row, workbook
from tests.servers.either import EITHER, served
from tests.servers.hallway import Hallway

LINES = 300
COURSES = b"title\n" + b"".join(b"Course %d\n" % number for number in range(LINES))
PATIENCE = 60


@pytest.fixture(params=EITHER)
def academy(request: pytest.FixtureRequest, built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """A server of one's own, over each database; `again` starts it anew."""
    yield from served(request, built_academy, tmp_path)


def _upload(client: Client, file: bytes, kind: str = "courses") -> wire_admin.ImportJob:
    return client.ask("POST", "/admin/imports", file, wire_admin.ImportJob, query={"kind": kind})


def _shown(client: Client, job: wire_admin.ImportJob) -> wire_admin.ImportJob:
    return client.ask("GET", f"/admin/imports/{job.id}", None, wire_admin.ImportJob)


def _once_not(client: Client, job: wire_admin.ImportJob, state: str) -> wire_admin.ImportJob:
    until = time.monotonic() + PATIENCE
    while (shown := _shown(client, job)).state == state:
        assert time.monotonic() < until
        time.sleep(0.02)
    return shown


def _apply(client: Client, job: wire_admin.ImportJob) -> None:
    assert _once_not(client, job, "checking").state == "checked"
    client.ask("POST", f"/admin/imports/{job.id}/apply")


def _titles(client: Client) -> list[str]:
    return [one.title for one in client.ask("GET", "/admin/courses", None, wire_admin.AdminCourses).courses]


@pytest.mark.slow("postgresql")
def test_a_hostile_file_is_one_refusal_and_the_server_serves_on(server: Hallway) -> None:
    title = row(1, cell("A1", "title"))
    corners = workbook(workbooks.sheet(title + row(1_048_576, cell("XFD1048576", "x"))))
    full = workbook(workbooks.sheet(title + f"<row>{'<c/>' * 1_000}</row>" * 5_000))
    with server.client("ingrid") as ingrid, server.client("maya") as maya:
        for file in (corners, full, b'title\n"' + b"a\n" * 1_000_000):
            with pytest.raises(Refusal) as refused:
                _upload(ingrid, file)
            assert (refused.value.problem.status, refused.value.problem.code) == (422, "invalid")
            assert maya.me().person.name
        assert _once_not(ingrid, _upload(ingrid, b"title\nGood\n"), "checking").to_add == 1


@pytest.mark.slow
def test_an_import_that_is_killed_goes_on_and_applies_each_line_once(academy: Hallway) -> None:
    with academy.client("ingrid") as ingrid:
        before = _titles(ingrid)
        job = _upload(ingrid, COURSES)
        _apply(ingrid, job)
        while (shown := _shown(ingrid, job)).done == 0:
            assert shown.state == "applying"
    academy.kill()
    _take_over(academy)
    academy.again()
    with academy.client("ingrid") as ingrid:
        applied = _once_not(ingrid, job, "applying")
        assert (applied.state, applied.done, applied.to_add, applied.bad_total) == ("applied", LINES, LINES, 0)
        assert sorted(_titles(ingrid)) == sorted([*before, *(f"Course {number}" for number in range(LINES))])


def _take_over(academy: Hallway) -> None:
    """Let the dead process's claim run out at once, instead of after its minute."""
    engine = open_engine(academy.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE job SET due_at = 0, claim = NULL WHERE kind = 'import'")
    engine.dispose()


def test_what_became_wrong_since_the_check_is_told_by_its_line(server: Hallway) -> None:
    with server.client("ingrid") as ingrid:
        departments = ingrid.ask("GET", "/admin/departments", None, wire_admin.AdminDepartments).departments
        top = next(one for one in departments if one.parent_id is None)
        added = wire_admin.NewDepartment("Soon gone", top.id)
        departments = ingrid.ask("POST", "/admin/departments", added, wire_admin.AdminDepartments).departments
        gone = next(one for one in departments if one.name == "Soon gone")
        lines = ("name,email,login,department", "A,a1@x.example,aa1,", f"B,b1@x.example,bb1,{top.name}/Soon gone")
        job = _upload(ingrid, "\n".join(lines).encode(), "users")
        assert _once_not(ingrid, job, "checking").state == "checked"
        ingrid.ask("DELETE", f"/admin/departments/{gone.id}")
        ingrid.ask("POST", f"/admin/imports/{job.id}/apply")
        applied = _once_not(ingrid, job, "applying")
        assert (applied.state, applied.to_add, applied.bad_total) == ("applied", 1, 1)
        assert [(bad.line, bad.column) for bad in applied.bad_lines] == [(3, "department")]


@pytest.mark.slow
def test_a_line_that_the_database_refuses_is_told_and_stops_no_other(academy: Hallway) -> None:
    engine = open_engine(academy.database_url)
    with engine.begin() as connection:
        rule = "CREATE UNIQUE INDEX refuse ON course (substr(title, 1, 6)) WHERE title LIKE 'Poison%'"
        connection.exec_driver_sql(rule.replace("%", "%%") if engine.dialect.name == "postgresql" else rule)
    engine.dispose()
    titles = [f"Course {number}" for number in range(30)]
    titles[17] = "Poison 2"
    with academy.client("ingrid") as ingrid:
        ingrid.ask("POST", "/admin/courses", wire_admin.NewCourse("Poison 1"))
        job = _upload(ingrid, "\n".join(["title", *titles]).encode())
        _apply(ingrid, job)
        applied = _once_not(ingrid, job, "applying")
        assert (applied.state, applied.to_add, [bad.line for bad in applied.bad_lines]) == ("applied", 29, [19])
        assert set(titles) - set(_titles(ingrid)) == {"Poison 2"}


@pytest.mark.slow
def test_one_person_s_files_wait_for_each_other_and_another_s_does_not(server: Hallway) -> None:
    with server.client("ingrid") as ingrid, server.client("samuel") as samuel:
        long = b"title\n" + b"".join(b"Course %d\n" % number for number in range(5_000))
        jobs = [_upload(ingrid, long) for _ in range(3)]
        mine = _once_not(samuel, _upload(samuel, b"name,email,login\nZ,z@x.example,zz1\n", "users"), "checking")
        assert mine.state == "checked"
        assert "checking" in {_shown(ingrid, job).state for job in jobs}
        for job in jobs:
            assert _once_not(ingrid, job, "checking").state == "checked"


@pytest.mark.slow
def test_a_stop_waits_for_no_parser(academy: Hallway) -> None:
    noise = b"".join(hash((1, number)).to_bytes(8, "big", signed=True) for number in range(100_000))
    rows = f"<row>{'<c/>' * 100}</row>" * 80_000
    slow = workbook(workbooks.sheet(row(1, cell("A1", "title")) + rows), {"noise": noise})
    answers: list[str] = []

    def upload() -> None:
        with academy.client("ingrid") as ingrid:
            try:
                answers.append(_upload(ingrid, slow).state)
            except Refusal as refusal:
                answers.append(refusal.problem.code)

    uploading = threading.Thread(target=upload)
    uploading.start()
    until = time.monotonic() + PATIENCE
    while not _children(academy):
        assert time.monotonic() < until
        time.sleep(0.05)
    academy.stop()
    uploading.join(PATIENCE)
    assert answers == ["busy"]
    academy.again()


def _children(academy: Hallway) -> str:
    """The processes that the server has started."""
    found = ""
    for task in Path(f"/proc/{academy.pid}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            found += (task / "children").read_text("utf-8")
    return found


def test_a_slice_is_as_long_as_it_may_take() -> None:
    stride = Stride()
    assert stride.lines == FIRST_LINES
    for _ in range(20):
        stride.learn(stride.lines, stride.lines * 0.0001)
    assert stride.lines == int(AIM / 0.0001)
    stride.learn(stride.lines, 10)
    assert stride.lines == FEWEST_LINES
    for _ in range(20):
        stride.learn(stride.lines, 0)
    assert stride.lines == MOST_LINES
    lines = [SheetLine(number, ()) for number in range(MOST_LINES + 7)]
    assert [len(part) for part in stride.parts(lines)] == [MOST_LINES, 7]


def test_a_slice_is_worked_on_alone_and_followed_by_a_rest() -> None:
    at_work, most = 0, 0

    async def hand_in(_: object) -> tuple[int, float]:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.01)
        at_work -= 1
        return 1, 0.01

    async def several() -> float:
        slices = Slices()
        began = time.monotonic()
        await asyncio.gather(*(slices.take(Stride(), 1, hand_in, int) for _ in range(5)))  # type: ignore[arg-type]
        return time.monotonic() - began

    assert asyncio.run(several()) >= 5 * 0.01 * 3 * 0.9
    assert most == 1
