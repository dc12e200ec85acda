"""The schema and its statements can be spread over many PostgreSQL servers by account, as Citus does it.

Citus itself is in no registry that the tests install from; each of its rules is a check here instead.
"""

import re
from pathlib import Path

import pytest
from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from tests.contracts.spread import REFERENCES, TABLES, astray

DISTRIBUTE = (Path(__file__).parents[2] / "deploy" / "citus" / "distribute.sql").read_text("utf-8")
EVERY = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


# The schema.


@EVERY
def test_every_key_begins_with_the_account(table: Table) -> None:
    assert next(iter(table.primary_key.columns)).name == "account_id"


@EVERY
def test_nothing_is_unique_beyond_its_account(table: Table) -> None:
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    names = [[column.name for column in one.columns] for one in unique]
    names += [[column.name for column in index.columns] for index in table.indexes if index.unique]
    assert all(name[0] == "account_id" for name in names)


@EVERY
def test_what_points_to_another_row_stays_in_its_account(table: Table) -> None:
    for one in table.constraints:
        if isinstance(one, ForeignKeyConstraint):
            ours, theirs = one.elements[0].parent.name, one.elements[0].column
            assert (ours, theirs.name) in {("account_id", "account_id"), ("account_id", "id")}
            assert theirs.name == "account_id" or theirs.table.name in REFERENCES


@EVERY
def test_no_value_is_made_by_the_database(table: Table) -> None:
    assert all(column.server_default is None and column.identity is None for column in table.columns)
    assert all(column.autoincrement in {False, "auto"} for column in table.columns)


@EVERY
def test_the_statements_spread_every_table(table: Table) -> None:
    assert f"""SELECT create_distributed_table('"{table.name}"', 'account_id'""" in DISTRIBUTE


def test_the_statements_spread_nothing_else_and_in_an_order_that_works() -> None:
    names = re.findall(r"create_(?:distributed|reference)_table\('\"(\w+)\"'", DISTRIBUTE)
    assert names == [*REFERENCES, *(table.name for table in TABLES)]


# The statements; the suites of the contracts listen to all that they say.


@pytest.mark.parametrize(
    "bad",
    [
        "SELECT message.body FROM message WHERE message.seq = 1",
        'UPDATE "message" SET body = %s WHERE seq = %s',
        "DELETE FROM hidden WHERE seq = 1",
        "SELECT account_id FROM message",
        "SELECT 1 FROM account JOIN member ON member.account_id = account.id",
    ],
)
def test_a_statement_that_does_not_say_whose_rows_it_means_is_noticed(bad: str) -> None:
    assert astray([bad]) == [bad]


@pytest.mark.parametrize(
    "good",
    [
        "SELECT message.body FROM message WHERE message.account_id = ?",
        "INSERT INTO member (account_id, user_id) VALUES (1, 2)",
        "SELECT account.id FROM account",
        "SELECT pg_advisory_xact_lock(1)",
    ],
)
def test_a_statement_that_does_is_not(good: str) -> None:
    assert astray([good]) == []
