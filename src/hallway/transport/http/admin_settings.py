"""The account's settings."""

from datetime import timedelta

from litestar import get, patch
from litestar.params import JSONBody

from hallway.domain.accounts import Mode
from hallway.transport import present_admin, wire_admin
from hallway.transport.http.admin_users import given
from hallway.transport.http.doors import Asker, AtDoor
from hallway.usecases.accounts import settings
from hallway.usecases.transaction import Transaction


@get("/admin/settings")
async def show(actor: Asker, door: AtDoor) -> wire_admin.Settings:
    """The current settings."""
    return present_admin.settings(await door.desk.read(lambda tx: settings.show(tx, actor)))


@patch("/admin/settings")
async def change(data: JSONBody[wire_admin.SettingsChange], actor: Asker, door: AtDoor) -> wire_admin.Settings:
    """Change some settings; absent fields stay as they are."""
    changes = given(data)
    if "academy" in changes:
        changes["name"] = changes.pop("academy")
    if "mode" in changes:
        changes["mode"] = Mode(changes["mode"])
    if "delete_for_everyone_seconds" in changes:
        changes["delete_for_everyone"] = timedelta(seconds=changes.pop("delete_for_everyone_seconds"))

    def work(tx: Transaction) -> wire_admin.Settings:
        settings.change(tx, actor, changes=changes)
        return present_admin.settings(settings.show(tx, actor))

    return await door.desk.write(work)


handlers = [show, change]
