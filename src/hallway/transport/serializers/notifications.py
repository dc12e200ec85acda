"""What people who are away are told, in the words of the wire, and back."""

from datetime import time

from hallway.domain.notifications import Channel, NotificationKind, Policy, When, Wishes, choice, chosen, hides_text
from hallway.domain.office import Office
from hallway.transport.wire import notifications as wire_notifications
from hallway.usecases.access.records import Session
from hallway.usecases.notifications.channels import Channels, DeclaredChannel
from hallway.usecases.notifications.preferences import Mine
from hallway.usecases.notifications.records import Browser, KeptMail, NotificationPreferences

_UNGATHERED = frozenset({When.NOW, When.NEVER})
"""The choices of a channel that does not gather."""


def mine(found: Mine, channels: Channels, session: Session, push_key: str | None) -> wire_notifications.Notices:
    """Serialize somebody's choices, for the channels that are set up."""
    wishes = found.preferences.wishes
    return wire_notifications.Notices(
        channels=list(channels),
        choices=_choices(found.policy, wishes, channels),
        quiet_from=_clock(wishes.quiet_from),
        quiet_until=_clock(wishes.quiet_until),
        days_off=sorted(wishes.days_off),
        digest_at=wishes.digest_at.isoformat("minutes"),
        mails_ended=wishes.mails_ended,
        hides_text=hides_text(found.policy, wishes),
        hides_text_locked=found.policy.hides_text,
        office=office(found.preferences.office),
        is_expert=found.is_expert,
        email=found.user.email,
        bounce=found.bounce and wire_notifications.Bounce(found.bounce.email, found.bounce.at, found.bounce.reason),
        browsers=[_browser(one, session) for one in found.browsers],
        push_key=push_key,
        declared=[_channel(one) for one in channels.values()],
    )


def _channel(one: DeclaredChannel) -> wire_notifications.Channel:
    whens: list[wire_notifications.WhenName] = [when.value for when in When if one.gathers or when in _UNGATHERED]
    return wire_notifications.Channel(one.name, dict(one.labels), whens)


def _choices(policy: Policy, wishes: Wishes, channels: Channels) -> list[wire_notifications.Choice]:
    return [
        wire_notifications.Choice(
            name,
            kind.value,
            chosen(policy, wishes, name, kind, default=channel.default).value,
            choice(name, kind) in policy.locked,
        )
        for name, channel in channels.items()
        for kind in NotificationKind
    ]


def _browser(one: Browser, session: Session) -> wire_notifications.Browser:
    return wire_notifications.Browser(one.id, one.name, one.created_at, one.session_id == session.id)


def office(kept: Office | None) -> wire_notifications.Office | None:
    """Serialize office hours."""
    if kept is None:
        return None
    opens, closes = kept.opens.isoformat("minutes"), kept.closes.isoformat("minutes")
    return wire_notifications.Office(sorted(kept.days), opens, closes, kept.reply_hours)


def _clock(at: time | None) -> str | None:
    return None if at is None else at.isoformat("minutes")


def wished(data: wire_notifications.ChooseNotices) -> NotificationPreferences:
    """Read the preferences that somebody sends."""
    named = {choice(Channel(one.channel), NotificationKind(one.kind)): When(one.when) for one in data.choices}
    wishes = Wishes(
        choices=named,
        quiet_from=None if data.quiet_from is None else time.fromisoformat(data.quiet_from),
        quiet_until=None if data.quiet_until is None else time.fromisoformat(data.quiet_until),
        days_off=frozenset(data.days_off),
        digest_at=time.fromisoformat(data.digest_at),
        hides_text=data.hides_text,
        mails_ended=data.mails_ended,
    )
    if data.office is None:
        return NotificationPreferences(wishes)
    opens, closes = time.fromisoformat(data.office.opens), time.fromisoformat(data.office.closes)
    return NotificationPreferences(wishes, Office(frozenset(data.office.days), opens, closes, data.office.reply_hours))


def policy(found: Policy, channels: Channels) -> wire_notifications.Policy:
    """Serialize the account's decisions on notifications."""
    return wire_notifications.Policy(
        channels=list(channels),
        choices=_choices(found, Wishes(), channels),
        hides_text=found.hides_text,
        mail_after_minutes=found.mail_after,
        mail_colour=found.mail_colour,
        declared=[_channel(one) for one in channels.values()],
    )


def decided(data: wire_notifications.SetPolicy, present: Policy) -> Policy:
    """Read the account's new policy, keeping its decisions about channels that are not set up now."""
    named = {choice(Channel(one.channel), NotificationKind(one.kind)): one for one in data.choices}
    choices = {**present.choices, **{name: When(one.when) for name, one in named.items()}}
    locked = frozenset(name for name, one in named.items() if one.locked) | (present.locked - named.keys())
    return Policy(
        choices=choices,
        locked=locked,
        hides_text=data.hides_text,
        mail_after=data.mail_after_minutes,
        mail_colour=data.mail_colour,
    )


def kept_mail(one: KeptMail) -> wire_notifications.KeptMail:
    """Serialize a mail that was kept aside."""
    return wire_notifications.KeptMail(
        id=one.id, at=one.at, sender=one.sender, subject=one.subject, reason=one.reason, bytes=len(one.content)
    )
