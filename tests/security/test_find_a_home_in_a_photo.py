"""Attack: look into somebody's picture for the place where it was taken."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.integrations.sandbox import Sandbox
from hallway.integrations.uploads import UploadReader
from hallway.storage.store import open_store
from hallway.storage.writer import Writer
from hallway.transport.async_store import AsyncStore
from hallway.transport.pictures import Pictures
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.usecases.people.pictures import Picture, UnfinishedPicture, keep_picture
from tests.contracts.world import ADMIN, EXPERT, HERE, LENA, TOMAS, furnished
from tests.photos import KINDS, SECRETS, photo
from tests.servers.copies import migrated, sqlite_copy
from tests.servers.hallway import Hallway
from tests.servers.postgres import Postgres


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("kind", KINDS)
def test_what_others_fetch_tells_no_place(ruin: Hallway, kind: str) -> None:
    with ruin.client("maya") as maya, _credentials(ruin, "samuel") as samuel, _credentials(ruin, "daniel") as daniel:
        path = f"/people/{maya.me().person.id}/photo"
        answer = samuel.put(f"/admin{path.replace('people', 'users')}", content=photo(kind))
        assert answer.status_code == 200
        fetched = daniel.get(path, params={"v": answer.json()["photo"]})
        assert fetched.headers["content-type"] == f"image/{kind.lower()}"
        assert [one for one in SECRETS if one in fetched.content] == []


def _credentials(server: Hallway, login: str) -> httpx.Client:
    with server.client(login) as client:
        token = client.ask(
            "POST", "/me/tokens", wire_access_tokens.NewToken(f"photos of {login}"), wire_access_tokens.Token
        ).secret
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=f"{server.address}/api/v1", headers=headers, timeout=60)


# Pictures from before they were drawn anew.


@pytest.fixture(params=["sqlite", "postgresql"])
def async_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AsyncStore]:
    """A store that an older version has written to."""
    if request.param == "sqlite":
        url = sqlite_copy(tmp_path / "data" / "hallway.db")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = server.new_copy(migrated)
    store = furnished(open_store(url))
    async_store = AsyncStore(
        store, Writer(store, lambda _: None), clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(64)
    )
    yield async_store
    async_store.close()


def test_old_pictures_are_drawn_anew_once_and_others_stay(async_store: AsyncStore) -> None:
    own = Picture("image/png", b"drawn anew before")

    async def work() -> list[tuple[str, bytes] | None]:
        for whose, kind in ((LENA, "JPEG"), (TOMAS, "PNG")):
            old = ("image/" + kind.lower(), photo(kind))
            await async_store.write(
                lambda tx, of=whose, old=old: tx.people.set_photo(HERE, of, "0123456789abcdef", old)
            )
        await async_store.write(
            lambda tx: tx.people.set_photo(HERE, ADMIN, "fedcba9876543210", ("image/png", b"\x89PNG..."))
        )
        await async_store.write(lambda tx: keep_picture(tx, HERE, EXPERT, own))
        with closing(Sandbox(processes=1)) as sandbox:
            pictures = Pictures(async_store, UploadReader(sandbox).read_picture)
            for _ in range(2):
                await pictures.draw_anew(HERE)
        return [
            await async_store.read(lambda tx, of=one: tx.people.photo(HERE, of)) for one in (LENA, TOMAS, ADMIN, EXPERT)
        ]

    lena, tomas, admin, expert = asyncio.run(work())
    for found, kind in ((lena, "jpeg"), (tomas, "png")):
        assert found is not None
        assert found[0] == f"image/{kind}"
        assert [one for one in SECRETS if one in found[1]] == []
    assert admin is None, "nobody knows what is in what cannot be read"
    assert expert == (own.media_type, own.content)


def test_a_busy_machine_costs_nobody_their_picture(async_store: AsyncStore) -> None:
    before = ("image/jpeg", photo("JPEG"))

    async def never(_: bytes, __: str) -> Picture:
        raise UnfinishedPicture

    async def work() -> tuple[str, bytes] | None:
        await async_store.write(lambda tx: tx.people.set_photo(HERE, LENA, "0123456789abcdef", before))
        await Pictures(async_store, never).draw_anew(HERE)
        return await async_store.read(lambda tx: tx.people.photo(HERE, LENA))

    assert asyncio.run(work()) == before
