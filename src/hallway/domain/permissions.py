"""Who may start, read, go on writing and delete: rules §2, §3, §4, §7 and §10 on one page. Facts in, verdict out."""

from datetime import datetime

from hallway.domain.accounts import Account, Mode
from hallway.domain.conversations import Conversation, Standing
from hallway.domain.courses import Question
from hallway.domain.ids import UserId
from hallway.domain.messages import Message
from hallway.domain.people import Person, State, hosts, oversees, supervises, teaches
from hallway.domain.verdicts import ALLOWED, Denial, Verdict

# §3 Who may start a dialog.


def start(account: Account, a: Person, b: Person) -> Verdict:
    """May `a` write to `b` first? Messaging is on, two different active users, one relation of the mode (§3).

    That `b` is not active is told only to those who could write to them otherwise.
    """
    if not account.messaging_on:
        return Verdict(Denial.MESSAGING_OFF)
    if a.id == b.id:
        return Verdict(Denial.YOURSELF)
    if not a.is_active:
        return Verdict(Denial.YOU_NOT_ACTIVE)
    if not is_related(account.mode, a, b):
        return Verdict(Denial.NO_RELATION)
    return ALLOWED if b.is_active else Verdict(_absence(b))


def is_related(mode: Mode, a: Person, b: Person) -> bool:
    """Whether one of the relations that `mode` asks for holds (the table of §3)."""
    strict = oversees(a, b) or teaches(b, a)
    match mode:
        case Mode.STRICT:
            return strict
        case Mode.MANAGERS:
            return strict or oversees(b, a)
        case Mode.LIMITED:
            return strict or hosts(b, a) or supervises(a, b)
        case Mode.OPEN:
            return True


def reaches_everyone(account: Account, a: Person) -> bool:
    """Whether `a` may be related to people whom no fact ties to them: then people search looks at all (§3)."""
    return account.mode is Mode.OPEN or oversees(a, Person(UserId(""), a.role))


# §4 Who may go on writing.


def standing(account: Account, me: Person, other: Person, question: Question | None) -> Standing:
    """What `me` may do in the dialog with `other`: open while one of the two could start it today (§4)."""
    if start(account, me, other) or start(account, other, me):
        return Standing()
    return Standing(_reason(account, me, other, question))


def _reason(account: Account, me: Person, other: Person, question: Question | None) -> Denial:
    """Why the dialog is read-only: the first that applies, in the order of §4."""
    if not account.messaging_on:
        return Denial.MESSAGING_OFF
    if not other.is_active:
        return _absence(other)
    if not me.is_active:
        return Denial.YOU_NOT_ACTIVE
    if question is not None and question.expert_id == other.id and question.course_id not in other.expert_of:
        return Denial.OTHER_NOT_EXPERT
    if question is not None and question.expert_id == me.id and question.course_id not in me.expert_of:
        return Denial.YOU_NOT_EXPERT
    return Denial.NEITHER_MAY_WRITE


def _absence(person: Person) -> Denial:
    return Denial.OTHER_REMOVED if person.state is State.REMOVED else Denial.OTHER_DEACTIVATED


def write(account: Account, me: Person, other: Person, conversation: Conversation) -> Verdict:
    """May `me` write the next message? The first needs start, every later one an open standing (§3, §4)."""
    if conversation.last_seq == 0:
        return start(account, me, other)
    return Verdict(standing(account, me, other, conversation.question).reason)


def show_typing(account: Account, me: Person, other: Person, conversation: Conversation) -> bool:
    """Whether `other` may see that `me` types: where the account shows it, and `me` may write the next message (§13)."""
    return account.typing_on and bool(write(account, me, other, conversation))


def ask_about(me: Person, other: Person, question: Question) -> bool:
    """Whether a message from `me` truly is a question about the course to its expert `other` (§8)."""
    return (
        question.expert_id == other.id
        and question.course_id in other.expert_of
        and question.course_id in me.enrolled_in
    )


# §7 Deleting, §10 reading.


def read(conversation: Conversation, me: UserId) -> bool:
    """A conversation is read by its members alone; anything else is as if it were not there (§10)."""
    return me in conversation.members


def see(conversation: Conversation, me: UserId, seq: int) -> bool:
    """A member sees the messages behind the point up to which they deleted the chat (§7)."""
    return read(conversation, me) and conversation.members[me].cleared_seq < seq <= conversation.last_seq


def delete_for_everyone(account: Account, message: Message, me: UserId, now: datetime) -> Verdict:
    """One's own message, for as long as the account allows (§7)."""
    if message.sender_id != me:
        return Verdict(Denial.NOT_YOUR_MESSAGE)
    if now - message.sent_at > account.delete_for_everyone:
        return Verdict(Denial.TOO_LATE)
    return ALLOWED
