"""Sending what is due (rules §18), in portions: background work, which several processes may do at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from hallway.domain.events import ScheduledChanged
from hallway.domain.ids import AccountId, ScheduledId
from hallway.domain.scheduling import ScheduledMessage
from hallway.domain.verdicts import Refused
from hallway.usecases.errors import Conflict, Invalid
from hallway.usecases.messaging.scheduling import attempt
from hallway.usecases.messaging.sending import Posted
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

PORTION = 50
"""Messages of one transaction at most: what other people send goes between two."""
FAULT = "fault"
NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Portion:
    """What became of a portion: how many were sent, refused, and put off because their zone changed its clocks."""

    sent: int = 0
    refused: int = 0
    put_off: int = 0

    def __bool__(self) -> bool:
        """Return whether there was anything to do."""
        return bool(self.sent or self.refused or self.put_off)


def send_due(
    tx: Transaction, account_id: AccountId, among: Collection[ScheduledId] | None = None, *, clock: Clock
) -> Portion:
    """Send the next messages of an account that are due, or those of them `among` some; each is judged now.

    A stored message and the end of its scheduled one are one commit, so a process that is killed leaves both or neither. Those that another process has in
    hand are skipped.
    """
    now = clock.now()
    due = tx.scheduled.due(account_id, now, PORTION, among)
    late = [replace(one, due_at=one.due_again()) for one in due]
    put_off = [one for one in late if one.due_at > now]
    ready = [one for one in late if one.due_at <= now]
    answers = attempt(tx, ready, clock=clock)
    refused = [
        one.refused(_reason(answer))
        for one, answer in zip(ready, answers, strict=True)
        if isinstance(answer, Exception)
    ]
    _keep(tx, [*put_off, *refused])
    return Portion(len(ready) - len(refused), len(refused), len(put_off))


def refuse(tx: Transaction, account_id: AccountId, scheduled_id: ScheduledId) -> None:
    """Give a message back that failed for no reason of its sender's."""
    found = tx.scheduled.find(account_id, scheduled_id)
    if found is not None and found.is_waiting:
        _keep(tx, [found.refused(FAULT)])


def due_ids(tx: Transaction, account_id: AccountId, *, clock: Clock) -> Sequence[ScheduledId]:
    """Return the next messages that are due, to be sent one by one."""
    return [one.id for one in tx.scheduled.due(account_id, clock.now(), PORTION)]


def set_clocks(tx: Transaction, account_id: AccountId, after: str = "") -> str | None:
    """Compute anew when messages are due whose time was chosen by a clock, some behind an id; return the id to go on behind, None at the end.

    The rules of a zone change with the time zone database; what people chose does not.
    """
    found = tx.scheduled.timed_by_clock(account_id, after, PORTION)
    _keep(tx, [replace(one, due_at=due) for one in found if (due := one.due_again()) != one.due_at])
    return found[-1].id if len(found) == PORTION else None


def _keep(tx: Transaction, changed: Sequence[ScheduledMessage]) -> None:
    tx.scheduled.save(changed)
    for one in changed:
        tx.announce(ScheduledChanged(one.account_id, one.sender_id, one.conversation_id))


def _reason(answer: Posted | Exception) -> str:
    """Return the code of a refusal, as the API has it."""
    match answer:
        case Refused():
            return answer.denial.value
        case Invalid():
            return answer.problems[0].code
        case Conflict():
            return answer.code
        case _:
            return NOT_FOUND
