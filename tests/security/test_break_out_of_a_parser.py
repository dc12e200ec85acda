"""Attack: bring bytes that make their parser die, hang, eat memory or lie; the server and the neighbours stay unharmed."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hallway.integrations.sandbox import LONGEST_TURN, SMALL, Limits, Overrun, Sandbox
from hallway.usecases.errors import Busy, Invalid
from tests.integrations.parsers import Counted
from tests.servers.programs import running

PARSERS = "tests.integrations.parsers"
SHORT = Limits(processor_seconds=1, seconds=2)
PATIENCE = 60


@asynccontextmanager
async def _opened(processes: int = 1) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(processes)
    try:
        yield sandbox
    finally:
        sandbox.close()


def _in_a_sandbox(work: Callable[[Sandbox], Awaitable[Any]], processes: int = 1) -> Any:
    async def all_of_it() -> Any:
        async with _opened(processes) as sandbox:
            return await asyncio.wait_for(work(sandbox), PATIENCE)

    return asyncio.run(all_of_it())


async def _run(sandbox: Sandbox, parser: str, *arguments: Any, answer: Any = Any, **more: Any) -> Any:
    chosen = {"content": b"abc", "requester": "somebody", **more}
    content = chosen.pop("content")
    return await sandbox.run(f"{PARSERS}:{parser}", content, *arguments, answer=answer, **chosen)


def test_what_a_parser_finds_comes_back_as_data() -> None:
    async def work(sandbox: Sandbox) -> Counted:
        found: Counted = await _run(sandbox, "count", "one", "two", answer=Counted)
        return found

    assert _in_a_sandbox(work) == Counted(3, ("one", "two"))


def test_a_refusal_passes_with_its_words() -> None:
    async def work(sandbox: Sandbox) -> None:
        with pytest.raises(Invalid, match="not good"):
            await _run(sandbox, "refuse")

    _in_a_sandbox(work)


@pytest.mark.parametrize(
    ("parser", "reasons"),
    [
        ("take_memory", {"memory"}),
        ("take_memory_slowly", {"memory"}),
        ("spin", {"time"}),
        ("sleep", {"time"}),
        ("abort", {"crash"}),
        ("break_memory", {"crash"}),
        ("fail", {"crash"}),
        ("answer_much", {"answer", "memory"}),
        ("answer_deeply", {"answer"}),
        ("answer_nonsense", {"answer"}),
    ],
)
def test_a_parser_that_goes_wrong_is_one_clear_error_and_the_next_one_works(parser: str, reasons: set[str]) -> None:
    async def work(sandbox: Sandbox) -> None:
        with pytest.raises(Overrun) as ended:
            await _run(sandbox, parser, limits=SHORT, answer=list[int])
        assert ended.value.reason in reasons
        assert await _run(sandbox, "count", answer=Counted) == Counted(3, ())

    _in_a_sandbox(work)


def test_an_answer_of_another_shape_is_not_taken() -> None:
    async def work(sandbox: Sandbox) -> None:
        with pytest.raises(Overrun):
            await _run(sandbox, "count", answer=list[int])

    _in_a_sandbox(work)


def test_a_parser_finds_no_secret_no_connection_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HALLWAY_DATABASE", "postgresql://somebody:secret@example.org/hallway")
    with (tmp_path / "open").open("w") as opened:
        os.set_inheritable(opened.fileno(), True)

        async def work(sandbox: Sandbox) -> None:
            around = await _run(sandbox, "look_around")
            assert not [name for name in around["variables"] if not name.startswith("LC_")]
            kinds = {file.split(":")[0] for file in around["files"]}
            assert kinds <= {"pipe", "/dev/null", "/dev/urandom"}, around["files"]
            assert await _run(sandbox, "write", str(tmp_path / "left")) == "OSError"
            assert await _run(sandbox, "connect") < 100

        _in_a_sandbox(work)
    assert (tmp_path / "left").stat().st_size == 0 if (tmp_path / "left").exists() else True


def test_a_process_is_kept_for_small_inputs_and_replaced_after_large_ones() -> None:
    async def work(sandbox: Sandbox) -> None:
        first = await _run(sandbox, "process")
        assert await _run(sandbox, "process", content=bytes(SMALL + 1)) == first
        assert await _run(sandbox, "process") != first

    _in_a_sandbox(work)


def test_one_who_brings_much_does_not_keep_the_others_waiting() -> None:
    async def work(sandbox: Sandbox) -> None:
        mine = [asyncio.create_task(_run(sandbox, "sleep", limits=SHORT)) for _ in range(LONGEST_TURN + 1)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await _run(sandbox, "count")
        assert await _run(sandbox, "count", requester="somebody else", answer=Counted) == Counted(3, ())
        assert not any(one.done() for one in mine[1:])
        for one in mine:
            one.cancel()
        await asyncio.gather(*mine, return_exceptions=True)
        assert await _run(sandbox, "count", answer=Counted) == Counted(3, ())

    _in_a_sandbox(work, processes=2)


@pytest.mark.slow
def test_the_event_loop_goes_on_while_a_parser_works() -> None:
    async def work(sandbox: Sandbox) -> None:
        spinning = asyncio.create_task(_run(sandbox, "spin", limits=SHORT))
        turns = 0
        while not spinning.done():
            await asyncio.sleep(0.01)
            turns += 1
        assert turns > 10
        with pytest.raises(Overrun):
            await spinning

    _in_a_sandbox(work)


def test_closing_waits_for_nobody() -> None:
    async def work(sandbox: Sandbox) -> None:
        tasks = [asyncio.create_task(_run(sandbox, "sleep", requester=one)) for one in range(3)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        sandbox.close()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert time.monotonic() - began < 10  # the parsers would sleep for half a minute
        assert {type(answer) for answer in answers} == {Busy}

    _in_a_sandbox(work)


@pytest.fixture
def killed_parent() -> int:
    """The process of a parser that was at work when its parent was killed."""
    script = f"""
import asyncio, os
from hallway.integrations.sandbox import Sandbox
async def main():
    sandbox = Sandbox(1)
    print(await sandbox.run("{PARSERS}:process", b"", answer=int, requester=1), flush=True)
    await sandbox.run("{PARSERS}:sleep", b"", answer=int, requester=1)
asyncio.run(main())
"""
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with running([sys.executable, "-c", script], stdout=subprocess.PIPE, env=path) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.2)
    return child


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the alarm ends it, after its seconds")
def test_a_parser_does_not_outlive_a_killed_server(killed_parent: int) -> None:
    until = time.monotonic() + PATIENCE
    while _is_running(killed_parent):
        assert time.monotonic() < until
        time.sleep(0.02)


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
