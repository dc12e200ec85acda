"""Read the audit log: all of it for those who manage the account, one's own part for everybody."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from hallway.domain import administration
from hallway.domain.audit import Action, Entry
from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.people.staff import enter
from hallway.usecases.transaction import Transaction

EXPORTED = 100_000
"""Entries that an export has at most, the newest."""
BLOCK = 1_000

Fact = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """An entry with the names that go with its ids now; `name` is that of a thing, as it was when it was recorded."""

    entry: Entry
    user: Card | None
    person: Card | None
    name: str
    before: Mapping[str, Fact]
    after: Mapping[str, Fact]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, the newest first; `next` is below which number it goes on. `total` counts all that is found."""

    lines: Sequence[LogLine]
    next: int | None
    total: int


def page(tx: Transaction, actor: Actor, chosen: Chosen, *, before: int | None, limit: int) -> Page:
    """Return a page of the account's log, for owner and administrators."""
    enter(tx, actor, administration.read_audit_log)
    return _page(tx, actor.account_id, chosen, before, limit)


def mine(tx: Transaction, actor: Actor, *, before: int | None, limit: int) -> Page:
    """Return a page of the entries that concern the actor, without the origin of what somebody else did."""
    found = _page(tx, actor.account_id, Chosen(about=actor.user_id), before, limit)
    return replace(found, lines=[_without_others_origins(one, actor) for one in found.lines])


def _without_others_origins(line: LogLine, actor: Actor) -> LogLine:
    entry = line.entry
    if administration.see_origin(actor.user_id, entry.draft):
        return line
    return replace(line, entry=replace(entry, draft=replace(entry.draft, address="", session_id=None)))


def export(tx: Transaction, actor: Actor, chosen: Chosen) -> Sequence[LogLine]:
    """Return all entries that are found, at most EXPORTED, and record the export in the log."""
    enter(tx, actor, administration.read_audit_log)
    lines = list(_all(tx, actor.account_id, chosen))
    facts = {"entries": len(lines), **_named(chosen)}
    trail.record(tx, actor, Action.AUDIT_EXPORTED, trail.account(actor.account_id), after=facts)
    return lines


def _named(chosen: Chosen) -> Mapping[str, Any]:
    parts = {
        "group": chosen.group,
        "user_id": chosen.user_id,
        "about": chosen.about,
        "since": chosen.since,
        "until": chosen.until,
    }
    return {name: value for name, value in parts.items() if value is not None}


def _all(tx: Transaction, account_id: AccountId, chosen: Chosen) -> Iterator[LogLine]:
    before, done = None, 0
    while done < EXPORTED:
        found = _page(tx, account_id, chosen, before, min(BLOCK, EXPORTED - done))
        yield from found.lines
        done += len(found.lines)
        before = found.next
        if before is None:
            return


def _page(tx: Transaction, account_id: AccountId, chosen: Chosen, before: int | None, limit: int) -> Page:
    found = tx.audit.page(account_id, chosen, before=before, limit=limit + 1)
    shown = found[:limit]
    following = shown[-1].seq if len(found) > limit else None
    return Page(lines(tx, account_id, shown), following, tx.audit.count(account_id, chosen))


def lines(tx: Transaction, account_id: AccountId, entries: Sequence[Entry]) -> list[LogLine]:
    """Add the names to entries, in a fixed number of statements."""
    facts = [_facts(one) for one in entries]
    people = tx.people.several(account_id, _people(entries, facts))
    named = {one.user.id: one for one in cards(tx, account_id, people.values())}
    departments = {DepartmentId(one) for each in facts for one in each.ids("department_id", "parent_id", "manages")}
    names: dict[str, str] = {
        **tx.departments.names(account_id, departments),
        **{user_id: user.name for user_id, user in people.items()},
    }
    return [_line(entry, each, named, names) for entry, each in zip(entries, facts, strict=True)]


def _people(entries: Sequence[Entry], facts: Sequence["_Facts"]) -> set[UserId]:
    acting = {one for entry in entries for one in (entry.draft.user_id, entry.draft.person_id) if one}
    return acting | {UserId(one) for each in facts for one in each.ids("supervisor_id", "organizer_id", *_FILTERS)}


def _line(entry: Entry, facts: "_Facts", people: Mapping[UserId, Card], names: Mapping[str, str]) -> LogLine:
    draft = entry.draft
    user = people.get(draft.user_id) if draft.user_id else None
    person = people.get(draft.person_id) if draft.person_id else None
    known = {one: names[one] for one in facts.ids(*facts.before, *facts.after) if one in names}
    return LogLine(
        entry=entry, user=user, person=person, name=facts.name, before=facts.before, after=facts.after, names=known
    )


class _Facts(msgspec.Struct):
    """The facts of an entry, as data."""

    name: str = ""
    before: dict[str, Fact] = {}
    after: dict[str, Fact] = {}

    def ids(self, *names: str) -> set[str]:
        """Return the ids among these facts."""
        values = [part[name] for part in (self.before, self.after) for name in names if name in part]
        texts = [one for value in values for one in (value if isinstance(value, list) else [value])]
        return {one for one in texts if isinstance(one, str) and _IS_ID.fullmatch(one)}


_DECODER = msgspec.json.Decoder(_Facts)
_IS_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FILTERS = ("user_id", "about", "asked_by")


def _facts(entry: Entry) -> _Facts:
    """Decode the facts of an entry. Facts that somebody tampered with come back empty, so that the entry is shown nevertheless."""
    try:
        return _DECODER.decode(entry.draft.facts)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return _Facts()
