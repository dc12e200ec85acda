"""Who may start, read, go on writing, delete, edit and react: rules §2, §3, §4, §7, §10, §14 and §15 on one page. Facts in, verdict out."""

from datetime import datetime

from hallway.domain.accounts import Account, Mode
from hallway.domain.conversations import Conversation, Standing
from hallway.domain.courses import Question
from hallway.domain.files import File, FileState
from hallway.domain.ids import CourseId, UserId
from hallway.domain.messages import MOST_EDITS, Message
from hallway.domain.people import Participants, Person, State, hosts, oversees, supervises, teaches
from hallway.domain.reactions import MOST_KINDS
from hallway.domain.verdicts import ALLOWED, Denial, Verdict

# §3 Who may start a dialog.


def start(account: Account, a: Person, b: Person) -> Verdict:
    """Return whether `a` may write to `b` first: messaging is on, two different active users, one relation of the mode (§3).

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
    """Return whether one of the relations that `mode` asks for holds (the table of §3)."""
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
    """Return whether `a` may be related to people whom no fact ties to them: then people search looks at all (§3)."""
    return account.mode is Mode.OPEN or oversees(a, Person(id=UserId(""), role=a.role))


def start_together(account: Account, people: Participants) -> Verdict:
    """Return whether `me` may write first to all of the others. The first of them to whom they may not gives the reason (§3)."""
    return _start_with(account, people.me, people.others)


def _start_with(account: Account, a: Person, everyone: tuple[Person, ...]) -> Verdict:
    """Return whether `a`, who may be among everyone, may write first to all others. Written out, because it is asked for every message."""
    for b in everyone:
        if b is not a:
            verdict = start(account, a, b)
            if not verdict:
                return verdict
    return ALLOWED


# §4 Who may go on writing.

_OPEN = Standing()


def standing(account: Account, people: Participants, question: Question | None) -> Standing:
    """Return what `me` may do in a conversation: open while one of its participants could start it today (§4)."""
    everyone = (people.me, *people.others)
    for one in everyone:
        if _start_with(account, one, everyone):
            return _OPEN
    return Standing(_reason(account, people, question))


def _reason(account: Account, people: Participants, question: Question | None) -> Denial:
    """Return why the conversation is read-only: the first reason that applies, in the order of §4."""
    if not account.messaging_on:
        return Denial.MESSAGING_OFF
    absent = next((one for one in people.others if not one.is_active), None)
    if absent is not None:
        return _absence(absent)
    if not people.me.is_active:
        return Denial.YOU_NOT_ACTIVE
    if question is not None and any(_is_former_expert(one, question) for one in people.others):
        return Denial.OTHER_NOT_EXPERT
    if question is not None and _is_former_expert(people.me, question):
        return Denial.YOU_NOT_EXPERT
    return Denial.NEITHER_MAY_WRITE


def _absence(person: Person) -> Denial:
    return Denial.OTHER_REMOVED if person.state is State.REMOVED else Denial.OTHER_DEACTIVATED


def _is_former_expert(person: Person, question: Question) -> bool:
    return question.expert_id == person.id and question.course_id not in person.expert_of


def write(account: Account, people: Participants, conversation: Conversation) -> Verdict:
    """Return whether `me` may write the next message. The first needs start, every later one an open standing (§3, §4)."""
    if conversation.last_seq == 0:
        return start_together(account, people)
    return Verdict(standing(account, people, conversation.question).reason)


def show_typing(account: Account, people: Participants, conversation: Conversation) -> bool:
    """Return whether the others may see that `me` types: where the account shows it, and `me` may write the next message (§13)."""
    return account.typing_on and bool(write(account, people, conversation))


def ask_about(people: Participants, course_id: CourseId) -> Question | None:
    """Return the question that a message from `me` about the course truly is: one to its expert alone; None where it is none (§8)."""
    match people.others:
        case (expert,) if course_id in expert.expert_of and course_id in people.me.enrolled_in:
            return Question(course_id, expert.id)
        case _:
            return None


# §7 Deleting, §10 reading.


def read(conversation: Conversation, me: UserId) -> bool:
    """Return whether `me` may read a conversation: its members alone may; for others it is as if it were not there (§10)."""
    return me in conversation.members


def see(conversation: Conversation, me: UserId, seq: int) -> bool:
    """Return whether `me` sees a message: a member sees those behind the point up to which they deleted the chat (§7)."""
    return read(conversation, me) and conversation.members[me].cleared_seq < seq <= conversation.last_seq


def remove_preview(message: Message, me: UserId) -> Verdict:
    """Return whether `me` may take the card of a message away: of their own (§20)."""
    return ALLOWED if message.sender_id == me else Verdict(Denial.NOT_YOUR_MESSAGE)


def delete_for_everyone(account: Account, message: Message, me: UserId, now: datetime) -> Verdict:
    """Return whether `me` may delete a message for everyone: their own, for as long as the account allows (§7)."""
    if message.sender_id != me:
        return Verdict(Denial.NOT_YOUR_MESSAGE)
    if now - message.sent_at > account.delete_for_everyone:
        return Verdict(Denial.TOO_LATE)
    return ALLOWED


# §14 Files.


def upload(account: Account, size: int, used: int, quota: int | None) -> Verdict:
    """Return whether a file of this size may be uploaded in an account whose files have `used` bytes (§14)."""
    if not account.messaging_on:
        return Verdict(Denial.MESSAGING_OFF)
    if not account.largest_file:
        return Verdict(Denial.FILES_OFF)
    if size > account.largest_file:
        return Verdict(Denial.FILE_TOO_LARGE)
    if quota is not None and used + size > quota:
        return Verdict(Denial.FILES_FULL)
    return ALLOWED


def attach(account: Account, file: File) -> Verdict:
    """Return whether a file that was uploaded may be sent: the account may have decided otherwise meanwhile (§14)."""
    if not account.largest_file:
        return Verdict(Denial.FILES_OFF)
    return ALLOWED if file.kind in account.file_kinds else Verdict(Denial.FILE_KIND)


def get_file(file: File, me: UserId, conversation: Conversation | None, *, is_hidden: bool) -> bool:
    """Return whether `me` gets a file: one who sees its message now; before it is sent, its uploader alone (§14).

    `conversation` is that of its message, `is_hidden` whether `me` deleted their copy of the message.
    """
    if file.state is not FileState.READY:
        return False
    if file.seq is None:
        return file.uploader_id == me
    return conversation is not None and see(conversation, me, file.seq) and not is_hidden


# §15 Editing and reacting. To reply is to write, about a message that one sees.


def edit(
    account: Account, people: Participants, conversation: Conversation, message: Message, versions: int, now: datetime
) -> Verdict:
    """Return whether `me` may edit a message that had so many versions before: as long as they may delete it for everyone,
    where they may write the next one (§15).
    """
    in_time = delete_for_everyone(account, message, people.me.id, now)
    if in_time and versions >= MOST_EDITS:
        return Verdict(Denial.EDITS_FULL)
    return write(account, people, conversation) if in_time else in_time


def react(account: Account, people: Participants, conversation: Conversation, message: Message, emoji: str) -> Verdict:
    """Return whether `me` may react with an emoji: where they may write, and with one of twenty kinds (§15)."""
    may_write = write(account, people, conversation)
    kinds = {one.emoji for one in message.reactions}
    if may_write and emoji not in kinds and len(kinds) >= MOST_KINDS:
        return Verdict(Denial.REACTIONS_FULL)
    return may_write
