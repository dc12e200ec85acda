"""A light client for servers that speak Matrix: requests to send, and one that waits for what is new."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import aiohttp

from bench.contenders import Details
from bench.texts import text

HOST = "localhost"
API = "/_matrix/client/v3"
PAGE = 1000
"""Events that are asked for at once."""
WAIT = 30_000
"""Milliseconds in which the server looks out for something new before it answers that nothing is."""
GONE = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)
"""The server was killed: what it did not say by then remains unacknowledged or unheard."""

_NOTHING: dict[str, Any] = {"types": []}
_MESSAGES: dict[str, Any] = {"types": ["m.room.message"]}
_NEWS = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "timeline": {**_MESSAGES, "limit": PAGE},
        "state": _NOTHING,
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
    },
}


def user(person: int) -> str:
    """The id of a numbered person."""
    return f"@p{person}:{HOST}"


def token(person: int) -> str:
    """What they are signed in with."""
    return f"token-of-person-{person}"


class MatrixReader:
    """`contenders.Reader` of the rooms that the person is in."""

    def __init__(self, port: int, person: int) -> None:
        """Not connected yet."""
        self.heard: Callable[[int], None] = int
        self._me = user(person)
        self._http = aiohttp.ClientSession(
            f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {token(person)}"},
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(total=None),
        )
        self._listening: asyncio.Task[None]

    async def open(self) -> None:
        """Hear what comes from now on."""
        since = (await self._news({"filter": json.dumps(_NEWS)}))["next_batch"]
        self._listening = asyncio.create_task(self._listen(since))

    async def _listen(self, since: str) -> None:
        query = {"filter": json.dumps(_NEWS), "timeout": str(WAIT)}
        with contextlib.suppress(*GONE):
            while True:
                news = await self._news({**query, "since": since})
                since = news["next_batch"]
                for room in news.get("rooms", {}).get("join", {}).values():
                    self._tell(room["timeline"]["events"])

    def _tell(self, events: Sequence[dict[str, Any]]) -> None:
        for event in events:
            if event["sender"] != self._me:
                self.heard(_number(event))

    async def _news(self, query: dict[str, str]) -> dict[str, Any]:
        return await self._ask("GET", "/sync", query)

    async def _ask(self, method: str, path: str, query: dict[str, str] | None = None, body: Any = None) -> Any:
        async with self._http.request(method, API + path, params=query, json=body, raise_for_status=True) as answer:
            return await answer.json()

    async def close(self) -> None:
        """Leave."""
        self._listening.cancel()
        await self._http.close()


class MatrixLine(MatrixReader):
    """`contenders.Line` to a room, which is made when it is not there yet."""

    def __init__(self, port: int, person: int, alias: str) -> None:
        """Not connected yet."""
        super().__init__(port, person)
        self.stored: Callable[[int], None] = int
        self._alias = alias
        self._room: str
        self._key = secrets.token_hex(4)
        self._sending: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Be in the room, and hear what comes from now on."""
        self._room = quote(await self._enter(), safe="")
        await super().open()

    async def _enter(self) -> str:
        """The id of the room: join it, or else make it, or else join what somebody made in the meantime."""
        join = f"/join/{quote(f'#{self._alias}:{HOST}', safe='')}"
        make = {"preset": "public_chat", "room_alias_name": self._alias}
        for path, body in ((join, {}), ("/createRoom", make), (join, {})):
            async with self._http.post(API + path, json=body) as answer:
                if answer.status == HTTPStatus.OK:
                    return (await answer.json())["room_id"]
        message = f"{self._me} does not get into {self._alias}."
        raise RuntimeError(message)

    def send(self, numbers: Sequence[int]) -> None:
        """A request each, all at once."""
        for number in numbers:
            task = asyncio.create_task(self._send(number))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send(self, number: int) -> None:
        path = f"/rooms/{self._room}/send/m.room.message/{self._key}-{number}"
        with contextlib.suppress(*GONE):
            await self._ask("PUT", path, body={"msgtype": "m.text", "body": text(number)})
            self.stored(number)

    async def found(self) -> list[int]:
        """All pages of the room's history, from its end back."""
        numbers: list[int] = []
        query = {"dir": "b", "limit": str(PAGE), "filter": json.dumps(_MESSAGES)}
        while True:
            page = await self._ask("GET", f"/rooms/{self._room}/messages", query)
            numbers += map(_number, page["chunk"])
            if "end" not in page:
                return numbers[::-1]
            query["from"] = page["end"]


def _number(event: dict[str, Any]) -> int:
    return int(event["content"]["body"].partition(" ")[0])


async def connect(details: Details, person: int, partner: int) -> MatrixLine:
    """A room for two."""
    low, high = sorted((person, partner))
    return await _opened(MatrixLine(details["port"], person, f"chat-{low}-{high}"))


async def join(details: Details, person: int, members: int) -> MatrixLine:
    """The room of so many."""
    return await _opened(MatrixLine(details["port"], person, f"room-{members}"))


async def idle(details: Details, person: int) -> MatrixReader:
    """Somebody who waits for news."""
    line = MatrixReader(details["port"], person)
    await line.open()
    return line


async def _opened(line: MatrixLine) -> MatrixLine:
    await line.open()
    return line
