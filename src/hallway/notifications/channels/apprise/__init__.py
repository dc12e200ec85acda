"""Whatever else an operator has, through Apprise: Slack, Teams, Telegram, SMS … by the one address in `HALLWAY_MESSENGER`."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hallway.domain.ids import UserId
from hallway.domain.notifications import Channel, When
from hallway.domain.people import User
from hallway.notifications.declaration import ChannelDeclaration, labels_in
from hallway.settings import BadSettings, Settings
from hallway.transport.async_store import AsyncStore
from hallway.usecases.notifications.channels import Target
from hallway.usecases.notifications.compose import NotificationChannel
from hallway.usecases.transaction import Transaction


def _targets(_: Transaction, users: Sequence[User], __: datetime) -> Mapping[UserId, Sequence[Target]]:
    """Return a target for everybody: the operator's address is filled in with what each person has anyway."""
    return {one.id: [Target()] for one in users}


def _connect(settings: Settings, _: AsyncStore) -> NotificationChannel | None:
    if not settings.messenger:
        return None
    from hallway.notifications.channels.apprise.delivery import (  # noqa: PLC0415 - takes long to load
        AppriseChannel,
        is_address,
    )

    if not is_address(settings.messenger):
        message = "Settings: HALLWAY_MESSENGER isn't an address that Apprise supports."
        raise BadSettings(message)
    return AppriseChannel(settings.messenger, settings.address)


DECLARATION = ChannelDeclaration(
    name=Channel("messenger"),
    labels=labels_in(Path(__file__).parent),
    default=When.NEVER,
    delay=lambda _: timedelta(minutes=1),
    targets=_targets,
    connect=_connect,
)
