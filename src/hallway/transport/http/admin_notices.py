"""What the account decides about notices, and mails that nothing could be done with."""

from litestar import Response, delete, get, put
from litestar.params import JSONBody

from hallway.transport import present_notices, wire, wire_notices
from hallway.transport.http.doors import Asker, AtDoor
from hallway.usecases.notifications import preferences
from hallway.usecases.transaction import Transaction


@get("/admin/notices")
async def policy(actor: Asker, door: AtDoor) -> wire_notices.Policy:
    """The account's notification defaults and locks."""
    found = await door.desk.read(lambda tx: preferences.policy(tx, actor))
    return present_notices.policy(found, door.outlets.channels)


@put("/admin/notices")
async def set_policy(data: JSONBody[wire_notices.SetPolicy], actor: Asker, door: AtDoor) -> wire_notices.Policy:
    """Replace the account's notification defaults and locks."""

    def work(tx: Transaction) -> wire_notices.Policy:
        decided = present_notices.decided(data, preferences.policy(tx, actor))
        preferences.set_policy(tx, actor, decided)
        return present_notices.policy(decided, door.outlets.channels)

    return await door.desk.write(work)


@get("/admin/mails")
async def kept_mails(actor: Asker, door: AtDoor) -> wire_notices.KeptMails:
    """Incoming email that couldn't be processed, newest first."""
    found = await door.desk.read(lambda tx: preferences.kept_mails(tx, actor))
    return wire_notices.KeptMails([present_notices.kept_mail(one) for one in found])


@get("/admin/mails/{mail_id:str}/content", include_in_schema=False)
async def content(mail_id: wire.Id, actor: Asker, door: AtDoor) -> Response[bytes]:
    """The original email, to open in a mail program."""
    found = await door.desk.write(lambda tx: preferences.view_mail(tx, actor, mail_id=mail_id))
    name = {"Content-Disposition": f'attachment; filename="{found.id}.eml"'}
    return Response(found.content, media_type="application/octet-stream", headers=name)


@delete("/admin/mails/{mail_id:str}")
async def drop(mail_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Delete an unprocessed email."""
    await door.desk.write(lambda tx: preferences.drop_mail(tx, actor, mail_id=mail_id))


handlers = [policy, set_policy, kept_mails, content, drop]
