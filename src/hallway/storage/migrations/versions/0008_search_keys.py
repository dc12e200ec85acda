"""Keep what messages and people are found by, and tell logins and addresses apart by their identity keys.

Messages get their keys later, a few at a time, by a job that is queued here: there may be millions.
"""

from collections.abc import Mapping

import sqlalchemy as sa
import structlog
from alembic import op

from hallway.domain.text import identity_key, name_key, search_key
from hallway.storage.identities import shared

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEYS = {"folded_login": "login", "folded_email": "email"}
_log = structlog.get_logger("hallway.storage")


def upgrade() -> None:
    """Add the columns, then work out the keys of people; nobody is merged with anybody."""
    op.add_column("message", sa.Column("search_key", sa.Text(), nullable=True))
    op.add_column("user", sa.Column("search_key", sa.Text(), nullable=True))
    connection = op.get_bind()
    _rekey_people(connection)
    for one in shared(connection):
        _log.warning(
            "names_that_are_one", what=one.what, names=list(one.names), hint="Run hallway doctor to see what to do."
        )
    _queue_message_keys(connection)


def _rekey_people(connection: sa.Connection) -> None:
    """Work out new keys. People whose new key somebody else has keep the old one, by which they still sign in."""
    user = sa.Table("user", sa.MetaData(), autoload_with=connection)
    people = [dict(row) for row in connection.execute(sa.select(user)).mappings()]
    taken = {(row["account_id"], key, row[key]) for row in people for key in KEYS}
    changed: list[dict[str, object]] = []
    for row in people:
        keys = {"new_folded_name": name_key(row["name"]), "new_search_key": _person_key(row)}
        for key, name in KEYS.items():
            place = (row["account_id"], key, identity_key(row[name]))
            is_free = row[key] is not None and place not in taken
            taken.add(place)
            keys[f"new_{key}"] = place[2] if is_free else row[key]
        changed.append({"of_account": row["account_id"], "of_user": row["id"], **keys})
    if changed:
        same = (user.c.account_id == sa.bindparam("of_account"), user.c.id == sa.bindparam("of_user"))
        new: dict[str, sa.BindParameter[str]] = {
            name: sa.bindparam(f"new_{name}") for name in ("folded_name", "search_key", *KEYS)
        }
        connection.execute(sa.update(user).where(*same).values(new), changed)


def _person_key(row: Mapping[str, str | None]) -> str:
    is_here = row["folded_login"] is not None
    return search_key(f"{row['name']} {row['login']} {row['email']}" if is_here else f"{row['name']}")


def _queue_message_keys(connection: sa.Connection) -> None:
    """Due at once, for each account that has messages."""
    now = (  # a cast alone would round, perhaps into the future
        "CAST(strftime('%s', 'now') AS INTEGER)"
        if connection.dialect.name == "sqlite"
        else "floor(extract(epoch FROM now()))"
    )
    op.execute(
        "INSERT INTO job (account_id, kind, subject, payload, created_at, due_at, tries) "  # noqa: S608 - constants
        f"SELECT id, 'search_keys', 'account', '', CAST({now} AS BIGINT) * 1000000, CAST({now} AS BIGINT) * 1000000, 0 "
        "FROM account WHERE EXISTS (SELECT 1 FROM message WHERE message.account_id = account.id)"
    )
