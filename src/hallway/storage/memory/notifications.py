"""What is kept for people who are away, in dictionaries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate

from hallway.domain.conversations import mute_lasts
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.notifications import Policy
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.notifications.records import (
    Bounce,
    Browser,
    KeptMail,
    MemberKey,
    NotificationPreferences,
    NotificationState,
    ReplyAddress,
)


class MemoryNotificationStates:
    """`ports.NotificationStates` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def undecided_accounts(self) -> Sequence[AccountId]:
        """Return the accounts with a conversation in which somebody has yet to be notified, in order."""
        every = self._tables.conversations.values()
        return sorted({one.account_id for one in every if any(side.untold for side in one.members.values())})

    def undecided(self, account_id: AccountId, limit: int) -> Sequence[ConversationId]:
        """Return conversations in which somebody has yet to be notified, in the order of their ids."""
        mine = (one for one in self._tables.conversations.values() if one.account_id == account_id)
        return sorted(one.id for one in mine if any(side.untold for side in one.members.values()))[:limit]

    def at(self, account_id: AccountId, member_keys: Collection[MemberKey]) -> Sequence[NotificationState]:
        """Return all of these members."""
        return [one for one in self._mine(account_id) if (one.user_id, one.conversation_id) in member_keys]

    def _mine(self, account_id: AccountId) -> list[NotificationState]:
        return [one for one in self._tables.notification_states.values() if one.account_id == account_id]

    def shown(self, account_id: AccountId, member_key: MemberKey) -> Sequence[NotificationState]:
        """Return the states on a screen at this side."""
        return [one for one in self.at(account_id, [member_key]) if one.is_shown]

    def save(self, states: Sequence[NotificationState]) -> None:
        """Add states, or change them."""
        for one in states:
            require((one.account_id, one.user_id) in self._tables.users)
            require((one.account_id, one.conversation_id) in self._tables.conversations)
            self._tables.notification_states[one.account_id, one.user_id, one.conversation_id, one.target_id] = one

    def left_by_older(self, account_id: AccountId, before: datetime, limit: int) -> Sequence[NotificationState]:
        """Return nothing: no older server kept anything here."""
        del account_id, before, limit
        return ()

    def forget(self, account_id: AccountId, user_id: UserId, target_id: str) -> None:
        """Delete the states of a target."""
        for key, one in list(self._tables.notification_states.items()):
            if (one.account_id, one.user_id, one.target_id) == (account_id, user_id, target_id):
                del self._tables.notification_states[key]


class MemoryNotificationSettings:
    """`ports.NotificationSettings` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def policy(self, account_id: AccountId) -> Policy:
        """Return the account's choices; the usual ones where it made none."""
        return self._tables.policies.get(account_id, Policy())

    def set_policy(self, account_id: AccountId, policy: Policy) -> None:
        """Keep the account's choices."""
        require(account_id in self._tables.accounts)
        self._tables.policies[account_id] = policy

    def of(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, NotificationPreferences]:
        """Return what these people chose."""
        found = {one: self._tables.preferences.get((account_id, one)) for one in user_ids}
        return {user_id: one for user_id, one in found.items() if one is not None}

    def save(self, account_id: AccountId, user_id: UserId, preferences: NotificationPreferences) -> None:
        """Keep what somebody chose."""
        require((account_id, user_id) in self._tables.users)
        self._tables.preferences[account_id, user_id] = preferences

    def muted(self, account_id: AccountId, member_keys: Collection[MemberKey], now: datetime) -> frozenset[MemberKey]:
        """Return those sides that are muted now."""
        return frozenset(one for one in member_keys if mute_lasts(self._tables.muted.get((account_id, *one)), now))

    def mute(self, account_id: AccountId, member_key: MemberKey, *, until: datetime | None) -> None:
        """Mute a conversation for somebody until then, or not any more."""
        require((account_id, member_key[1]) in self._tables.conversations)
        if until is None:
            self._tables.muted.pop((account_id, *member_key), None)
        else:
            self._tables.muted[account_id, *member_key] = until

    def secret(self, account_id: AccountId, name: str) -> str | None:
        """Return what is kept under a name."""
        return self._tables.secrets.get((account_id, name))

    def set_secret(self, account_id: AccountId, name: str, content: str) -> None:
        """Keep a secret under a name."""
        require(account_id in self._tables.accounts)
        self._tables.secrets[account_id, name] = content

    def first_secret(self, account_id: AccountId, name: str, content: str) -> str:
        """Return the secret that there is, or keep this one."""
        require(account_id in self._tables.accounts)
        return self._tables.secrets.setdefault((account_id, name), content)


class MemoryBrowsers:
    """`ports.Browsers` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, added: Browser) -> None:
        """Add a browser, replacing the one with the same endpoint."""
        require((added.account_id, added.session_id) in self._tables.sessions)
        for one in list(self._tables.browsers.values()):
            if (one.account_id, one.endpoint) == (added.account_id, added.endpoint):
                self.remove(one.account_id, one.id)
        self._tables.browsers[added.account_id, added.id] = added

    def of(
        self, account_id: AccountId, user_ids: Collection[UserId], now: datetime
    ) -> Mapping[UserId, Sequence[Browser]]:
        """Return browsers by their people, the oldest first, without those whose session has gone or expired."""
        found: dict[UserId, list[Browser]] = {}
        for one in sorted(self._tables.browsers.values(), key=lambda one: (one.created_at, one.id)):
            session = self._tables.sessions.get((account_id, one.session_id))
            is_in = session is not None and (session.expires_at is None or session.expires_at > now)
            if is_in and one.account_id == account_id and one.user_id in user_ids:
                found.setdefault(one.user_id, []).append(one)
        return found

    def remove(self, account_id: AccountId, browser_id: str) -> None:
        """Delete a browser."""
        self._tables.browsers.pop((account_id, browser_id), None)


class MemoryMails:
    """`ports.Mails` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def address(self, account_id: AccountId, address_id: str) -> ReplyAddress | None:
        """Return the reply address with this id, or None."""
        return self._tables.reply_addresses.get((account_id, address_id))

    def addresses(self, account_id: AccountId, member_keys: Collection[MemberKey]) -> Mapping[MemberKey, ReplyAddress]:
        """Return the newest reply address of each side."""
        mine = sorted(self._tables.reply_addresses.values(), key=lambda one: one.made_at)
        found = {(one.user_id, one.conversation_id): one for one in mine if one.account_id == account_id}
        return {member_key: one for member_key, one in found.items() if member_key in member_keys}

    def add_addresses(self, addresses: Sequence[ReplyAddress]) -> None:
        """Store new reply addresses."""
        for one in addresses:
            require((one.account_id, one.user_id) in self._tables.users)
            require((one.account_id, one.conversation_id) in self._tables.conversations)
            require((one.account_id, one.id) not in self._tables.reply_addresses)
            self._tables.reply_addresses[one.account_id, one.id] = one

    def keep_original(self, account_id: AccountId, conversation_id: ConversationId, seq: int, text: str) -> None:
        """Keep the whole text of a mail beside its message."""
        require((account_id, conversation_id) in self._tables.conversations)
        self._tables.originals[account_id, conversation_id, seq] = text

    def original(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> str | None:
        """Return the whole text of the mail that a message came by."""
        return self._tables.originals.get((account_id, conversation_id, seq))

    def keep(self, mail: KeptMail) -> None:
        """Keep a mail aside."""
        require(mail.account_id in self._tables.accounts)
        require((mail.account_id, mail.id) not in self._tables.kept_mails)
        self._tables.kept_mails[mail.account_id, mail.id] = mail

    def kept(self, account_id: AccountId, limit: int) -> Sequence[KeptMail]:
        """Return the mails kept aside, the newest first, without their contents."""
        return [replace(one, content=b"") for one in self._newest(account_id)[:limit]]

    def _newest(self, account_id: AccountId) -> list[KeptMail]:
        mine = [one for one in self._tables.kept_mails.values() if one.account_id == account_id]
        return sorted(mine, key=lambda one: (one.at, one.id), reverse=True)

    def kept_one(self, account_id: AccountId, mail_id: str) -> KeptMail | None:
        """Return a mail that was kept aside, with its content."""
        return self._tables.kept_mails.get((account_id, mail_id))

    def forget_kept(self, account_id: AccountId, *, most: int, most_bytes: int, before: datetime, first: str) -> int:
        """Delete the old mails, and the oldest beyond the caps."""
        mine = sorted(self._newest(account_id), key=lambda one: one.reason == first)
        sizes = accumulate(len(one.content) for one in mine)
        ranked = zip(mine, sizes, range(len(mine)), strict=True)
        gone = [one for one, size, number in ranked if number >= most or size > most_bytes or one.at < before]
        for one in gone:
            self.drop(account_id, one.id)
        return len(gone)

    def paces(self, account_id: AccountId, keys: Collection[str]) -> Mapping[str, datetime]:
        """Return the paces that are kept, by key; nothing is locked."""
        mine = self._tables.return_paces
        return {key: mine[account_id, key] for key in keys if (account_id, key) in mine}

    def set_pace(self, account_id: AccountId, key: str, even_at: datetime, *, forget_before: datetime) -> None:
        """Keep a pace; delete those from before."""
        require(account_id in self._tables.accounts)
        for (whose, one), at in list(self._tables.return_paces.items()):
            if whose == account_id and at < forget_before:
                del self._tables.return_paces[whose, one]
        self._tables.return_paces[account_id, key] = even_at

    def drop(self, account_id: AccountId, mail_id: str) -> None:
        """Delete a mail that was kept aside."""
        self._tables.kept_mails.pop((account_id, mail_id), None)

    def bounces(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Bounce]:
        """Return the bounces of these people."""
        found = {one: self._tables.bounces.get((account_id, one)) for one in user_ids}
        return {user_id: one for user_id, one in found.items() if one is not None}

    def bounced(self, one: Bounce) -> None:
        """Note that mail came back; the last one counts."""
        require((one.account_id, one.user_id) in self._tables.users)
        self._tables.bounces[one.account_id, one.user_id] = one

    def works_again(self, account_id: AccountId, user_id: UserId) -> None:
        """Delete the bounce of a person."""
        self._tables.bounces.pop((account_id, user_id), None)
