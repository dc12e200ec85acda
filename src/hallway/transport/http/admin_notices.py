"""What the account decides about notices, and mails that nothing could be done with."""

from litestar import Response, delete, get, put
from litestar.params import JSONBody

from hallway.transport import present_notices, wire, wire_notices
from hallway.transport.http.doors import Asker, AtDoor
from hallway.usecases import preferences
from hallway.usecases.ports import Transaction


@get("/admin/notices")
async def policy(actor: Asker, door: AtDoor) -> wire_notices.Policy:
    """What people are told who chose nothing, and what nobody may change."""
    found = await door.desk.read(lambda tx: preferences.policy(tx, actor))
    return present_notices.policy(found, door.outlets.channels)


@put("/admin/notices")
async def set_policy(data: JSONBody[wire_notices.SetPolicy], actor: Asker, door: AtDoor) -> wire_notices.Policy:
    """Decide it."""

    def work(tx: Transaction) -> wire_notices.Policy:
        decided = present_notices.decided(data, preferences.policy(tx, actor))
        preferences.set_policy(tx, actor, decided)
        return present_notices.policy(decided, door.outlets.channels)

    return await door.desk.write(work)


@get("/admin/mails")
async def kept_mails(actor: Asker, door: AtDoor) -> wire_notices.KeptMails:
    """Mails that came in and that nothing could be done with, the newest first."""
    found = await door.desk.read(lambda tx: preferences.kept_mails(tx, actor))
    return wire_notices.KeptMails([present_notices.kept_mail(one) for one in found])


@get("/admin/mails/{mail_id:str}/content", include_in_schema=False)
async def content(mail_id: wire.Id, actor: Asker, door: AtDoor) -> Response[bytes]:
    """The mail as it came, to look at in a mail program."""
    found = await door.desk.write(lambda tx: preferences.view_mail(tx, actor, mail_id=mail_id))
    name = {"Content-Disposition": f'attachment; filename="{found.id}.eml"'}
    return Response(found.content, media_type="application/octet-stream", headers=name)


@delete("/admin/mails/{mail_id:str}")
async def drop(mail_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Keep a mail no longer."""
    await door.desk.write(lambda tx: preferences.drop_mail(tx, actor, mail_id=mail_id))


handlers = [policy, set_policy, kept_mails, content, drop]
