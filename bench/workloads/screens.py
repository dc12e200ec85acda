"""W4: the list of conversations and the opening of one, as a client asks for them: one request each, one at a time."""

import http.client
import json
import random
import time
from collections.abc import Callable
from typing import Any

from bench.archives import EXPERT, learner
from bench.contenders import Contender, Details
from bench.contenders.hallway import ACCOUNT, secret, user_id
from bench.workloads.window import waits
from hallway.domain.ids import dialog_id


async def run(contender: Contender, details: Details, *, dialogs: int, requests: int) -> dict[str, Any]:
    """Waiting times of an expert with so many dialogs, who opens any of them."""
    del contender
    connection = http.client.HTTPConnection("127.0.0.1", details["port"])
    expert, chosen = user_id(EXPERT), random.Random(dialogs)  # noqa: S311 - the same in every run
    chats = [dialog_id(ACCOUNT, expert, user_id(learner(chosen.randrange(dialogs)))) for _ in range(requests)]

    def listed(_: int) -> None:
        rows = _asked(connection, "/api/v1/conversations")["rows"]
        assert len(rows) == min(dialogs, 30), len(rows)

    def opened(number: int) -> None:
        assert _asked(connection, f"/api/v1/conversations/{chats[number]}")["history"]["messages"]

    for call in (listed, opened):
        call(0)  # whoever asks first waits for what the server makes once
    return {**waits("list", _timed(listed, requests)), **waits("open", _timed(opened, requests))}


def _timed(call: Callable[[int], None], times: int) -> list[float]:
    found: list[float] = []
    for number in range(times):
        began = time.perf_counter()
        call(number)
        found.append(time.perf_counter() - began)
    return found


def _asked(connection: http.client.HTTPConnection, path: str) -> dict[str, Any]:
    connection.request("GET", path, headers={"Authorization": f"Bearer {secret(EXPERT)}"})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    assert answer.status == http.HTTPStatus.OK, body
    return body
