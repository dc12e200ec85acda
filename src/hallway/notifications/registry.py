"""The channels that there are, found by their folders, and those of them that an operator has set up."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping

from hallway.domain.notifications import Channel, Policy, When
from hallway.locales import LANGUAGES
from hallway.notifications import channels
from hallway.notifications.channels.web_push import LazyWebPush
from hallway.notifications.declaration import ChannelDeclaration
from hallway.settings import BadSettings, Settings
from hallway.transport.app_context import AvailableChannels
from hallway.transport.async_store import AsyncStore
from hallway.usecases.notifications.compose import NotificationChannel

_NAME = re.compile(r"[a-z]{1,11}")
"""With a key of 36 characters behind it a name fits the store's column."""


class BadDeclaration(Exception):  # noqa: N818 - says what is the matter
    """A folder in `channels/` does not declare a channel; the text says which, and why."""


def declared() -> Mapping[Channel, ChannelDeclaration]:
    """Return every channel that has a folder, whether or not it is set up. Raises BadDeclaration.

    They come in the order in which people read them: first those that are on by default, and among these the quickest
    first.
    """
    found: dict[Channel, ChannelDeclaration] = {}
    for one in sorted(_declarations(), key=_order):
        if one.name in found:
            message = f"Two channels are called {one.name!r}."
            raise BadDeclaration(message)
        found[one.name] = one
    return found


def _declarations() -> Iterator[ChannelDeclaration]:
    for module in pkgutil.iter_modules(channels.__path__, f"{channels.__name__}."):
        found = getattr(importlib.import_module(module.name), "DECLARATION", None)
        if not isinstance(found, ChannelDeclaration):
            message = f"{module.name} has no DECLARATION of a channel."
            raise BadDeclaration(message)
        if not _NAME.fullmatch(found.name):
            message = f"{module.name}: a channel's name is up to eleven small letters, not {found.name!r}."
            raise BadDeclaration(message)
        if missing := set(LANGUAGES) - set(found.labels):
            message = f"{module.name} lacks a label in {', '.join(sorted(missing))}."
            raise BadDeclaration(message)
        yield found


def _order(one: ChannelDeclaration) -> tuple[bool, float, str]:
    return one.default is When.NEVER, one.delay(Policy()).total_seconds(), one.name


def connected(settings: Settings, store: AsyncStore) -> Mapping[Channel, NotificationChannel]:
    """Connect each channel that the operator has set up. Raises BadSettings."""
    there = declared()
    _require_known(settings, there)
    tried = {name: one.connect(settings, store) for name, one in there.items()}
    return {name: one for name, one in tried.items() if one is not None}


def _require_known(settings: Settings, there: Mapping[Channel, ChannelDeclaration]) -> None:
    """Raise BadSettings for a part of the setting `channels` that no channel takes."""
    for name, given in settings.channels.items():
        channel = there.get(Channel(name))
        unknown = [name] if channel is None else [f"{name}.{one}" for one in sorted(set(given) - channel.settings)]
        if unknown:
            message = f"Settings: no channel takes channels.{unknown[0]}."
            raise BadSettings(message)


def available_channels(settings: Settings, there: Mapping[Channel, NotificationChannel]) -> AvailableChannels:
    """Return what handlers need to know of the channels that are set up."""
    known = declared()
    push_key = next((one.public_key for one in there.values() if isinstance(one, LazyWebPush)), None)
    return AvailableChannels(
        {name: known[name] for name in there}, frozenset(known), settings.push_services.split(), push_key
    )
