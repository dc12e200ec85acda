"""Browser sessions, personal access tokens and one-time links, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.domain.scopes import Scope
from hallway.storage.access_tables import session
from hallway.storage.lists import one_of
from hallway.storage.schema import user
from hallway.storage.statements import Prepared, insert_all
from hallway.storage.timestamps import from_micros, from_micros_or_none, to_micros, to_micros_or_none
from hallway.usecases.access.records import Seen, Session


class SqlSessions:
    """`ports.Sessions` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def add(self, added: Session) -> None:
        """Store a new session."""
        insert_all(self._connection, session, [_row(added)])

    def by_hash(self, account_id: AccountId | None, hashed: str) -> Session | None:
        """Return the session whose secret has this hash, or None."""
        query, known = (_ANYWHERE, {}) if account_id is None else (_BY_HASH, {"account_id": account_id})
        return next(map(_session, query.mappings(self._connection, {"hashed": hashed, **known})), None)

    def of(self, account_id: AccountId, user_id: UserId, kind: str) -> Sequence[Session]:
        """Return a user's sessions of a kind, oldest first."""
        query = select(session).where(*_of(account_id, user_id), session.c.kind == kind)
        rows = self._connection.execute(query.order_by(session.c.created_at, session.c.id)).mappings()
        return [_session(row) for row in rows]

    def several(self, account_id: AccountId, session_ids: Collection[SessionId]) -> Mapping[SessionId, Session]:
        """Return sessions by their ids."""
        query = select(session).where(session.c.account_id == account_id, one_of(session.c.id, session_ids))
        return {row["id"]: _session(row) for row in self._connection.execute(query).mappings()}

    def see(self, seen: Sequence[Seen]) -> None:
        """Note when and where sessions were last seen."""
        this = (session.c.account_id == bindparam("of_account"), session.c.id == bindparam("of_session"))
        changed = update(session).where(*this).values(seen_at=bindparam("at"), network=bindparam("where"))
        rows = [
            {"of_account": one.account_id, "of_session": one.session_id, "at": to_micros(one.at), "where": one.network}
            for one in sorted(seen, key=lambda one: (one.account_id, one.session_id))
        ]
        if rows:
            self._connection.execute(changed, rows)
            self._see_people(seen)

    def _see_people(self, seen: Sequence[Seen]) -> None:
        """Note when people were last seen, in the order of their ids, in which every process locks them."""
        last: dict[tuple[AccountId, UserId], int] = {}
        for account_id in {one.account_id for one in seen}:
            here = {one.session_id: to_micros(one.at) for one in seen if one.account_id == account_id}
            for found in self.several(account_id, here).values():
                key = (account_id, found.user_id)
                last[key] = max(here[found.id], last.get(key, 0))
        this = (user.c.account_id == bindparam("of_account"), user.c.id == bindparam("of_user"))
        is_later = or_(user.c.seen_at.is_(None), user.c.seen_at < bindparam("at"))
        rows = [{"of_account": key[0], "of_user": key[1], "at": at} for key, at in sorted(last.items())]
        if rows:
            self._connection.execute(update(user).where(*this, is_later).values(seen_at=bindparam("at")), rows)

    def remove(self, account_id: AccountId, user_id: UserId, session_id: SessionId) -> None:
        """End a session."""
        self._connection.execute(delete(session).where(*_of(account_id, user_id), session.c.id == session_id))

    def remove_all(self, account_id: AccountId, user_id: UserId) -> None:
        """End all of a user's sessions, tokens and links too."""
        self._connection.execute(delete(session).where(*_of(account_id, user_id)))


_ANYWHERE = Prepared(select(session).where(session.c.hashed == bindparam("hashed")))
_BY_HASH = Prepared(
    select(session).where(session.c.account_id == bindparam("account_id"), session.c.hashed == bindparam("hashed"))
)


def _of(account_id: AccountId, user_id: UserId) -> tuple[Any, Any]:
    return (session.c.account_id == account_id, session.c.user_id == user_id)


def _session(row: Mapping[Any, Any]) -> Session:
    return Session(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        kind=row["kind"],
        hashed=row["hashed"],
        name=row["name"],
        created_at=from_micros(row["created_at"]),
        expires_at=from_micros_or_none(row["expires_at"]),
        csrf=row["csrf"],
        parent_id=row["parent_id"],
        scopes=_scopes(row["scopes"]),
        device_id=row["device_id"],
        agent=row["agent"] or "",
        network=row["network"] or "",
        seen_at=from_micros_or_none(row["seen_at"]),
    )


def _scopes(text: str | None) -> frozenset[Scope] | None:
    """Parse the scopes in the column; return None where it is empty, as for tokens from before there were scopes."""
    return None if text is None else frozenset(map(Scope, text.split()))


def _row(one: Session) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "user_id": one.user_id,
        "kind": one.kind,
        "hashed": one.hashed,
        "name": one.name,
        "csrf": one.csrf,
        "created_at": to_micros(one.created_at),
        "expires_at": to_micros_or_none(one.expires_at),
        "parent_id": one.parent_id,
        "scopes": None if one.scopes is None else " ".join(sorted(one.scopes)),
        "device_id": one.device_id,
        "agent": one.agent or None,
        "network": one.network or None,
        "seen_at": to_micros_or_none(one.seen_at),
    }
