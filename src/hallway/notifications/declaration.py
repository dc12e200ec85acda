"""What a channel's folder declares of itself: all that the rest of Hallway knows of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hallway.domain.notifications import Channel, Delay, When
from hallway.locales import LANGUAGES, Locale
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.usecases.notifications.channels import Targets
from hallway.usecases.notifications.compose import NotificationChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDeclaration:
    """A channel, as its folder declares it (`usecases.notifications.channels.DeclaredChannel`).

    `name` stands in the store, on the wire and in the metrics: up to eleven small letters, never to be changed. `labels`
    are what people read for it, by language. `default` is in force until the account or the person chooses. `delay` is
    how long a message may be found and read in Hallway before this channel tells of it right away. `targets` finds where
    people can be reached. `connect` makes what delivers, or None where the operator has not set the channel up; it raises
    BadSettings, and alone loads libraries that take a while. `gathers` says whether people may choose to be told by the
    hour or day. `settings` are the names that the channel takes from its part of the setting `channels`.
    """

    name: Channel
    labels: Mapping[str, str]
    default: When
    delay: Delay
    targets: Targets
    connect: Callable[[Settings, AsyncStore], NotificationChannel | None]
    gathers: bool = True
    settings: frozenset[str] = frozenset()


def labels_in(folder: Path) -> Mapping[str, str]:
    """Return the text `label` of the catalogues in a channel's folder, by language. Raises OSError or LookupError where one lacks."""
    return {language: Locale(language, folder)("label") for language in LANGUAGES}
