"""The account's settings."""

from datetime import timedelta

from litestar import get, patch
from litestar.params import JSONBody
from msgspec import UNSET

from hallway.domain.accounts import Mode
from hallway.domain.files import FileKind
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.http.parameters import stripped
from hallway.transport.serializers import admin as admin_serializers
from hallway.transport.wire import admin as wire_admin
from hallway.usecases.accounts import settings
from hallway.usecases.actors import Actor
from hallway.usecases.transaction import Transaction


@get("/admin/settings")
async def show(actor: CurrentActor, context: InContext) -> wire_admin.Settings:
    """The current settings."""
    return await context.store.read(lambda tx: _shown(tx, actor, context))


def _shown(tx: Transaction, actor: Actor, context: AppContext) -> wire_admin.Settings:
    account, used = settings.show(tx, actor), settings.file_bytes(tx, actor)
    return admin_serializers.settings(account, used, context.attachments.quota, has_previews=context.has_previews)


@patch("/admin/settings")
async def change(
    data: JSONBody[wire_admin.SettingsChange], actor: CurrentActor, context: InContext
) -> wire_admin.Settings:
    """Change some settings; absent fields stay as they are."""
    seconds = data.delete_for_everyone_seconds
    changes = settings.AccountPatch(
        name=stripped(data.academy),
        messaging_on=data.messaging_on,
        mode=UNSET if data.mode is UNSET else Mode(data.mode),
        delete_for_everyone=UNSET if seconds is UNSET else timedelta(seconds=seconds),
        links_by_confirmation=data.links_by_confirmation,
        typing_on=data.typing_on,
        largest_file=data.largest_file,
        file_kinds=UNSET if data.file_kinds is UNSET else frozenset(map(FileKind, data.file_kinds)),
        preview_hosts=UNSET if data.preview_hosts is UNSET else tuple(data.preview_hosts),
    )

    def work(tx: Transaction) -> wire_admin.Settings:
        settings.change(tx, actor, changes=changes)
        return _shown(tx, actor, context)

    return await context.store.write(work)


handlers = [show, change]
