"""A backup is all there was, restored into either database; what is not a whole backup changes nothing."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from backports import zstd
from sqlalchemy import Engine, func, inspect, select, text, update

from hallway.domain.audit import Action, Via, first_break
from hallway.storage.backup.form import Backup, DamagedBackup, NewerBackup, NoBackup
from hallway.storage.backup.restoring import InUse, NotEmpty, restore
from hallway.storage.backup.saving import snapshot
from hallway.storage.backup.tables import NothingHere, database_at
from hallway.storage.migrate import NEWEST, migrate_to, revision_of
from hallway.storage.scheduled_tables import scheduled_message
from hallway.storage.store import open_store
from hallway.storage.timestamps import to_micros
from hallway.usecases.accounts.mail_tags import tag_of
from tests.contracts.world import EXPERT, HERE, LENA, talk
from tests.faults.scheduled import schedule_many
from tests.servers.postgres import Postgres
from tests.storage.furnished import PICTURE, WORDS, Rows, furnished_store, stored

NewUrl = Callable[[str], str]


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """Addresses of empty databases of a kind."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{len(list(tmp_path.iterdir()))}/hallway.db"
        server: Postgres = request.getfixturevalue("postgres")
        return server.new_database()

    return make


@pytest.fixture
def sqlite_url(new_url: NewUrl) -> str:
    """A furnished database with a conversation of awkward words, a picture and sessions of each kind."""
    return _furnish(new_url("sqlite"))


def _furnish(url: str) -> str:
    furnished_store(url).close()
    return url


def _save(url: str, path: Path, *, replaces: bool = False) -> Path:
    with database_at(url) as engine, snapshot(engine) as saving:
        saving.write(path, replaces=replaces, watch=int)
    return path


def _restore(path: Path, url: str, *, replaces: bool = False) -> Rows:
    """What is stored then."""
    backup = Backup(path)
    backup.verify(int)
    with database_at(url, may_be_new=True) as engine:
        restore(engine, backup, replaces=replaces, watch=int)
    return _stored(url)


def _stored(url: str) -> Rows:
    """All that is stored, table by table."""
    with database_at(url) as engine:
        return _rows(engine)


def _rows(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return stored(connection)


def _as_saved(rows: Rows) -> Rows:
    """Without what restoring does not bring back, and without the entry that says that it was restored."""
    kept = {name: found for name, found in rows.items() if name != "session"}
    return {name: [row for row in found if Action.ACCOUNT_RESTORED not in row] for name, found in kept.items()}


@pytest.mark.slow
@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_what_is_restored_is_what_was_saved_in_either_database(
    new_url: NewUrl, tmp_path: Path, source: str, into: str
) -> None:
    url = _furnish(new_url(source))
    saved, restored = _stored(url), _restore(_save(url, tmp_path / "backup"), new_url(into))
    assert {row[6] for row in restored["message"]} == set(WORDS)
    assert restored["photo"][0][-1] == PICTURE
    assert _as_saved(restored) == _as_saved(saved)


@pytest.mark.slow
@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_the_audit_log_goes_on_from_the_backup_and_says_so(
    sqlite_url: str, new_url: NewUrl, tmp_path: Path, into: str
) -> None:
    url = new_url(into)
    _restore(_save(sqlite_url, tmp_path / "backup"), url)
    store = open_store(url)
    entries = store.read(lambda tx: list(tx.audit.whole(HERE)))
    assert [(one.draft.action, one.draft.via) for one in entries[-2:]] == [
        (Action.USER_ADDED, Via.WEB),
        (Action.ACCOUNT_RESTORED, Via.COMMAND),
    ]
    assert first_break(entries) is None
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_tokens_stay_and_people_sign_in_again(sqlite_url: str, new_url: NewUrl, tmp_path: Path, into: str) -> None:
    restored = _restore(_save(sqlite_url, tmp_path / "backup"), new_url(into))
    assert [row[3] for row in restored["session"]] == ["token"]


@pytest.mark.slow
def test_a_backup_of_an_older_schema_comes_back_with_the_present_one(new_url: NewUrl, tmp_path: Path) -> None:
    old, new = new_url("sqlite"), new_url("postgresql")
    with database_at(old, may_be_new=True) as engine, engine.connect() as connection:
        migrate_to(connection, "0001")
        connection.execute(text("INSERT INTO account VALUES (:id, 'Old', 1, 'strict', 0)"), {"id": HERE})
        connection.commit()
    assert Backup(_save(old, tmp_path / "backup")).head.revision == "0001"
    assert _restore(tmp_path / "backup", new)["account"] == [
        (HERE, "Old", True, "strict", 0, None, None, tag_of(HERE), *[None] * 8)
    ]
    assert _revision(new) == NEWEST != "0001"


def _revision(url: str) -> str | None:
    with database_at(url) as engine, engine.connect() as connection:
        return revision_of(connection)


@pytest.mark.slow
def test_a_restored_file_is_durable_again(sqlite_url: str, new_url: NewUrl, tmp_path: Path) -> None:
    url = new_url("sqlite")
    _restore(_save(sqlite_url, tmp_path / "backup"), url)
    store = open_store(url)
    talk(store, LENA, EXPERT, ["Hello"])
    store.close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert file.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    file.close()


# Saving.


@pytest.mark.slow
def test_the_file_is_for_its_owner_alone(sqlite_url: str, tmp_path: Path) -> None:
    assert _save(sqlite_url, tmp_path / "backup").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_nothing_is_overwritten_unless_one_says_so(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    path.write_text("the backup of yesterday")
    with pytest.raises(FileExistsError, match="--force"):
        _save(sqlite_url, path)
    assert path.read_text() == "the backup of yesterday"
    _save(sqlite_url, path, replaces=True)
    assert Backup(path).head.revision == NEWEST


@pytest.mark.slow
def test_what_cannot_be_finished_leaves_nothing_behind(sqlite_url: str, tmp_path: Path) -> None:
    def fail(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "target").mkdir()
    with database_at(sqlite_url) as engine, snapshot(engine) as saving, pytest.raises(KeyboardInterrupt):
        saving.write(tmp_path / "target" / "backup", replaces=False, watch=fail)
    assert list((tmp_path / "target").iterdir()) == []


def test_before_the_set_up_there_is_nothing_to_save(new_url: NewUrl, tmp_path: Path) -> None:
    url = new_url("sqlite")
    open_store(url).close()
    with pytest.raises(NothingHere):
        _save(url, tmp_path / "backup")


@pytest.mark.slow
def test_the_snapshot_holds_up_no_writer_and_sees_nothing_of_it(
    sqlite_url: str, new_url: NewUrl, tmp_path: Path
) -> None:
    store, before = open_store(sqlite_url), _stored(sqlite_url)
    with database_at(sqlite_url) as engine, snapshot(engine) as saving:
        talk(store, LENA, EXPERT, ["Meanwhile"])
        saving.write(tmp_path / "backup", replaces=False, watch=int)
    store.close()
    restored = _restore(tmp_path / "backup", new_url("sqlite"))
    assert _as_saved(restored) == _as_saved(before)


# What is no whole backup.


@pytest.fixture
def saved(sqlite_url: str, tmp_path: Path) -> Path:
    """A backup to be spoiled."""
    return _save(sqlite_url, tmp_path / "saved")


@pytest.mark.slow
def test_no_byte_may_be_missing_at_the_end(saved: Path) -> None:
    whole = saved.read_bytes()
    for length in [*range(0, len(whole), 7), len(whole) - 1]:
        saved.write_bytes(whole[:length])
        with pytest.raises((DamagedBackup, NoBackup)):
            Backup(saved).verify(int)
    saved.write_bytes(whole)
    Backup(saved).verify(int)


def test_no_byte_may_be_another(saved: Path) -> None:
    whole = saved.read_bytes()
    for place in [*range(20), *range(20, len(whole), 5)]:
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises((DamagedBackup, NoBackup)):
            Backup(saved).verify(int)


@pytest.mark.parametrize("content", [b"", b"a letter, " * 500, b"SQLite format 3\0", zstd.compress(b"{}\n" * 9)])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter").write_bytes(content)
    with pytest.raises(NoBackup, match="is no backup of Hallway"):
        Backup(tmp_path / "letter")


def _with_head(saved: Path, **changed: object) -> Path:
    """The backup with another head, and a checksum that fits."""
    head, rest = zstd.decompress(saved.read_bytes()).split(b"\n", 1)
    saved.write_bytes(zstd.compress(json.dumps(json.loads(head) | changed).encode() + b"\n" + rest))
    return saved


def test_what_a_newer_hallway_wrote_is_left_to_it(saved: Path) -> None:
    with pytest.raises(NewerBackup, match=r"Hallway 9\.0"):
        Backup(_with_head(saved, version=2, hallway="9.0"))


def test_a_head_that_was_changed_does_not_fit_the_checksum(saved: Path) -> None:
    with pytest.raises(DamagedBackup, match="checksum"):
        Backup(_with_head(saved, hallway="9.0")).verify(int)


# Restoring.


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_installation_is_replaced_only_if_one_says_so(saved: Path, new_url: NewUrl, kind: str) -> None:
    url = _furnish(new_url(kind))
    store = open_store(url)
    talk(store, LENA, EXPERT, ["Since then"])
    store.close()
    before = _stored(url)
    with pytest.raises(NotEmpty, match="--force"):
        _restore(saved, url)
    assert _stored(url) == before
    assert {row[6] for row in _restore(saved, url, replaces=True)["message"]} == set(WORDS)


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_newer_installation_can_be_gone_back_from(saved: Path, new_url: NewUrl, kind: str) -> None:
    """As after an upgrade that did not go well: its tables go, too, and tables of others stay."""
    url = _furnish(new_url(kind))
    with database_at(url) as engine, engine.connect() as connection:
        connection.execute(text("CREATE TABLE pinned (account_id uuid REFERENCES account (id))"))
        connection.execute(text("CREATE TABLE theirs (id integer)"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    _restore(saved, url, replaces=True)
    assert _revision(url) == NEWEST
    with database_at(url) as engine, engine.connect() as connection:
        assert {"pinned", "theirs"} & set(inspect(connection).get_table_names()) == {"theirs"}


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_in_use_is_left_alone(saved: Path, new_url: NewUrl, kind: str) -> None:
    url = _furnish(new_url(kind))
    before = _stored(url)
    store = open_store(url)
    store.read(lambda tx: tx.accounts.default())
    with pytest.raises(InUse):
        _restore(saved, url, replaces=True)
    store.close()
    assert _stored(url) == before


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_fails_in_the_middle_changes_nothing(saved: Path, new_url: NewUrl, kind: str) -> None:
    """The file is exchanged behind our back, after it was verified."""
    url = _furnish(new_url(kind))
    before = _stored(url)
    backup = Backup(saved)
    whole = saved.read_bytes()
    saved.write_bytes(whole[: len(whole) // 2])
    with database_at(url) as engine, pytest.raises(DamagedBackup):
        restore(engine, backup, replaces=True, watch=int)
    assert _stored(url) == before


def test_a_value_that_does_not_fit_its_column_changes_nothing(sqlite_url: str, new_url: NewUrl, tmp_path: Path) -> None:
    """SQLite keeps any text as an id; PostgreSQL does not."""
    with database_at(sqlite_url) as engine, engine.connect() as connection:
        connection.execute(text("UPDATE department SET parent_id = 'nowhere' WHERE parent_id IS NULL"))
        connection.commit()
    url = new_url("postgresql")
    with pytest.raises(DamagedBackup, match="A row of department can't be restored"):
        _restore(_save(sqlite_url, tmp_path / "backup"), url)
    assert _revision(url) is None


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_what_was_due_meanwhile_is_given_back_and_what_is_due_later_waits_on(
    new_url: NewUrl, tmp_path: Path, into: str
) -> None:
    """It may have been sent after the backup was made."""
    url = _furnish(new_url("sqlite"))
    schedule_many(url, EXPERT, [LENA], 2)
    with database_at(url) as engine, engine.begin() as connection:
        later = to_micros(datetime.now(UTC) + timedelta(days=1))
        one = select(func.min(scheduled_message.c.id)).scalar_subquery()
        connection.execute(update(scheduled_message).where(scheduled_message.c.id == one).values(due_at=later))
    _restore(_save(url, tmp_path / "backup"), restored := new_url(into))
    with database_at(restored) as engine, engine.connect() as connection:
        found = connection.execute(select(scheduled_message.c.reason, scheduled_message.c.revision)).all()
    assert {tuple(row) for row in found} == {(None, 1), ("restored", 2)}
