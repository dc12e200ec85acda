"""What the account and its people decided about notices, and the browsers that take pushes, in SQL."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from hallway.domain.conversations import FOREVER
from hallway.domain.ids import AccountId, UserId
from hallway.domain.notifications import Policy
from hallway.storage.access_tables import session
from hallway.storage.lists import one_of
from hallway.storage.schema import browser, mute, preference, setting
from hallway.storage.statements import insert_missing, replace_one
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.notifications.records import Browser, MemberKey, NotificationPreferences

POLICY = "policy"
_POLICIES = msgspec.json.Decoder(Policy)
_PREFERENCES = msgspec.json.Decoder(NotificationPreferences)


class SqlNotificationSettings:
    """`ports.NotificationSettings` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def policy(self, account_id: AccountId) -> Policy:
        """Return the account's choices, or the usual choices where it made none."""
        kept = self.secret(account_id, POLICY)
        return Policy() if kept is None else _POLICIES.decode(kept)

    def set_policy(self, account_id: AccountId, policy: Policy) -> None:
        """Keep the account's choices."""
        self.set_secret(account_id, POLICY, msgspec.json.encode(policy).decode())

    def of(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, NotificationPreferences]:
        """Return the choices of these people."""
        query = select(preference.c.user_id, preference.c.content).where(
            preference.c.account_id == account_id, one_of(preference.c.user_id, user_ids)
        )
        return {user_id: _PREFERENCES.decode(content) for user_id, content in self._connection.execute(query)}

    def save(self, account_id: AccountId, user_id: UserId, preferences: NotificationPreferences) -> None:
        """Keep what somebody chose."""
        content = msgspec.json.encode(preferences).decode()
        replace_one(self._connection, preference, {"account_id": account_id, "user_id": user_id, "content": content})

    def muted(self, account_id: AccountId, member_keys: Collection[MemberKey], now: datetime) -> frozenset[MemberKey]:
        """Return those of the keys that are muted now."""
        people = {user_id for user_id, _ in member_keys}
        conversations = {conversation_id for _, conversation_id in member_keys}
        query = select(mute.c.user_id, mute.c.conversation_id).where(
            mute.c.account_id == account_id,
            one_of(mute.c.user_id, people),
            one_of(mute.c.conversation_id, conversations),
            or_(mute.c.until.is_(None), mute.c.until > to_micros(now)),
        )
        return frozenset((row.user_id, row.conversation_id) for row in self._connection.execute(query)) & set(
            member_keys
        )

    def mute(self, account_id: AccountId, member_key: MemberKey, *, until: datetime | None) -> None:
        """Mute a conversation for somebody until then, or unmute it."""
        key = {"account_id": account_id, "user_id": member_key[0], "conversation_id": member_key[1]}
        if until is None:
            self._connection.execute(delete(mute).where(and_(*(mute.c[name] == value for name, value in key.items()))))
        else:
            end = None if until == FOREVER else to_micros(until)
            replace_one(self._connection, mute, {**key, "until": end})

    def secret(self, account_id: AccountId, name: str) -> str | None:
        """Return what is kept under a name, or None."""
        query = select(setting.c.content).where(setting.c.account_id == account_id, setting.c.name == name)
        return self._connection.execute(query).scalar()

    def set_secret(self, account_id: AccountId, name: str, content: str) -> None:
        """Keep content under a name, in place of what was there."""
        replace_one(self._connection, setting, {"account_id": account_id, "name": name, "content": content})

    def first_secret(self, account_id: AccountId, name: str, content: str) -> str:
        """Keep the content unless there is some, and return what is kept: whoever inserts second waits for the first."""
        insert_missing(self._connection, setting, [{"account_id": account_id, "name": name, "content": content}])
        return self.secret(account_id, name) or content


class SqlBrowsers:
    """`ports.Browsers` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def add(self, added: Browser) -> None:
        """Store a browser in place of the browser with the same endpoint."""
        self._delete(added.account_id, browser.c.endpoint == added.endpoint)
        self._connection.execute(insert(browser).values(_row(added)))

    def of(
        self, account_id: AccountId, user_ids: Collection[UserId], now: datetime
    ) -> Mapping[UserId, Sequence[Browser]]:
        """Return browsers by their people, the oldest first, without those whose session has expired; they go with their sessions."""
        opened_by = (session.c.account_id == browser.c.account_id, session.c.id == browser.c.session_id)
        is_in = or_(session.c.expires_at.is_(None), session.c.expires_at > to_micros(now))
        mine = (browser.c.account_id == account_id, one_of(browser.c.user_id, user_ids))
        query = select(browser).join(session, and_(*opened_by)).where(*mine, is_in)
        found: defaultdict[UserId, list[Browser]] = defaultdict(list)
        for row in self._connection.execute(query.order_by(browser.c.created_at, browser.c.id)).mappings():
            found[row["user_id"]].append(_browser(row))
        return dict(found)

    def remove(self, account_id: AccountId, browser_id: str) -> None:
        """Delete a browser."""
        self._delete(account_id, browser.c.id == browser_id)

    def _delete(self, account_id: AccountId, which: ColumnElement[bool]) -> None:
        self._connection.execute(delete(browser).where(browser.c.account_id == account_id, which))


def _row(one: Browser) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "user_id": one.user_id,
        "session_id": one.session_id,
        "endpoint": one.endpoint,
        "p256dh": one.p256dh,
        "auth": one.auth,
        "name": one.name,
        "created_at": to_micros(one.created_at),
    }


def _browser(row: Mapping[Any, Any]) -> Browser:
    return Browser(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        session_id=row["session_id"],
        endpoint=row["endpoint"],
        p256dh=row["p256dh"],
        auth=row["auth"],
        name=row["name"],
        created_at=from_micros(row["created_at"]),
    )
