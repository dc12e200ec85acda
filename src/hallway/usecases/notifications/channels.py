"""What use-cases know of a channel: what it is called, what holds until somebody chooses, and where it reaches people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import UserId
from hallway.domain.notifications import Channel, Delay, When
from hallway.domain.people import User
from hallway.usecases.notifications.records import Browser
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Target:
    """Where a notification goes on a channel.

    `key` tells a person's targets on the channel apart, in at most 36 characters; a channel that has but one leaves it
    empty. `browser` is the browser that takes a push.
    """

    key: str = ""
    browser: Browser | None = None


Targets = Callable[[Transaction, Sequence[User], datetime], Mapping[UserId, Sequence[Target]]]
"""Finds where each of several people can be reached, with as many statements for many people as for one."""


class DeclaredChannel(Protocol):
    """A channel, as it declares itself."""

    @property
    def name(self) -> Channel: ...  # noqa: D102 - what the name cannot say stands in ChannelDeclaration
    @property
    def default(self) -> When: ...  # noqa: D102 - as above
    @property
    def delay(self) -> Delay: ...  # noqa: D102 - as above
    @property
    def targets(self) -> Targets: ...  # noqa: D102 - as above
    @property
    def labels(self) -> Mapping[str, str]: ...  # noqa: D102 - as above
    @property
    def gathers(self) -> bool: ...  # noqa: D102 - as above


Channels = Mapping[Channel, DeclaredChannel]
"""The channels that an operator set up, by name."""


def channel_of(target_id: str) -> Channel:
    """Return the channel of a target."""
    return Channel(target_id.partition("/")[0])


def target_id(channel: Channel, target: Target) -> str:
    """Return the id of a target among all channels: the channel, and the target's key where it has one."""
    return f"{channel}/{target.key}" if target.key else channel
