"""What the account decides about notices, and mails that nothing could be done with."""

from litestar import Response, delete, get, put
from litestar.params import JSONBody

from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.serializers import notifications as notification_serializers
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import notifications as wire_notifications
from hallway.usecases.notifications import preferences
from hallway.usecases.transaction import Transaction


@get("/admin/notices")
async def policy(actor: CurrentActor, context: InContext) -> wire_notifications.Policy:
    """The account's notification defaults and locks."""
    found = await context.store.read(lambda tx: preferences.policy(tx, actor))
    return notification_serializers.policy(found, context.channels.declared)


@put("/admin/notices")
async def set_policy(
    data: JSONBody[wire_notifications.SetPolicy], actor: CurrentActor, context: InContext
) -> wire_notifications.Policy:
    """Replace the account's notification defaults and locks."""

    def work(tx: Transaction) -> wire_notifications.Policy:
        decided = notification_serializers.decided(data, preferences.policy(tx, actor))
        preferences.set_policy(tx, actor, decided, channels=context.channels.known)
        return notification_serializers.policy(decided, context.channels.declared)

    return await context.store.write(work)


@get("/admin/mails")
async def kept_mails(actor: CurrentActor, context: InContext) -> wire_notifications.KeptMails:
    """Incoming email that couldn't be processed, newest first."""
    found = await context.store.read(lambda tx: preferences.kept_mails(tx, actor))
    return wire_notifications.KeptMails([notification_serializers.kept_mail(one) for one in found])


@get("/admin/mails/{mail_id:str}/content", include_in_schema=False)
async def content(mail_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> Response[bytes]:
    """The original email, to open in a mail program."""
    found = await context.store.write(lambda tx: preferences.view_mail(tx, actor, mail_id=mail_id))
    name = {"Content-Disposition": f'attachment; filename="{found.id}.eml"'}
    return Response(found.content, media_type="application/octet-stream", headers=name)


@delete("/admin/mails/{mail_id:str}")
async def drop(mail_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Delete an unprocessed email."""
    await context.store.write(lambda tx: preferences.drop_mail(tx, actor, mail_id=mail_id))


handlers = [policy, set_policy, kept_mails, content, drop]
