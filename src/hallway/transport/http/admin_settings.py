"""The account's settings."""

from datetime import timedelta

from litestar import get, patch
from litestar.params import JSONBody
from msgspec import UNSET

from hallway.domain.accounts import Mode
from hallway.transport import present_admin, wire_admin
from hallway.transport.http.doors import Asker, AtDoor
from hallway.transport.http.parameters import stripped
from hallway.usecases.accounts import settings
from hallway.usecases.transaction import Transaction


@get("/admin/settings")
async def show(actor: Asker, door: AtDoor) -> wire_admin.Settings:
    """The current settings."""
    return present_admin.settings(await door.desk.read(lambda tx: settings.show(tx, actor)))


@patch("/admin/settings")
async def change(data: JSONBody[wire_admin.SettingsChange], actor: Asker, door: AtDoor) -> wire_admin.Settings:
    """Change some settings; absent fields stay as they are."""
    seconds = data.delete_for_everyone_seconds
    changes = settings.AccountPatch(
        name=stripped(data.academy),
        messaging_on=data.messaging_on,
        mode=UNSET if data.mode is UNSET else Mode(data.mode),
        delete_for_everyone=UNSET if seconds is UNSET else timedelta(seconds=seconds),
        links_by_confirmation=data.links_by_confirmation,
        typing_on=data.typing_on,
    )

    def work(tx: Transaction) -> wire_admin.Settings:
        settings.change(tx, actor, changes=changes)
        return present_admin.settings(settings.show(tx, actor))

    return await door.desk.write(work)


handlers = [show, change]
