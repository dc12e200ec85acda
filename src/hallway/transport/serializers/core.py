"""What the use-cases answer, in the words of the wire."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from hallway.domain.acquaintances import SharedCourse
from hallway.domain.conversations import FOREVER, Member, Standing, mute_lasts
from hallway.domain.courses import Question
from hallway.domain.ids import CourseId, UserId
from hallway.domain.messages import Message, Version
from hallway.domain.office import Office, expected_reply, is_open
from hallway.domain.previews import Preview
from hallway.domain.scopes import EVERY_SCOPE, Scope
from hallway.domain.verdicts import EXPLANATIONS
from hallway.domain.zones import zone_named
from hallway.transport.cursors import to_cursor
from hallway.transport.serializers.files import attachment
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import cards as wire_cards
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import courses as wire_courses
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import me as wire_me
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import people as wire_people
from hallway.usecases.access import sessions
from hallway.usecases.access.access_notices import NoticeLine
from hallway.usecases.access.records import Session
from hallway.usecases.learning import courses
from hallway.usecases.messaging import conversations
from hallway.usecases.messaging.records import ChatRow, Participant
from hallway.usecases.messaging.sending import Posted
from hallway.usecases.people import acquaintances, directory, me
from hallway.usecases.people.cards import Card

GONE = "…"
"""The title of a course that is no longer there."""

Titles = Mapping[CourseId, str]


def person(card: Card) -> wire_cards.PersonCard:
    """Serialize a person's card."""
    user = card.user
    return wire_cards.PersonCard(
        id=user.id,
        name=user.name,
        role=user.role.value,
        state=user.state.value,
        title=user.title,
        department=card.department,
        photo=user.photo,
    )


def page_of_people(found: directory.People) -> wire_people.People:
    """Serialize a page of people."""
    return wire_people.People([person(card) for card in found.people], to_cursor(found.next))


def message(one: Message, title: str | None) -> wire_messages.Message:
    """Serialize a message; `title` names the course that it asks about."""
    return wire_messages.Message(
        conversation_id=one.conversation_id,
        seq=one.seq,
        rev=one.rev,
        sender_id=one.sender_id,
        key=one.key,
        body=one.body,
        sent_at=one.sent_at,
        course=None if one.course_id is None else wire_cards.CourseRef(one.course_id, title or GONE),
        deleted_at=one.deleted_at,
        reply_to=one.reply_to,
        edited_at=one.edited_at,
        reactions=[wire_messages.Reaction(each.emoji, each.count, list(each.people)) for each in one.reactions],
        files=[attachment(each) for each in one.files],
        preview=None if one.preview is None else _preview(one.preview),
    )


def _preview(one: Preview) -> wire_messages.Preview:
    return wire_messages.Preview(one.url, one.title, one.description, one.site)


def posted(one: Posted) -> wire_messages.Message:
    """Serialize a message that was just stored."""
    return message(one.message, one.course_title)


def _message(one: Message, titles: Titles) -> wire_messages.Message:
    return message(one, titles.get(one.course_id) if one.course_id else None)


def row(line: conversations.ChatListItem, reader: UserId, now: datetime) -> wire_conversations.Row:
    """Serialize a row of the reader's list, as of this moment."""
    chat = line.row.conversation
    mine, end = chat.members[reader], line.row.muted_until
    return wire_conversations.Row(
        conversation_id=chat.id,
        **shown(line.row),
        question=None if chat.question is None else _question(chat.question, line.row),
        last_message=None if line.row.last_message is None else _message(line.row.last_message, line.titles),
        unread=mine.unread,
        place=mine.place,
        rev=chat.rev,
        own_rev=mine.own_rev,
        last_seq=chat.last_seq,
        read_seq=mine.read_seq,
        muted=mute_lasts(end, now),
        unread_from=mine.unread_from,
        muted_until=end if mute_lasts(end, now) and end != FOREVER else None,
        pinned=bool(mine.pinned),
        archived=mine.archived if mine.is_archived else None,
    )


class Shown(TypedDict):
    """The fields of the wire that say how a chat is shown."""

    kind: wire_fields.Kind
    title: str
    picture: str | None
    members_count: int
    participants: list[wire_conversations.Participant]


def shown(row: ChatRow) -> Shown:
    """Return the fields that show a chat, the same in the list, in searches and in the chat itself."""
    return {
        "kind": row.conversation.kind.value,
        "title": row.title,
        "picture": row.picture,
        "members_count": row.members_count,
        "participants": [_participant(one, row.conversation.members[one.user.id]) for one in row.participants],
    }


def _participant(one: Participant, side: Member) -> wire_conversations.Participant:
    return wire_conversations.Participant(person(Card(one.user, one.department)), side.read_seq)


def _question(question: Question, row: ChatRow) -> wire_conversations.Question:
    course = wire_cards.CourseRef(question.course_id, row.course_title or GONE)
    return wire_conversations.Question(course, question.expert_id, row.is_expert)


def rows(found: conversations.Chats, reader: UserId, now: datetime) -> wire_conversations.Rows:
    """Serialize a page of the reader's list."""
    return wire_conversations.Rows(
        [row(line, reader, now) for line in found.lines], to_cursor(found.next), found.unread_chats, found.waiting_chats
    )


def standing(now: Standing, line: conversations.ChatListItem) -> wire_conversations.Standing:
    """Serialize a standing, with its reason in words."""
    question = line.row.conversation.question
    course = None if question is None else wire_cards.CourseRef(question.course_id, line.row.course_title or GONE)
    if now.reason is None:
        return wire_conversations.Standing(
            is_open=True, reason=None, because=None, rule=None, remedy=None, course=course
        )
    explained = EXPLANATIONS[now.reason]
    return wire_conversations.Standing(
        is_open=False,
        reason=now.reason.value,
        because=explained.because,
        rule=explained.rule,
        remedy=explained.remedy,
        course=course,
    )


def history(found: conversations.History) -> wire_messages.History:
    """Serialize a page of messages."""
    messages = [_message(one, found.titles) for one in found.messages]
    quoted = [_message(one, found.titles) for one in found.quoted]
    return wire_messages.History(messages, found.older, found.newer, quoted)


def versions(found: Sequence[Version]) -> wire_messages.Versions:
    """Serialize what a message said before."""
    return wire_messages.Versions([wire_messages.Version(one.body, one.written_at) for one in found])


def opened(found: conversations.Opened, reader: UserId, now: datetime) -> wire_conversations.Opened:
    """Serialize an opened chat, as of this moment."""
    about = None
    if found.about is not None:
        about = wire_cards.CourseRef(found.about, found.history.titles.get(found.about, GONE))
    hours = None if found.office is None else _office(found.office, found.line.row.participants[0].user.time_zone, now)
    return wire_conversations.Opened(
        row=row(found.line, reader, now),
        standing=standing(found.standing, found.line),
        history=history(found.history),
        about=about,
        office=hours,
        starred=list(found.starred),
    )


def _office(one: Office, time_zone: str, now: datetime) -> wire_people.OfficeHours:
    zone = zone_named(time_zone)
    return wire_people.OfficeHours(
        days=sorted(one.days),
        opens=one.opens.isoformat("minutes"),
        closes=one.closes.isoformat("minutes"),
        time_zone=zone.key,
        is_open=is_open(one, zone, now),
        reply_hours=one.reply_hours,
        reply_by=expected_reply(one, zone, now),
    )


def details(found: acquaintances.Details, now: datetime) -> wire_people.PersonDetails:
    """Serialize what the reader may know of a person, as of this moment."""
    courses = [_shared_course(one, found) for one in found.shared]
    hours = None if found.office is None else _office(found.office, found.card.user.time_zone, now)
    return wire_people.PersonDetails(person(found.card), courses, hours, found.since)


def _shared_course(one: SharedCourse, found: acquaintances.Details) -> wire_people.SharedCourse:
    course = wire_cards.CourseRef(one.course_id, found.titles.get(one.course_id, GONE))
    return wire_people.SharedCourse(course, one.part.value, found.expert_since.get(one.course_id))


def missed(found: conversations.Missed, reader: UserId, now: datetime) -> wire_conversations.Changes:
    """Serialize what happened since a revision, as of this moment."""
    marks = found.changes.hidden.items()
    return wire_conversations.Changes(
        row=row(found.line, reader, now),
        standing=standing(found.standing, found.line),
        messages=[_message(one, found.titles) for one in found.changes.messages],
        hidden=sorted(seq for seq, is_hidden in marks if is_hidden),
        restored=sorted(seq for seq, is_hidden in marks if not is_hidden),
        cleared_seq=found.cleared_seq,
        truncated=found.is_truncated,
        quoted=[_message(one, found.titles) for one in found.quoted],
        starred=None if found.starred is None else list(found.starred),
    )


def course_summary(found: courses.Summary) -> wire_courses.CourseSummary:
    """Serialize a row of My courses."""
    course = found.course
    experts = [person(card) for card in found.experts]
    return wire_courses.CourseSummary(
        id=course.id,
        title=course.title,
        description=course.description,
        lesson_count=len(course.lessons),
        experts=experts,
        is_expert=found.is_expert,
    )


def course_page(found: courses.Page) -> wire_courses.CoursePage:
    """Serialize the course page."""
    course = found.course
    experts = [wire_courses.Expert(person(one.card), one.may_write) for one in found.experts]
    return wire_courses.CoursePage(
        id=course.id,
        title=course.title,
        description=course.description,
        lessons=list(course.lessons),
        experts=experts,
        is_enrolled=found.is_enrolled,
        is_expert=found.is_expert,
    )


def myself(found: me.Me, session: Session, server_time: datetime) -> wire_me.Me:
    """Serialize the signed-in person, with the CSRF token that their changes must carry."""
    user, account = found.card.user, found.account
    return wire_me.Me(
        person=person(found.card),
        email=user.email,
        login=user.login,
        locale=user.locale,
        time_zone=user.time_zone,
        academy=wire_me.Academy(
            id=account.id,
            name=account.name,
            messaging_on=account.messaging_on,
            mode=account.mode.value,
            delete_for_everyone_seconds=account.delete_for_everyone // timedelta(seconds=1),
            typing_on=account.typing_on,
            largest_file=account.largest_file,
        ),
        can=wire_me.Can(found.may_start_chats, found.may_enter_portal, found.may_manage_account),
        is_expert=found.is_expert,
        is_learning=found.is_learning,
        unread_chats=found.unread_chats,
        mail_bounced=found.bounce is not None,
        access_notices=[_access_notice(one) for one in found.access_notices],
        office=None if found.office is None else _office(found.office, user.time_zone, server_time),
        csrf=session.csrf,
        server_time=server_time,
    )


def _access_notice(line: NoticeLine) -> wire_me.AccessNotice:
    return wire_me.AccessNotice(line.notice.id, line.notice.deed.value, line.by, line.notice.at)


def token(session: Session, secret: str | None = None) -> wire_access_tokens.Token:
    """Serialize a personal access token, with its secret only when it was just made."""
    may = EVERY_SCOPE if session.scopes is None else session.scopes
    scopes: list[wire_fields.Scope] = [one.value for one in Scope if one in may]
    return wire_access_tokens.Token(
        id=session.id,
        name=session.name,
        created_at=session.created_at,
        expires_at=session.expires_at,
        scopes=scopes,
        secret=secret,
    )


def issued_token(issued: sessions.Issued) -> wire_access_tokens.Token:
    """Serialize a token that was just made, with its secret."""
    return token(issued.session, issued.secret)
