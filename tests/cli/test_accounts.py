"""Many accounts in one installation, on the command line: from the first link to the last export."""

from contextlib import closing
from pathlib import Path

import pytest

from hallway.adapters import RandomIds
from hallway.domain.accounts import Account
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.accounts.founding import Founding, found_account, found_owner
from hallway.usecases.people.user_lists import UserFilter
from tests.cli.conftest import Run
from tests.contracts.world import change

FIRST = Founding(academy="School", name="Olga Owner", email="olga@school.example", login="olga")
SECOND = Founding(academy="Acme Academy", name="Anna Owner", email="anna@acme.example", login="anna")
LEARNERS = "name,email,login\nLena,lena@acme.example,lena\nOtto,otto@acme.example,otto\n"


@pytest.fixture
def store(tmp_path: Path, run: Run) -> SqlStore:
    """An installation that Olga has set up."""
    run("migrate")
    opened = _store(tmp_path / "hallway-data")
    change(opened, lambda tx: found_account(tx, FIRST, password_hash="x", ids=RandomIds()))
    return opened


def _store(folder: Path) -> SqlStore:
    return open_store(f"sqlite:///{folder / 'hallway.db'}")


def _add(run: Run, store: SqlStore, *, is_founded: bool = True) -> Account:
    code, said, _ = run("account", "add", "Acme", "--address", "https://Chat.ACME.example/")
    assert code == 0
    link = said.splitlines()[-1].strip()
    assert link.startswith("https://chat.acme.example/set-up?token=")
    account = store.read(lambda tx: tx.accounts.at("chat.acme.example"))
    assert account is not None
    if is_founded:
        token, ids = link.partition("=")[2], RandomIds()
        change(store, lambda tx: found_owner(tx, account.id, SECOND, token, password_hash="y", ids=ids))
    return account


def _logins(store: SqlStore, account: Account) -> list[str]:
    people = store.read(lambda tx: tx.people.page(account.id, UserFilter(), after=None, limit=50))
    return sorted(one.login for one in people)


def test_an_account_is_added_listed_and_shown(run: Run, store: SqlStore) -> None:
    account = _add(run, store)
    _, listed, _ = run("account", "list")
    assert [line.split("\t")[1:3] for line in listed.splitlines()] == [["Acme Academy", "active"], ["School", "active"]]
    for named in ("Acme academy", "chat.acme.example", account.id):
        _, shown, _ = run("account", "show", named)
        assert "https://chat.acme.example" in shown


def test_an_address_is_nobodys_twice_and_no_path(run: Run, store: SqlStore) -> None:
    _add(run, store)
    for address, why in (
        ("http://chat.acme.example", "already leads to the account “Acme Academy”"),
        ("chat.example", "Write it like"),
        ("https://x.example/hallway", "Write it like"),
    ):
        code, _, complaint = run("account", "add", "Other", "--address", address)
        assert (code, why in complaint) == (1, True), address
    code, _, complaint = run("account", "add", "Other", "--address", "http://127.0.0.1:8080")
    assert (code, "the installation's own address" in complaint) == (1, True)
    ours = ("account", "change", "Acme Academy", "--address", "http://127.0.0.1:8080")
    assert "the installation's own address" in run(*ours)[2]
    twice = ("account", "change", "Acme Academy", "--address", "https://a.example", "--address", "http://a.example")
    assert "once" in run(*twice)[2]
    code, _, complaint = run("account", "add", "Other")
    assert (code, "Give the address" in complaint) == (1, True)
    assert len(store.read(lambda tx: tx.accounts.ids())) == 2


def test_a_set_up_link_is_made_anew_until_there_is_an_owner(run: Run, store: SqlStore) -> None:
    account = _add(run, store, is_founded=False)
    _, said, _ = run("account", "set-up-link", "Acme")
    token, ids = said.splitlines()[-1].partition("=")[2], RandomIds()
    change(store, lambda tx: found_owner(tx, account.id, SECOND, token, password_hash="y", ids=ids))
    code, _, complaint = run("account", "set-up-link", account.id)
    assert (code, "already set up" in complaint) == (1, True)


def test_it_is_renamed_changed_suspended_and_resumed(run: Run, store: SqlStore) -> None:
    account = _add(run, store)
    run("account", "rename", account.id, "Acme Ltd")
    run(
        "account",
        "change",
        "Acme Ltd",
        "--people",
        "3",
        "--messages-per-minute",
        "7",
        "--mail-sender",
        "us@acme.example",
    )
    run("account", "suspend", "Acme Ltd")
    found = store.read(lambda tx: tx.accounts.find(account.id))
    assert found is not None
    assert (found.name, found.limits.people, found.limits.messages_per_minute) == ("Acme Ltd", 3, 7)
    assert (found.mail_sender, found.is_suspended) == ("us@acme.example", True)
    run("account", "change", "Acme Ltd", "--people", "0")
    run("account", "resume", "Acme Ltd")
    found = store.read(lambda tx: tx.accounts.find(account.id))
    assert found is not None
    assert (found.limits.people, found.limits.messages_per_minute, found.is_suspended) == (None, 7, False)


def test_a_command_says_what_to_type_where_it_is_not_clear_which_account_is_meant(run: Run, store: SqlStore) -> None:
    _add(run, store)
    (school,) = store.read(lambda tx: [one.id for one in tx.accounts.all() if not one.addresses])
    for words in (("import", "users", __file__), ("user", "sign-in-link", "olga")):
        code, _, complaint = run(*words)
        assert code == 1
        assert "There are several accounts. Add one of these to the command:" in complaint
        assert "\n  --account chat.acme.example  (Acme Academy)\n" in complaint
        assert f"\n  --account {school}  (School)\n" in complaint
    code, _, complaint = run("account", "show", "Nobody")
    assert (code, "No account has the name, host or id Nobody. Type one of these instead:" in complaint) == (1, True)
    run("account", "rename", "School", "Acme Academy")
    code, _, complaint = run("account", "show", "Acme academy")
    assert (code, "Several accounts are called Acme academy. Type one of these" in complaint) == (1, True)
    assert run("account", "show", school)[0] == 0


def test_people_come_into_the_account_that_is_named_and_no_more_than_it_may_have(
    run: Run, store: SqlStore, tmp_path: Path
) -> None:
    account = _add(run, store)
    file = tmp_path / "people.csv"
    file.write_text(LEARNERS, "utf-8")
    run("account", "change", "Acme Academy", "--people", "2")
    code, _, complaint = run("import", "users", str(file), "--account", "Acme Academy")
    assert (code, "as many people as it may have" in complaint) == (1, True)
    assert _logins(store, account) == ["anna"]
    run("account", "change", "Acme Academy", "--people", "3")
    assert run("import", "users", str(file), "--account", "chat.acme.example")[0] == 0
    assert _logins(store, account) == ["anna", "lena", "otto"]
    _, link, _ = run("user", "sign-in-link", "lena", "--account", "Acme Academy")
    assert link.startswith("https://chat.acme.example/link/")


def test_an_account_moves_into_another_installation(run: Run, store: SqlStore, tmp_path: Path) -> None:
    account = _add(run, store)
    file = tmp_path / "acme.hallway"
    assert run("account", "export", "Acme Academy", str(file))[0] == 0
    assert run("account", "export", "Acme Academy", str(file))[0] == 1, "it replaces nothing by itself"
    store.close()
    code, _, complaint = run("account", "restore", str(file))
    assert (code, "already there" in complaint) == (1, True)
    other = str(tmp_path / "elsewhere")
    run("migrate", "--data", other)
    assert run("account", "restore", str(file), "--data", other)[0] == 0
    moved = _store(tmp_path / "elsewhere")
    assert _logins(moved, account) == ["anna"]
    assert [one.name for one in moved.read(lambda tx: tx.accounts.all())] == ["Acme Academy"]


@pytest.mark.slow
def test_an_export_whose_address_is_taken_is_refused_in_plain_words(run: Run, database: str, tmp_path: Path) -> None:
    with closing(open_store(database)) as store:
        change(store, lambda tx: found_account(tx, FIRST, password_hash="x", ids=RandomIds()))
    acme, school, at = (
        tmp_path / "acme.hallway",
        tmp_path / "school.hallway",
        ("--address", "https://chat.acme.example"),
    )
    run("account", "add", "Acme", *at, database=database)
    for name, file in (("Acme", acme), ("School", school)):
        run("account", "export", name, str(file))
    run("account", "suspend", "Acme")
    run("account", "export", "Acme", str(acme), "--force")
    run("account", "remove", "Acme", "--exported", str(acme))
    run("account", "add", "Other", *at)
    code, _, complaint = run("account", "restore", str(acme))
    assert (code, "chat.acme.example already leads to the account “Other”" in complaint) == (1, True)
    assert "already there" in run("account", "restore", str(school))[2]
    code, _, complaint = run("account", "restore", str(acme), public_url="https://chat.acme.example")
    assert (code, "the installation's own address" in complaint) == (1, True)
    with closing(open_store(database)) as store:
        assert [one.name for one in store.read(lambda tx: tx.accounts.all())] == ["Other", "School"]
    run("account", "change", "Other", "--address", "https://other.example", public_url="https://hallway.example")
    assert run("account", "restore", str(acme))[0] == 0


def test_only_one_account_has_the_installations_address(run: Run, store: SqlStore, tmp_path: Path) -> None:
    school, other = tmp_path / "school.hallway", str(tmp_path / "elsewhere")
    run("account", "export", "School", str(school))
    run("migrate", "--data", other)
    with closing(_store(tmp_path / "elsewhere")) as elsewhere:
        change(elsewhere, lambda tx: found_account(tx, SECOND, password_hash="x", ids=RandomIds()))
    code, _, complaint = run("account", "restore", str(school), "--data", other)
    assert (code, "no address of its own" in complaint) == (1, True)
    run("account", "change", "Acme Academy", "--address", "https://chat.acme.example", "--data", other)
    assert run("account", "restore", str(school), "--data", other)[0] == 0
    store.close()


@pytest.mark.slow
def test_an_account_is_removed_once_all_of_it_is_in_a_file(run: Run, store: SqlStore, tmp_path: Path) -> None:
    account, file = _add(run, store), tmp_path / "acme.hallway"
    run("account", "export", "Acme Academy", str(file))
    removing = ("account", "remove", "Acme Academy", "--exported", str(file))
    assert "Suspend it first" in run(*removing)[2]
    run("account", "suspend", "Acme Academy")
    assert "before the account was suspended" in run(*removing)[2]
    run("account", "export", "Acme Academy", str(file), "--force")
    people = tmp_path / "people.csv"
    people.write_text(LEARNERS, "utf-8")
    run("import", "users", str(people), "--account", "Acme Academy")
    assert "Export it again" in run(*removing)[2]
    run("account", "export", "School", str(file), "--force")
    assert "doesn't hold this account" in run(*removing)[2]
    run("account", "export", "Acme Academy", str(file), "--force")
    code, said, complaint = run(*removing)
    assert (code, complaint) == (0, "")
    assert "was removed" in said
    assert [one.name for one in store.read(lambda tx: tx.accounts.all())] == ["School"]
    store.close()
    code, said, _ = run("account", "restore", str(file))
    assert (code, "It is suspended" in said) == (0, True)
    assert _logins(_store(tmp_path / "hallway-data"), account) == ["anna", "lena", "otto"]


def test_a_whole_backup_is_no_export_and_an_export_is_a_backup_of_its_own(
    run: Run, store: SqlStore, tmp_path: Path
) -> None:
    account = _add(run, store)
    whole, alone = tmp_path / "whole.hallway", tmp_path / "alone.hallway"
    run("backup", str(whole))
    assert "whole installation" in run("account", "restore", str(whole))[2]
    run("account", "export", "Acme Academy", str(alone))
    fresh = str(tmp_path / "fresh")
    assert run("restore", str(alone), "--data", fresh)[0] == 0
    assert _logins(_store(tmp_path / "fresh"), account) == ["anna"]
