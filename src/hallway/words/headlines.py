"""What a letter says first, whichever way it goes."""

from hallway.usecases.notifications.compose import Chat, Letter
from hallway.words import Words


def subject(letter: Letter, say: Words) -> str:
    """The whole letter in a line."""
    if letter.hides_text:
        return say("hidden")
    if len(letter.chats) > 1:
        return say("unread-chats", count=len(letter.chats))
    return headline(letter.chats[0], say)


def headline(chat: Chat, say: Words) -> str:
    """Who wrote, and about which course they ask."""
    if chat.course_title:
        return say("question-from", sender=chat.sender.name, course=chat.course_title)
    return say("message-from", sender=chat.sender.name)
