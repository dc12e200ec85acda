"""Keep a stolen session: its person sees it, is mailed about it, and ends it at once, on its live line too.

And the other way round: who holds a stolen token signs its person out nowhere.
"""

import httpx
import pytest

from tests.servers.hallway import Hallway
from tests.servers.mail import Relay, text_of
from tests.transport.cast import Browser, as_problem

pytestmark = pytest.mark.slow

PASSWORD = "hallway-demo"


def test_the_person_is_mailed_and_ends_it_at_once(mailing: Hallway, relay: Relay) -> None:
    with Browser(mailing.address, "maya", PASSWORD) as maya:
        email = maya.request("GET", "/me").json()["email"]
        with Browser(mailing.address, "maya", PASSWORD) as thief:
            mail = relay.wait_for_text(email, "someone signed in to your account")
            assert (mail["Subject"], mail["To"].addresses[0].addr_spec) == ("New sign-in to your account", email)
            assert "an unknown browser, network 127.0.0.*" in " ".join(text_of(mail).split())
            assert "/me\n" in text_of(mail)
            mine, other = maya.request("GET", "/me/sessions").json()["sessions"]
            assert (mine["mine"], other["mine"], other["network"]) == (True, False, "127.0.0.*")
            assert maya.request("DELETE", f"/me/sessions/{other['id']}").status_code == 204
            as_problem(thief.request("GET", "/me"), 401, "signed_out")
            as_problem(thief.request("DELETE", f"/me/sessions/{mine['id']}"), 401, "signed_out")
        (entry, *_) = maya.request("GET", "/me/audit").json()["entries"]
        assert (entry["action"], entry["target"]["id"]) == ("entry.session_ended", other["id"])


def test_all_others_end_and_programs_go_on(mailing: Hallway) -> None:
    first, second, third = (Browser(mailing.address, "maya", PASSWORD) for _ in range(3))
    secret = second.request("POST", "/me/tokens", json={"name": "A program"}).json()["secret"]
    assert second.request("POST", "/me/sessions/end-others").json() == {"ended": 2}
    assert [one.request("GET", "/me").status_code for one in (first, second, third)] == [401, 200, 401]
    assert _by_token(mailing, secret, "GET", "/me").status_code == 200
    for one in (first, second, third):
        one.http.close()


def _by_token(mailing: Hallway, secret: str, method: str, path: str) -> httpx.Response:
    return httpx.request(
        method, f"{mailing.address}/api/v1{path}", headers={"Authorization": f"Bearer {secret}"}, timeout=30
    )


def test_a_token_sees_sessions_and_ends_none(mailing: Hallway) -> None:
    with Browser(mailing.address, "maya", PASSWORD) as maya:
        secret = maya.request("POST", "/me/tokens", json={"name": "A program"}).json()["secret"]
        (found,) = _by_token(mailing, secret, "GET", "/me/sessions").json()["sessions"]
        assert found["mine"] is False
        as_problem(_by_token(mailing, secret, "DELETE", f"/me/sessions/{found['id']}"), 403, "forbidden")
        as_problem(_by_token(mailing, secret, "POST", "/me/sessions/end-others"), 403, "forbidden")
        assert maya.request("GET", "/me").status_code == 200


def test_another_s_session_and_one_that_is_not_there_are_the_same(mailing: Hallway) -> None:
    with Browser(mailing.address, "maya", PASSWORD) as maya, Browser(mailing.address, "samuel", PASSWORD) as samuel:
        (his,) = samuel.request("GET", "/me/sessions").json()["sessions"]
        answers = [
            maya.request("DELETE", f"/me/sessions/{one}") for one in (his["id"], his["id"][:-1] + "0", "nonsense")
        ]
        for answer in answers:
            as_problem(answer, 404, "not_found")
        assert samuel.request("GET", "/me").status_code == 200
