"""Examining a database: whether it can be reached, is whole, safe against a power cut, and true to its own rules."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from hallway.storage.account_tables import SUSPENDED
from hallway.storage.audit_examination import examine_audit
from hallway.storage.backup.tables import in_plain_words
from hallway.storage.finding import Finding, note, ok, problem
from hallway.storage.identities import shared
from hallway.storage.invariants import KEEP, LOOK, REPORT, RESTORE, broken, in_the_future
from hallway.storage.migrate import NEWEST, refuse_newer, revision_of
from hallway.storage.schema import job
from hallway.storage.search_index.status import indexed_of_all
from hallway.storage.timestamps import to_micros
from hallway.storage.upkeep import counted_rows, estimated_rows
from hallway.usecases.jobs import upkeep

STANDS = timedelta(hours=24)
"""After which upkeep has stopped."""
LARGEST = 5
"""Tables whose sizes are said."""
LATE = timedelta(hours=1)
"""For how long a job may be due before it is said."""
TOLERANCE = timedelta(minutes=5)
"""By which two clocks may differ."""
SAFE = {"journal_mode": "wal", "synchronous": 2}
"""What SQLite must be set to, for a message that was answered to survive a power cut."""
SAFE_SERVER = {"synchronous_commit": ("on", "remote_apply"), "fsync": ("on",)}
"""As above, for PostgreSQL."""
COPY = "stop Hallway and copy the whole data folder to another disk; this one may be failing"


def examine(engine: Engine, heads: Path | None = None) -> Iterator[Finding]:
    """Yield all findings about the database; `heads` is the file of the audit log's exported heads.

    Raises StoreUnavailable, SchemaTooNew.
    """
    with in_plain_words(engine), engine.connect() as connection:
        yield ok("database", f"{connection.dialect.name} answers")
        refuse_newer(connection)
        present = revision_of(connection)
        if present != NEWEST:
            says = "is empty" if present is None else f"has the schema {present}, older than {NEWEST}"
            yield problem("schema", f"the database {says}", "hallway migrate")
            return
        yield ok("schema", f"{present}, up to date")
        yield from examine_content(connection, heads)


def has_present_schema(engine: Engine) -> bool:
    """Return whether the database can be worked on as it is. Raises StoreUnavailable, SchemaTooNew."""
    with in_plain_words(engine), engine.connect() as connection:
        refuse_newer(connection)
        return revision_of(connection) == NEWEST


def examine_content(connection: Connection, heads: Path | None = None) -> Iterator[Finding]:
    """Yield the findings about what is stored, and how safely."""
    yield from _of_sqlite(connection) if connection.dialect.name == "sqlite" else _of_postgres(connection)
    yield from broken(connection)
    yield _names(connection)
    yield _clock(connection)
    yield from _jobs(connection)
    yield from examine_audit(connection, heads)
    yield _search_index(connection)
    yield _upkeep(connection)


def _of_sqlite(connection: Connection) -> Iterator[Finding]:
    for name, wanted in SAFE.items():
        found = connection.execute(text(f"PRAGMA {name}")).scalar_one()
        yield _setting(name, str(found), is_safe=found == wanted, remedy="keep the data folder on a local disk")
    complaints = connection.execute(text("PRAGMA quick_check(1)")).scalars().all()
    if complaints == ["ok"]:
        yield ok("integrity", "every page of the file is intact")
    else:
        yield problem("integrity", complaints[0], LOOK, COPY, REPORT, RESTORE)
    lost = connection.execute(text("SELECT count(*) FROM pragma_foreign_key_check")).scalar_one()
    if lost:
        yield problem("references", f"{lost} rows refer to missing rows", LOOK, REPORT, KEEP, RESTORE)
    else:
        yield ok("references", "every reference is valid")


def _of_postgres(connection: Connection) -> Iterator[Finding]:
    for name, wanted in SAFE_SERVER.items():
        found = connection.execute(text(f"SHOW {name}")).scalar_one()
        yield _setting(name, found, is_safe=found in wanted, remedy=f"ALTER SYSTEM SET {name} = on; then reload")
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    yield _setting("encoding", encoding, is_safe=encoding == "UTF8", remedy="create the database again, with UTF8")


def _setting(name: str, found: str, *, is_safe: bool, remedy: str) -> Finding:
    return ok(name, found) if is_safe else problem(name, f"{found}: confirmed changes may be lost", remedy)


def _jobs(connection: Connection) -> Iterator[Finding]:
    """Examine the work in the background: what was given up, and whether anybody does what is due."""
    aside = connection.execute(select(func.count(job.c.set_aside_at))).scalar_one()
    if aside:
        newest = (
            select(job.c.reason).where(job.c.set_aside_at.is_not(None)).order_by(job.c.set_aside_at.desc()).limit(1)
        )
        why = connection.execute(newest).scalar_one() or "no reason was kept"
        says = f"{aside} background tasks failed and were set aside, the latest because: {why}"
        yield note("set aside", says, "see “Failed tasks” in the portal's settings, then retry or discard them")
    else:
        yield ok("set aside", "no background task was set aside")
    before, is_at_work = to_micros(datetime.now(UTC) - LATE), job.c.account_id.not_in(SUSPENDED)
    late = connection.execute(
        select(func.count()).select_from(job).where(job.c.due_at < before, is_at_work)
    ).scalar_one()
    if late:
        says = f"{late} background tasks are more than an hour late: no process is running them, or it can't keep up"
        yield note("jobs", says, "start Hallway, or look for job_failed and jobs_wait in its log")
    else:
        yield ok("jobs", "no background task is late")


def _search_index(connection: Connection) -> Finding:
    """Report how much of all messages is in the index of the search."""
    indexed, messages, incomplete = indexed_of_all(connection)
    share = f"{indexed:,} of {messages:,} messages are in it"
    building = f"; it is being built for {incomplete} accounts, while Hallway is running" if incomplete else ""
    return ok("search index", share + building)


def _upkeep(connection: Connection) -> Finding:
    """Report when upkeep last ran, and how much there is."""
    largest = sorted(_rows(connection).items(), key=lambda each: each[1], reverse=True)[:LARGEST]
    sizes = ", ".join(f"{name} {number:,}" for name, number in largest if number)
    query = select(job.c.payload).where(job.c.kind == upkeep.WORK.kind, job.c.account_id.not_in(SUSPENDED))
    runs = [upkeep.last_run(payload) for payload in connection.execute(query).scalars()]
    last = min((one.at for one in runs if one is not None), default=None)
    if last is None:
        return ok("upkeep", f"runs every few hours while Hallway is running; rows: {sizes or 'none'}")
    since = datetime.now(UTC) - last
    says = f"last ran {humanized(since)} ago; rows: {sizes}"
    if since > STANDS:
        return note("upkeep", says, "start Hallway, or look for upkeep_ran and job_failed in its log")
    return ok("upkeep", says)


def _rows(connection: Connection) -> Mapping[str, int]:
    """Return how many rows each table has, over all accounts."""
    if connection.dialect.name == "postgresql":
        return estimated_rows(connection)
    return counted_rows(connection)


def humanized(span: timedelta) -> str:
    """Put a time span into words, in the largest unit that fits."""
    minutes = max(0, int(span.total_seconds() // 60))
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if minutes >= 2 * size:
            return f"{minutes // size} {unit}s"
    return f"{minutes} minutes" if minutes != 1 else "1 minute"


def _names(connection: Connection) -> Finding:
    """Report names that an older Hallway told apart."""
    found = list(shared(connection))
    if not found:
        return ok("names", "all logins, addresses, departments and courses are unique")
    said = "; ".join(f"{one.what} {' = '.join(one.names)}" for one in found[:LARGEST])
    says = f"{len(found)} names differ only in how their characters are encoded and now count as the same: {said}"
    return note("names", says, "in the portal, rename all but one of each, or remove those you don't need")


def _clock(connection: Connection) -> Finding:
    now = datetime.now(UTC)
    ahead = in_the_future(connection, to_micros(now + TOLERANCE))
    if ahead:
        says = (
            f"{ahead} conversations end with a message from the future; the time here is {now:%Y-%m-%d %H:%M} UTC now"
        )
        return note("clock", says, "timedatectl set-ntp true")
    return ok("clock", f"{now:%Y-%m-%d %H:%M} UTC, and no message is newer")
