"""Notifications, return mails and security mails, handed to the operator's mail server."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hallway.domain.ids import UserId
from hallway.domain.notifications import EMAIL, When
from hallway.domain.people import User
from hallway.notifications.declaration import ChannelDeclaration, labels_in
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.usecases.notifications import bounces
from hallway.usecases.notifications.channels import Target
from hallway.usecases.notifications.compose import NotificationChannel
from hallway.usecases.transaction import Transaction


def _targets(tx: Transaction, users: Sequence[User], _: datetime) -> Mapping[UserId, Sequence[Target]]:
    """Return a target for everybody with an address from which nothing has bounced."""
    if not users:
        return {}
    bounced = bounces.standing(tx, users[0].account_id, users)
    return {one.id: [Target()] for one in users if one.email and one.id not in bounced}


def _connect(settings: Settings, store: AsyncStore) -> NotificationChannel | None:
    if not settings.smtp:
        return None
    from hallway.integrations.mail.addresses import Addresses  # noqa: PLC0415 - takes long to load
    from hallway.notifications.channels.email.smtp import EmailChannel, Relay  # noqa: PLC0415 - as above

    addresses = Addresses(settings.mail_from, settings.mail_replies if settings.mail_in else "")
    return EmailChannel(Relay(settings.smtp), addresses, settings.address, store.clock.now)


DECLARATION = ChannelDeclaration(
    name=EMAIL,
    labels=labels_in(Path(__file__).parent),
    default=When.NOW,
    delay=lambda policy: timedelta(minutes=policy.mail_after),
    targets=_targets,
    connect=_connect,
)
