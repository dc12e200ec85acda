"""Notifications and mails, put together."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from hallway.domain.notifications import Channel
from hallway.integrations.sandbox import Sandbox
from hallway.notifications import security_mails
from hallway.notifications.mails import MailSource, inbound_mail, mail_source, security_mail_sender
from hallway.notifications.worker import NotificationWorker
from hallway.settings import Settings
from hallway.transport import metrics
from hallway.transport.app_context import AppContext
from hallway.transport.jobs import Handler, Wake
from hallway.transport.process import Component
from hallway.usecases.notifications import inbound
from hallway.usecases.notifications.compose import NotificationChannel


def notifications_component(context: AppContext, channels: Mapping[Channel, NotificationChannel]) -> Component:
    """Notify people who are away, on the channels that are set up."""
    worker = NotificationWorker(context.store, context.channels.declared, channels)
    return Component(
        local=[worker.hear],
        works=[worker.work],
        sources=[lambda: metrics.of_notifications(worker.delivered, worker.failed)],
    )


def security_mails_component(settings: Settings, context: AppContext, wake: Wake) -> Component:
    """Mail people about their own account."""
    store = context.store
    return Component(
        handlers=[
            security_mails.handler(store, security_mail_sender(settings, store)),
            security_mails.forgotten_handler(store, wake),
        ]
    )


def inbound_mail_component(settings: Settings, context: AppContext, wake: Wake, *, is_first: bool) -> Component:
    """Take in answers by mail, where an operator has set that up; of several processes the first one takes them."""
    sandbox = Sandbox(processes=1)  # of its own, so that no mail waits behind somebody's large file
    mails = inbound_mail(settings, context.store, context.sends, sandbox, context.attachments.attach)
    if mails is None:
        return Component()
    mails.wake = partial(wake, inbound.WORK.kind)
    source = mail_source(settings, mails.accept) if is_first else None
    return Component(handlers=[Handler(inbound.WORK, mails.work_on)], lifespans=[partial(_open, source, sandbox)])


@asynccontextmanager
async def _open(source: MailSource | None, sandbox: Sandbox) -> AsyncGenerator[None]:
    """Let mails come in; at the end, stop that before anything else."""
    async with AsyncExitStack() as stack:
        stack.callback(sandbox.close)
        if source is not None:
            await source.open()
            stack.push_async_callback(source.close)
        yield
