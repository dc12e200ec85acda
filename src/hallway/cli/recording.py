"""Recording what an operator did on the command line."""

import typer
from sqlalchemy.exc import SQLAlchemyError

from hallway.domain.audit import Action, Via
from hallway.domain.ids import AccountId
from hallway.storage.engines import open_engine
from hallway.storage.migrate import NEWEST, revision_of
from hallway.storage.store import SqlStore
from hallway.usecases.audit import trail
from hallway.usecases.audit.trail import Origin
from hallway.usecases.transaction import StoreUnavailable, Transaction


def record(url: str, action: Action, account_id: AccountId | None = None) -> None:
    """Add an entry to the log of an account, or of each.

    What was done stands even where that is impossible, as with a full disk or a database of another version: it is said.
    """
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            is_present = revision_of(connection) == NEWEST
        failure = (
            SqlStore(engine).write([lambda tx: _record(tx, action, account_id)])[0].failure if is_present else None
        )
        if failure is not None:
            raise failure
    except (SQLAlchemyError, StoreUnavailable) as failure:
        typer.echo(f"This couldn't be recorded in the audit log: {failure}", err=True)
    finally:
        engine.dispose()


def _record(tx: Transaction, action: Action, account_id: AccountId | None) -> None:
    for one in tx.accounts.ids() if account_id is None else [account_id]:
        trail.record(tx, Origin(account_id=one, via=Via.COMMAND), action, trail.account(one))
