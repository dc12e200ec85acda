"""An academy to which mails come in: the real inbound mail, worker and stores, in the test's own process."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from tempfile import mkdtemp

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.domain.accounts import Account, Mode
from hallway.domain.ids import ConversationId
from hallway.domain.people import Role, User
from hallway.integrations.mail.reading import read_apart
from hallway.notifications.inbound import InboundMail
from hallway.settings import Settings
from hallway.storage.blobs import open_blobs
from hallway.storage.writer import Writer
from hallway.transport.async_store import AsyncStore
from hallway.transport.attachments import Attachments, new_attachments
from hallway.transport.jobs import Handler, Worker
from hallway.transport.rate_limit import MessageRates
from hallway.usecases.access.signing import signed
from hallway.usecases.accounts import keys
from hallway.usecases.files import checking
from hallway.usecases.files.checking import Reason
from hallway.usecases.files.renditions import Renditions, refusal
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.notifications import inbound
from hallway.usecases.notifications.compose import DeliveryStatus
from hallway.usecases.notifications.inbound import Envelope
from hallway.usecases.notifications.mail_replies import Incoming, Returned
from hallway.usecases.notifications.records import ReplyAddress
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import HERE, change, person, talk

SECRET = "the key of mails"
MAYA, PRIYA = person("maya"), person("priya")
PATIENCE = 60
QUICK = Work(inbound.WORK.kind, timedelta(seconds=30), Retry(first_pause=timedelta(milliseconds=1), most_tries=3))

ASYNC_STORES: list[AsyncStore] = []
"""Those that a test made; `opened` closes them."""

Read = Callable[[bytes, Envelope], Awaitable[Incoming]]


async def read_here(content: bytes, envelope: Envelope) -> Incoming:
    """As the sandbox does, without one."""
    return await asyncio.to_thread(read_apart, content, envelope.sender, envelope.recipients, "")


@dataclass(slots=True)
class Postbox:
    """Maya answers to Priya. `returned` are the return mails that went."""

    store: Store
    async_store: AsyncStore
    room: InboundMail
    attachments: Attachments
    chat: ConversationId
    token: str
    returned: list[Returned] = field(default_factory=list[Returned])

    async def bring(
        self, text: str | bytes = "Yes.", *, number: int = 1, head: str = "", sender: str = "maya@x.example"
    ) -> bool:
        """A mail with these headers and this text, as a mail server brings it."""
        body = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        whose = "" if "From:" in head else f"From: <{sender}>\n"
        named = f"{whose}Message-ID: <{number}@x.example>\n{head}"
        subject = "" if "Subject:" in head else "Subject: Re: Message from Priya\n"
        content = (
            named + subject + ("" if "Content-Type:" in head else "Content-Type: text/plain; charset=utf-8\n")
        ).encode()
        return await self.room.accept(
            (content + b"\n" + body).replace(b"\n", b"\r\n"), sender, [f"reply+{self.token}@in.example"]
        )

    def bodies(self) -> Sequence[str]:
        """What the chat says."""
        page = self.store.read(lambda tx: tx.messages.page(HERE, self.chat, PRIYA, after=0, before=None, limit=100))
        return [one.body for one in page]

    def kept(self) -> Sequence[str]:
        """Why mails were kept aside, the newest first."""
        return [one.reason for one in self.store.read(lambda tx: tx.mails.kept(HERE, 99))]

    async def until_worked_on(self) -> None:
        """Wait until no mail waits."""
        async with asyncio.timeout(PATIENCE):
            while any(one.waiting for one in await self.async_store.read(lambda tx: tx.jobs.counts(HERE))):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


def furnish(tx: Transaction) -> None:
    """Two people of an open academy, and its key."""
    tx.accounts.save(Account(id=HERE, name="Here", mode=Mode.OPEN))
    tx.people.add([
        User(account_id=HERE, id=MAYA, name="Maya", email="maya@x.example", login="maya", role=Role.LEARNER),
        User(account_id=HERE, id=PRIYA, name="Priya", email="priya@x.example", login="priya", role=Role.AUTHOR),
    ])  # fmt: skip
    tx.settings.set_secret(HERE, keys.MAIL, SECRET)


def postbox(store: Store, *, read: Read = read_here, clock: Clock | None = None) -> Postbox:
    """Over a store, furnished the first time."""
    if store.read(lambda tx: tx.accounts.default()) is None:
        change(store, furnish)
        chat = talk(store, PRIYA, MAYA, ["When do you come?"]).id
        address = ReplyAddress(
            account_id=HERE, id="00112233445566aa", user_id=MAYA, conversation_id=chat, made_at=SystemClock().now()
        )
        change(store, lambda tx: tx.mails.add_addresses([address]))
    async_store = AsyncStore(
        store,
        Writer(store, lambda _: None),
        clock=clock or SystemClock(),
        ids=RandomIds(),
        passwords=Argon2Passwords(64),
    )
    ASYNC_STORES.append(async_store)
    returned: list[Returned] = []

    async def send_back(one: Returned, mail: Incoming, conversation_id: ConversationId) -> DeliveryStatus:
        del mail, conversation_id
        returned.append(one)
        return DeliveryStatus.DELIVERED

    chat_id = ConversationId(store.read(lambda tx: tx.mails.address(HERE, "00112233445566aa")).conversation_id)  # type: ignore[union-attr]
    attachments = new_attachments(
        Settings(),
        async_store,
        blobs=open_blobs("", mkdtemp(prefix="hallway-files-")),
        draw=_draw_nothing,
        scanner=None,
    )
    room = InboundMail(async_store, MessageRates(100_000), read=read, send_back=send_back, attach=attachments.attach)
    token = signed(SECRET, "reply", "00112233445566aa")
    return Postbox(store, async_store, room, attachments, chat_id, token, returned)


async def _draw_nothing(content: bytes, requester: str) -> Renditions:
    del content, requester
    raise refusal(Reason.PICTURE)


@asynccontextmanager
async def working(box: Postbox) -> AsyncGenerator[None]:
    """The worker at work on what comes in."""
    checks = box.attachments.checks
    worker = Worker(box.async_store, [Handler(QUICK, box.room.work_on), checks.handler])
    box.room.wake = lambda: worker.wake(QUICK.kind)
    checks.wake = lambda: worker.wake(checking.WORK.kind)
    task = asyncio.create_task(worker.work())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
