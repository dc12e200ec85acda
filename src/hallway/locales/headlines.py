"""Subject, headline and words of a notification, on every channel."""

from hallway.domain.messages import Message
from hallway.formatting.writing import plain
from hallway.locales import Locale
from hallway.usecases.notifications.compose import Chat, Notification


def subject(notification: Notification, say: Locale) -> str:
    """Summarise the notification in a line."""
    if notification.hides_text:
        return say("hidden")
    if len(notification.chats) > 1:
        return say("unread-chats", count=len(notification.chats))
    return headline(notification.chats[0], say)


def headline(chat: Chat, say: Locale) -> str:
    """Say who wrote, and about which course they ask."""
    if chat.course_title:
        return say("question-from", sender=chat.sender.name, course=chat.course_title)
    return say("message-from", sender=chat.sender.name)


def said(message: Message, say: Locale, *, with_addresses: bool = False) -> str:
    """Return a message's words without marks, and the names of its files: they are looked at in the chat, never sent along.

    `with_addresses` says where links lead, for those who can't press them.
    """
    words = plain(message.body, with_addresses=with_addresses)
    return "\n".join(filter(None, [words, attached(message, say)]))


def attached(message: Message, say: Locale) -> str:
    """Return the names of a message's files; empty for none."""
    if not message.files:
        return ""
    return say("files", count=len(message.files), names=", ".join(one.name for one in message.files))
