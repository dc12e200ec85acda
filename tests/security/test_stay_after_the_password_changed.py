"""An attacker who knows the old password signs in while hashes queue, and hopes to stay when it has changed meanwhile."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from hallway.transport.wire import entry as wire_entry
from hallway.transport.wire.version import HEADER, PROTOCOL
from tests.security.premises import PASSWORD, PATIENCE, Newcomer, Premises
from tests.transport.cast import as_problem

NEW = "quite another password"


@contextmanager
def _held(premises: Premises, work: str, ask: Callable[[], httpx.Response]) -> Iterator[Future[httpx.Response]]:
    """Ask for something, and let the hasher's answer wait while the body runs."""
    hold = premises.passwords.hold(work)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(ask)
        try:
            hold.arrived()
            yield asked
        finally:
            hold.let_go()


def _sign_in(premises: Premises, somebody: Newcomer, password: str = PASSWORD) -> httpx.Response:
    body = {"login": somebody.login, "password": password}
    return httpx.post(f"{premises.api}/session", json=body, timeout=PATIENCE)


def _change(premises: Premises, somebody: Newcomer) -> Callable[[], httpx.Response]:
    """The change of their password in a browser that is signed in already; made when it is called."""
    entered = _sign_in(premises, somebody)
    headers, cookies = {"X-CSRF-Token": entered.json()["csrf"], HEADER: str(PROTOCOL)}, dict(entered.cookies)
    body = {"current": PASSWORD, "password": NEW}
    return lambda: httpx.put(
        f"{premises.api}/me/password", json=body, headers=headers, cookies=cookies, timeout=PATIENCE
    )


def _changed(premises: Premises, somebody: Newcomer) -> None:
    body = wire_entry.ChangePassword(PASSWORD, NEW)
    premises.browser(somebody).ask("PUT", "/me/password", body)


def _linked(premises: Premises, somebody: Newcomer) -> None:
    assert premises.choose_by_link(somebody, NEW).status_code == 200


MEANWHILE = {"changed": _changed, "chosen by a link": _linked, "deactivated": Premises.deactivate}


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("what", MEANWHILE)
def test_who_waited_for_the_hash_of_the_old_password_does_not_come_in(premises: Premises, what: str) -> None:
    victim = premises.newcomer()
    with _held(premises, "verify", lambda: _sign_in(premises, victim)) as attack:
        MEANWHILE[what](premises, victim)
    refused = attack.result(PATIENCE)
    as_problem(refused, 401, "sign_in_failed")
    assert "set-cookie" not in refused.headers
    may_come = _sign_in(premises, victim, NEW).status_code
    assert may_come == (401 if what == "deactivated" else 200)


def test_who_waits_while_nothing_changes_comes_in(premises: Premises) -> None:
    somebody = premises.newcomer()
    with _held(premises, "verify", lambda: _sign_in(premises, somebody)) as asked:
        pass
    entered = asked.result(PATIENCE)
    assert entered.status_code == 200
    assert httpx.get(f"{premises.api}/me", cookies=dict(entered.cookies)).status_code == 200


def test_who_waits_while_somebody_else_s_password_changes_comes_in(premises: Premises) -> None:
    somebody, other = premises.newcomer(), premises.newcomer()
    with _held(premises, "verify", lambda: _sign_in(premises, somebody)) as asked:
        _changed(premises, other)
    assert asked.result(PATIENCE).status_code == 200


@pytest.mark.parametrize("what", ["chosen by a link", "deactivated"])
def test_who_changes_the_password_with_the_old_one_is_too_late_as_well(premises: Premises, what: str) -> None:
    victim = premises.newcomer()
    with _held(premises, "verify", _change(premises, victim)) as attack:
        body = "the password of the link"
        _ = premises.choose_by_link(victim, body) if what == "chosen by a link" else premises.deactivate(victim)
    as_problem(attack.result(PATIENCE), 401, "signed_out")
    assert _sign_in(premises, victim, NEW).status_code == 401


def test_two_browsers_that_change_it_at_once_do_not_both(premises: Premises) -> None:
    victim = premises.newcomer()
    with _held(premises, "verify", _change(premises, victim)) as attack:
        premises.browser(victim).ask("PUT", "/me/password", wire_entry.ChangePassword(PASSWORD, "the first one's"))
    as_problem(attack.result(PATIENCE), 401, "signed_out")
    assert _sign_in(premises, victim, "the first one's").status_code == 200


def test_who_changes_it_while_nothing_else_happens_stays_in(premises: Premises) -> None:
    somebody = premises.newcomer()
    with _held(premises, "verify", _change(premises, somebody)) as asked:
        pass
    changed = asked.result(PATIENCE)
    assert changed.status_code == 200
    assert httpx.get(f"{premises.api}/me", cookies=dict(changed.cookies)).status_code == 200


@pytest.mark.parametrize("what", ["another link", "deactivated"])
def test_a_link_that_is_void_by_the_time_of_its_hash_chooses_nothing(premises: Premises, what: str) -> None:
    victim = premises.newcomer()
    link = premises.link(victim)
    with _held(premises, "hash", lambda: premises.spend(link, NEW)) as attack:
        _ = premises.link(victim) if what == "another link" else premises.deactivate(victim)
    as_problem(attack.result(PATIENCE), 404, "not_found")
    assert _sign_in(premises, victim, NEW).status_code == 401


def test_a_link_that_is_good_at_the_time_of_its_hash_is_spent(premises: Premises) -> None:
    somebody = premises.newcomer()
    link = premises.link(somebody)
    with _held(premises, "hash", lambda: premises.spend(link, NEW)) as asked:
        pass
    assert asked.result(PATIENCE).status_code == 200
    assert _sign_in(premises, somebody, NEW).status_code == 200
