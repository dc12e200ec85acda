"""What is said to databases, and whether it says whose rows it means: then an account may lie on any of many servers."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from hallway.storage import statements
from hallway.storage.schema import metadata

REFERENCES = ("account", "account_address")
"""On every server: they are small, and all others point to them."""
TABLES = [table for table in metadata.sorted_tables if table.name not in REFERENCES]
SECRETS_FROM_BEFORE = re.compile(r"WHERE session\.hashed = ")
"""The one look-up of a request that begins with no account: of secrets that were given out before they named one."""
BACKGROUND = re.compile(
    r"FROM scheduled_message\s+WHERE scheduled_message\.reason IS NULL|FROM job\s+WHERE (job\.(kind|due_at) |\(job\.account_id NOT IN \(SELECT account\.id)|SELECT DISTINCT member\.account_id AS? ?\S*\s*FROM member"
)
"""Background work that asks in which accounts there is something to do, a few times in a minute."""
_TOUCHED = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?')
_ONE_ACCOUNT = re.compile(r'\baccount_id"?\s*=\s*(?:%|\?|given\.)')
_NAMES = {table.name for table in TABLES}


@contextmanager
def heard() -> Iterator[list[str]]:
    """All that is said while one listens, through SQLAlchemy and past it."""
    said: list[str] = []
    asked, done = statements._asked, statements._done

    def hear_asked(connection: Any, text: str, values: Any) -> Any:
        said.append(text)
        return asked(connection, text, values)

    def hear_done(connection: Any, text: str, rows: Any) -> None:
        said.append(text)
        done(connection, text, rows)

    def hear(*told: Any) -> None:
        said.append(told[2])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statements, "_asked", hear_asked)
        patch.setattr(statements, "_done", hear_done)
        event.listen(Engine, "before_cursor_execute", hear)
        try:
            yield said
        finally:
            event.remove(Engine, "before_cursor_execute", hear)


def astray(said: Sequence[str]) -> list[str]:
    """Statements about spread tables that do not say whose rows they mean."""
    return [one for one in said if _is_about_rows(one) and not _says_whose(one)]


def _is_about_rows(statement: str) -> bool:
    return not _NAMES.isdisjoint(_TOUCHED.findall(statement))


def _says_whose(statement: str) -> bool:
    """An insertion has the account among its columns, everything else among its conditions."""
    if statement.startswith("INSERT"):
        return "account_id" in statement
    return any(one.search(statement) for one in (_ONE_ACCOUNT, SECRETS_FROM_BEFORE, BACKGROUND))
