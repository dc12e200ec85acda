"""What a transaction keeps others from doing until its end: PostgreSQL's advisory locks, by kind and account.

On SQLite there is nothing to do: its one write lock is held from the beginning.
"""

from sqlalchemy import Connection, Integer, Text, bindparam, func, literal_column, select

from hallway.domain.ids import AccountId
from hallway.storage.statements import Prepared

FACTS, ATTEMPTS, AUDIT, FOUNDING, PEOPLE = range(1, 6)
"""The kinds: what holds an account's facts, how often somebody tried, the end of the audit log, the making of accounts, and
how many people of an account are active. No two may be one number: a transaction would wait for what does not concern it.
"""


def hold_facts(connection: Connection, account_id: AccountId) -> None:
    """Keep others from changing an account's facts, beside others who do so."""
    _take(connection, _HOLD_FACTS, account_id)


def change_facts(connection: Connection, account_id: AccountId) -> None:
    """Wait for those who hold an account's facts, and keep others from holding them."""
    _take(connection, _CHANGE_FACTS, account_id)


def hold_attempts(connection: Connection, account_id: AccountId) -> None:
    """Keep others from counting an account's attempts."""
    _take(connection, _HOLD_ATTEMPTS, account_id)


def hold_audit(connection: Connection, account_id: AccountId) -> None:
    """Keep others from adding to the end of an account's audit log. Whoever holds this asks for no other lock."""
    _take(connection, _HOLD_AUDIT, account_id)


def hold_people(connection: Connection, account_id: AccountId) -> None:
    """Keep others from making people of an account active. Nobody who sends waits for this."""
    _take(connection, _HOLD_PEOPLE, account_id)


def hold_founding(connection: Connection) -> None:
    """Keep others from creating an account, and from changing where an account is reached."""
    if connection.dialect.name == "postgresql":
        _HOLD_FOUNDING.rows(connection, {})


def _take(connection: Connection, lock: Prepared, account_id: AccountId) -> None:
    if connection.dialect.name == "postgresql":
        lock.rows(connection, {"account": account_id})


_ACCOUNT = func.hashtext(bindparam("account", type_=Text))
_HOLD_FACTS = Prepared(select(func.pg_advisory_xact_lock_shared(literal_column(str(FACTS), Integer), _ACCOUNT)))
_CHANGE_FACTS, _HOLD_ATTEMPTS, _HOLD_AUDIT, _HOLD_PEOPLE = (
    Prepared(select(func.pg_advisory_xact_lock(literal_column(str(kind), Integer), _ACCOUNT)))
    for kind in (FACTS, ATTEMPTS, AUDIT, PEOPLE)
)
_HOLD_FOUNDING = Prepared(
    select(func.pg_advisory_xact_lock(literal_column(str(FOUNDING), Integer), literal_column("0", Integer)))
)
