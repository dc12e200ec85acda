"""Subject and headline of a notification, on every channel."""

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
