"""The durable jobs of notifications: one for each person, conversation and target that is to be looked at."""

from datetime import UTC, datetime, timedelta

from hallway.domain.ids import AccountId
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.notifications.records import MemberKey, NotificationState
from hallway.usecases.transaction import Transaction

NOTIFICATION = "notification"
WORK = Work(NOTIFICATION, timedelta(minutes=5), Retry(timedelta(seconds=15), timedelta(hours=1), most_tries=100))
"""A killed process keeps what it claimed from the others for the lease. With their pauses, a hundred tries take four days."""
FAULTY = Retry(timedelta(seconds=15), timedelta(minutes=5), most_tries=5)
"""For what fails by a fault of ours or of its data, which patience rarely mends."""
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""A moment that is long past."""


def job_for(notice: NotificationState, due_at: datetime) -> Job:
    """Return the job that looks at a notification state at that moment."""
    return Job(
        account_id=notice.account_id, kind=NOTIFICATION, subject=notice.subject, created_at=due_at, due_at=due_at
    )


def withdraw(tx: Transaction, account_id: AccountId, key: MemberKey) -> None:
    """Look at once at what is on a screen about this side of a conversation, as it may have to go."""
    shown = tx.notification_states.shown(account_id, key)
    if shown:
        tx.jobs.put([job_for(one, AT_ONCE) for one in shown])
