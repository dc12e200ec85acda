"""W4: the list of conversations and the opening of one, over HTTP, as the web client asks for them."""

import time
from typing import Any

import httpx

from bench.contenders import Contender, Details
from bench.contenders.hallway import secret
from bench.workloads.alone import ranks


async def run(contender: Contender, details: Details, *, requests: int, dialogs: int) -> dict[str, Any]:
    """Seconds, as person 0 sees them, who has all the dialogs."""
    del contender
    headers = {"Authorization": f"Bearer {secret(0)}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{details['port']}/api/v1", headers=headers) as http:
        rows = (await _get(http, "/conversations"))["rows"]
        chats = [row["conversation_id"] for row in rows][: min(20, dialogs)]
        listing = [await _timed(http, "/conversations") for _ in range(requests)]
        opening = [await _timed(http, f"/conversations/{chats[turn % len(chats)]}") for turn in range(requests)]
    return {"list": ranks(listing), "open": ranks(opening)}


async def _get(http: httpx.AsyncClient, path: str) -> Any:
    return (await http.get(path)).raise_for_status().json()


async def _timed(http: httpx.AsyncClient, path: str) -> float:
    began = time.perf_counter()
    await _get(http, path)
    return time.perf_counter() - began
