"""Send later: schedule a message, look at what waits, change it, cancel it, or send it now (rules §18)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hallway.domain import permissions
from hallway.domain.conversations import FOREVER
from hallway.domain.events import ScheduledChanged
from hallway.domain.files import Attachment, FileState
from hallway.domain.ids import ConversationId, ScheduledId
from hallway.domain.scheduling import (
    MOST_IN_CHAT,
    MOST_SCHEDULED,
    LocalTime,
    ScheduledMessage,
    is_in_reach,
    moment_of,
)
from hallway.domain.verdicts import Denial, Refused, require
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem
from hallway.usecases.files.attaching import Attaching
from hallway.usecases.files.uploads import UNSENT_FOR
from hallway.usecases.messaging.messages import check_body, send_all
from hallway.usecases.messaging.participants import my_account, my_conversation, require_seen
from hallway.usecases.messaging.sending import Posted, Send
from hallway.usecases.people.cards import titles
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

NOUN = "scheduled message"
When = datetime | LocalTime
"""A moment, or what somebody's clock will show."""


@dataclass(frozen=True, slots=True)
class ScheduledItem:
    """A scheduled message as its sender sees it: with what its chat is called, its files, and the title of its course."""

    message: ScheduledMessage
    title: str
    files: Sequence[Attachment]
    course_title: str | None


def schedule(tx: Transaction, command: Send, at: When, *, clock: Clock, ids: Ids) -> ScheduledItem:
    """Keep a message for its time. The same key again gives the same scheduled message. What the rules say is asked at its time alone; here, whom it
    goes to must be a chat of the actor's, or a person to whom they may write first.

    Raises NotFound, Refused, Invalid, and Conflict for one too many, and for a key that is taken.
    """
    actor = command.actor
    mine = tx.scheduled.of(actor.account_id, actor.user_id)
    earlier = next((one for one in mine if one.key == command.key), None)
    if earlier is not None:
        return _again(tx, actor, earlier, command)
    due_at, local = _time(at, clock)
    _require_address(tx, command)
    _require_content(tx, command, mine)
    _require_room(command.conversation_id, mine)
    new = ScheduledMessage(
        account_id=actor.account_id,
        id=ScheduledId(ids.new()),
        sender_id=actor.user_id,
        key=command.key,
        conversation_id=command.conversation_id,
        person_id=command.to_person,
        body=command.body,
        due_at=due_at,
        created_at=clock.now(),
        local=local,
        course_id=command.course_id,
        reply_to=command.reply_to,
        files=tuple(command.files),
    )
    tx.scheduled.add(new)
    _keep_files(tx, new, until=FOREVER)
    _announce(tx, new)
    return _item(tx, actor, new)


def _again(tx: Transaction, actor: Actor, earlier: ScheduledMessage, command: Send) -> ScheduledItem:
    """Return the message that was scheduled under the key: a retry, whose first answer was lost."""
    if (earlier.conversation_id, earlier.body) != (command.conversation_id, command.body):
        raise Conflict("key_reused", "This key was already used for a different message.")
    return _item(tx, actor, earlier)


def _time(at: When, clock: Clock) -> tuple[datetime, LocalTime | None]:
    """Return the moment, and the clock's time where one was chosen. Raises Invalid."""
    local = at if isinstance(at, LocalTime) else None
    if local is not None:
        fields.require_valid(fields.time_zone("at/zone", local.zone))
    due_at = at if isinstance(at, datetime) else moment_of(at)
    if due_at is None or not is_in_reach(due_at, clock.now()):
        raise Invalid(Problem("at", "not_ahead", "Choose a time at least a minute from now and within the next year."))
    return due_at.astimezone(UTC), local


def _require_address(tx: Transaction, command: Send) -> None:
    """Raise NotFound or Refused unless it goes to a chat of the actor's, or to a person to whom they may write first."""
    actor, person = command.actor, command.to_person
    if person is None:
        my_conversation(tx, actor, command.conversation_id)
        return
    if person == actor.user_id:
        raise Refused(Denial.YOURSELF)
    if command.conversation_id in tx.conversations.several(actor.account_id, [command.conversation_id]):
        return
    account, people = my_account(tx, actor), tx.people.facts(actor.account_id, [actor.user_id, person])
    if person not in people:
        raise Refused(Denial.NO_RELATION if account.messaging_on else Denial.MESSAGING_OFF)
    require(permissions.start(account, people[actor.user_id], people[person]))


def _require_content(tx: Transaction, command: Send, mine: Sequence[ScheduledMessage]) -> None:
    """Raise unless this could be sent now, as far as it is not about who may write to whom."""
    actor = command.actor
    if command.body or not command.files:
        check_body(command.body)
    if tx.messages.by_keys(actor.account_id, [(actor.user_id, command.key)]):
        raise Conflict("already_sent", "This message has been sent.")
    if command.reply_to is not None:
        require_seen(tx, my_conversation(tx, actor, command.conversation_id), actor.user_id, command.reply_to)
    if command.files:
        Attaching(tx, actor.account_id, command.files).judge(my_account(tx, actor), actor.user_id, command.files)
        if not set(command.files).isdisjoint(file_id for one in mine for file_id in one.files):
            raise Invalid(Problem("files", "file_not_found", "This file isn't there any more. Attach it again."))


def _require_room(conversation_id: ConversationId, mine: Sequence[ScheduledMessage]) -> None:
    in_chat = sum(1 for one in mine if one.conversation_id == conversation_id)
    if len(mine) >= MOST_SCHEDULED:
        message = f"You can schedule up to {MOST_SCHEDULED} messages. Send or cancel some first."
        raise Conflict("too_many_scheduled", message)
    if in_chat >= MOST_IN_CHAT:
        message = f"You can schedule up to {MOST_IN_CHAT} messages in a chat. Send or cancel some first."
        raise Conflict("too_many_scheduled_in_chat", message)


def scheduled(
    tx: Transaction, actor: Actor, *, conversation_id: ConversationId | None = None
) -> Sequence[ScheduledItem]:
    """Return what the actor scheduled, in all chats or in one, the first due first: what waits, and what was refused at its time."""
    mine = tx.scheduled.of(actor.account_id, actor.user_id)
    return _items(tx, actor, [one for one in mine if conversation_id in {None, one.conversation_id}])


def change(
    tx: Transaction,
    actor: Actor,
    scheduled_id: ScheduledId,
    *,
    revision: int,
    body: str | None,
    at: When | None,
    clock: Clock,
) -> ScheduledItem:
    """Give a scheduled message another text, another time, or both. One that was refused waits again once it has a new time.

    Raises NotFound for what is not there, because it was sent for example, and Conflict when it was changed meanwhile.
    """
    before = _mine(tx, actor, scheduled_id)
    if before.revision != revision:
        raise Conflict("scheduled_changed", "This message was changed meanwhile. Look at it again.")
    text = before.body if body is None else body
    if text or not before.files:
        check_body(text)
    changed = before.changed(text, None if at is None else _time(at, clock))
    tx.scheduled.save([changed])
    _announce(tx, changed)
    return _item(tx, actor, changed)


def cancel(tx: Transaction, actor: Actor, scheduled_id: ScheduledId, *, clock: Clock) -> None:
    """Send it never. Its files can be sent with another message for a while. Raises NotFound."""
    _drop(tx, _mine(tx, actor, scheduled_id), clock.now() + UNSENT_FOR)


def cancel_in_chat(tx: Transaction, actor: Actor, conversation_id: ConversationId) -> None:
    """Cancel all that the actor scheduled in a chat; its files end as if they had never been part of it."""
    for one in tx.scheduled.of(actor.account_id, actor.user_id):
        if one.conversation_id == conversation_id:
            _drop(tx, one, one.created_at + UNSENT_FOR)


def _drop(tx: Transaction, gone: ScheduledMessage, files_until: datetime) -> None:
    tx.scheduled.remove(gone.account_id, [gone.id])
    _keep_files(tx, gone, until=files_until)
    _announce(tx, gone)


def send_now(tx: Transaction, actor: Actor, scheduled_id: ScheduledId, *, clock: Clock) -> Posted:
    """Send it at once, whether it waits or was refused before. Raises as a send does; then it stays as it is."""
    message = _mine(tx, actor, scheduled_id)
    (answer,) = attempt(tx, [message], actor, clock=clock)
    if isinstance(answer, Exception):
        raise answer
    return answer


def attempt(
    tx: Transaction, messages: Sequence[ScheduledMessage], actor: Actor | None = None, *, clock: Clock
) -> Sequence[Posted | Exception]:
    """Send scheduled messages as any others, and remove those that were stored, in one transaction: so each is stored once.

    A quote that its sender does not see any more is left out.
    """
    commands = [_command(one, actor) for one in messages]
    answers = send_all(tx, commands, clock=clock)
    unquoted = [number for number, answer in enumerate(answers) if _lacks_quote(commands[number], answer)]
    if unquoted:
        again = send_all(tx, [replace(commands[number], reply_to=None) for number in unquoted], clock=clock)
        for number, answer in zip(unquoted, again, strict=True):
            answers[number] = answer
    for message, answer in zip(messages, answers, strict=True):
        if isinstance(answer, Posted):
            tx.scheduled.remove(message.account_id, [message.id])
            _announce(tx, message)
    return answers


def _command(one: ScheduledMessage, actor: Actor | None) -> Send:
    return Send(
        actor=actor or Actor(account_id=one.account_id, user_id=one.sender_id),
        body=one.body,
        key=one.key,
        to=None if one.person_id else one.conversation_id,
        to_person=one.person_id,
        course_id=one.course_id,
        reply_to=one.reply_to,
        files=one.files,
    )


def _lacks_quote(command: Send, answer: Posted | Exception) -> bool:
    return command.reply_to is not None and isinstance(answer, NotFound) and answer.what == "message"


def _mine(tx: Transaction, actor: Actor, scheduled_id: ScheduledId) -> ScheduledMessage:
    found = tx.scheduled.find(actor.account_id, scheduled_id)
    if found is None or found.sender_id != actor.user_id:
        raise NotFound(NOUN)
    return found


def _keep_files(tx: Transaction, one: ScheduledMessage, *, until: datetime) -> None:
    """Let the files of a message that are not sent end then; what its sender removed meanwhile goes as it would have."""
    if one.files:
        found = tx.files.several(one.account_id, one.files).values()
        is_unsent = (each for each in found if not each.is_attached and each.state is not FileState.GONE)
        tx.files.save([replace(each, expires_at=until) for each in is_unsent])


def _announce(tx: Transaction, one: ScheduledMessage) -> None:
    tx.announce(ScheduledChanged(one.account_id, one.sender_id, one.conversation_id))


def _item(tx: Transaction, actor: Actor, one: ScheduledMessage) -> ScheduledItem:
    return _items(tx, actor, [one])[0]


def _items(tx: Transaction, actor: Actor, messages: Sequence[ScheduledMessage]) -> Sequence[ScheduledItem]:
    """Look up what is shown with scheduled messages, in a fixed number of statements."""
    if not messages:
        return []
    names = _titles(tx, actor, messages)
    courses = titles(tx, actor.account_id, (one.course_id for one in messages))
    files = tx.files.several(actor.account_id, {file_id for one in messages for file_id in one.files})
    return [
        ScheduledItem(
            one,
            names.get(one.conversation_id, ""),
            [files[file_id].attachment for file_id in one.files if file_id in files],
            courses.get(one.course_id) if one.course_id else None,
        )
        for one in messages
    ]


def _titles(tx: Transaction, actor: Actor, messages: Sequence[ScheduledMessage]) -> Mapping[ConversationId, str]:
    """Return what the actor sees these chats called; one without a message yet by the name of its person."""
    rows = tx.conversations.rows_of(actor.account_id, actor.user_id, {one.conversation_id for one in messages})
    missing = {one.person_id: one.conversation_id for one in messages if one.conversation_id not in rows}
    people = tx.people.several(actor.account_id, {one for one in missing if one is not None})
    named = {missing[one.id]: one.name for one in people.values()}
    return named | {conversation_id: row.title for conversation_id, row in rows.items()}
