"""What a job that mails somebody about their own account needs when its turn comes."""

from dataclasses import dataclass

from hallway.domain.accounts import Account
from hallway.domain.people import State, User
from hallway.usecases.access import links
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications import security_mails
from hallway.usecases.notifications.security_mails import FORGOTTEN, WITH_LINK, SecurityMail
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A mail ready to be written; `by` is a name, None for the operator. `secret` is that of a link."""

    account: Account
    user: User
    mail: SecurityMail
    to: str
    by: str | None
    secret: str | None


def prepare(tx: Transaction, job: Job, *, clock: Clock, ids: Ids) -> Prepared | None:
    """Prepare what the mail of a job needs at this moment; None where nobody gets it any more.

    A link is made only now, so that its secret is kept nowhere; one that was made for an earlier try is void.
    """
    mail = security_mails.read(job.payload)
    account, user = tx.accounts.find(job.account_id), tx.people.find(job.account_id, mail.user_id)
    if account is None or user is None or user.state is not State.ACTIVE:
        return None
    by = tx.people.find(job.account_id, mail.by_id) if mail.by_id else None
    secret = None
    if mail.text == FORGOTTEN:
        secret = links.issue_own_link(tx, account.id, user.id, clock=clock, ids=ids).secret
    elif mail.text in WITH_LINK:
        secret = links.issue_link(tx, account.id, user.id, by_id=mail.by_id, clock=clock, ids=ids).secret
    return Prepared(
        account=account, user=user, mail=mail, to=mail.to or user.email, by=by.name if by else None, secret=secret
    )
