"""Every table either has an end in the upkeep, or a reason why it needs none: a new one cannot be forgotten."""

from pathlib import Path

import pytest

from hallway.storage.schema import metadata
from hallway.storage.upkeep import ROWS
from hallway.usecases.jobs.upkeep import RULES
from hallway.usecases.jobs.upkeep_ports import What

OPERATORS = (Path(__file__).parents[2] / "docs" / "operators.md").read_text("utf-8")
SWEPT = {one.table.name for one in ROWS.values()}
REASONS = {
    "account": "as many as the operator adds",
    "account_address": "a few an account",
    "department": "as many as administrators make",
    "user": "people; removed ones stay beside what they wrote",
    "password": "one a person",
    "photo": "one a person",
    "managed_department": "as many as administrators choose",
    "course": "as many as administrators make",
    "enrolment": "as many as administrators choose",
    "expert": "as many as administrators choose",
    "training": "as many as administrators make",
    "attendee": "as many as administrators choose",
    "conversation": "messages are kept for ever",
    "member": "two a conversation",
    "message": "messages are kept for ever",
    "file": "files are kept as long as their messages; what was never sent is swept with its content",
    "hidden": "one for each copy that somebody deleted, which tells their devices",
    "deleted_text": "one for each message deleted for everyone; keys of messages never expire",
    "message_change": "at most one for each message that was edited, reacted to or deleted",
    "message_version": "at most fifty a message; they go when it is deleted for everyone",
    "reaction": "one for each person and emoji; they go when their message is deleted for everyone",
    "star": "at most a thousand a person that they see; they go with the message, and with the chat",
    "scheduled_message": "at most a hundred a person; each goes when it is sent or cancelled",
    "mute": "at most one for each side of a conversation",
    "draft": "at most 500 a person; they go when they are sent, and with their person",
    "draft_revision": "one a person",
    "preference": "one a person",
    "setting": "a few names",
    "import_slice": "goes with its import",
    "bulk_person": "goes with its bulk action",
    "return_pace": "each answer by return forgets those that hold nobody back any more",
    "access_notice": "until their person has read them; each is a deed of staff",
    "former_email": "one a person",
    "device": "at most twenty a person",
    "browser": "goes with its session, and at most ten a person",
    "audit_entry": "accountability: it can only grow, and is exported",
}


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_a_table_is_swept_or_has_a_reason(table: str) -> None:
    assert (table in SWEPT) is not (table in REASONS), (
        f"{table}: give it a rule in usecases/upkeep.py, or a reason here"
    )


def test_no_reason_is_left_of_a_table_that_is_gone() -> None:
    assert set(REASONS) <= set(metadata.tables)


@pytest.mark.parametrize("what", What)
def test_every_kind_has_a_rule_that_operators_can_read(what: What) -> None:
    (rule,) = (one for one in RULES if one.what is what)
    (line,) = (one for one in OPERATORS.splitlines() if one.startswith(f"| `{what}` |"))
    days = rule.age.days
    assert (f"{days} day" in line) is bool(days)
    assert (f"{rule.most:,}" in line) if rule.most else "none" in line


def test_messages_are_never_removed() -> None:
    assert SWEPT.isdisjoint({"message", "conversation", "member", "hidden", "user"})
