"""A clock that is set back or forward while people write: order and cursors never ask it, and what does stays sane."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hallway.client import Client, Refusal, SocketClosed
from hallway.demo.academy import PASSWORD
from hallway.transport.websocket import registry
from hallway.transport.wire import frames as wire_frames
from tests.servers.academy import Serving, serve_academy

BACK, AHEAD = -timedelta(hours=1), timedelta(days=1, seconds=1)
SIGNED_OUT = 4001


class Wayward:
    """`runtime.Clock`: the system's, unless somebody has set it."""

    def __init__(self) -> None:
        """Right."""
        self.wrong_by = timedelta()

    def now(self) -> datetime:
        """The moment it shows."""
        return datetime.now(UTC) + self.wrong_by


@pytest.fixture
def clock() -> Wayward:
    """The clock of the academy."""
    return Wayward()


@pytest.fixture
def serving(built_academy: Path, tmp_path: Path, clock: Wayward, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """The demo academy by that clock; it looks after its lines often."""
    monkeypatch.setattr(registry, "SWEEP", 0.01)
    served = serve_academy(built_academy, tmp_path, clock=clock)
    yield served
    served.stop()


@pytest.fixture
def samuel(serving: Serving) -> Iterator[Client]:
    """An administrator, signed in while the clock is right."""
    with Client(serving.address) as client:
        client.sign_in("samuel", PASSWORD)
        yield client


@pytest.mark.slow
def test_order_and_cursors_hold(samuel: Client, clock: Wayward) -> None:
    first, second = (samuel.people(name).people[0].id for name in ("Omar", "Maya"))
    chat = samuel.send_to_person(first, "Now").conversation_id
    known = samuel.changes(chat, rev=0, own_rev=0).row
    other = samuel.send_to_person(second, "Now, too").conversation_id
    clock.wrong_by = BACK
    back = samuel.send(chat, "An hour back")
    clock.wrong_by = AHEAD
    ahead = samuel.send(other, "A day ahead")
    clock.wrong_by = BACK
    last = samuel.send(chat, "Back again")
    assert back.sent_at < ahead.sent_at > last.sent_at
    assert [one.body for one in samuel.history(chat).messages[-3:]] == ["Now", "An hour back", "Back again"]
    assert samuel.history(chat, before=last.seq, limit=1).messages == [back]
    assert samuel.changes(chat, rev=known.rev, own_rev=known.own_rev).messages == [back, last]
    assert _page_by_page(samuel)[:2] == [chat, other]


def _page_by_page(client: Client) -> list[str]:
    """The ids of the list, read a row at a time; each must come once."""
    found: list[str] = []
    page = client.chats(limit=1)
    while True:
        found += [row.conversation_id for row in page.rows]
        if page.next is None:
            break
        page = client.chats(limit=1, cursor=page.next)
    assert len(found) == len(set(found))
    return found


@pytest.mark.slow
def test_deleting_for_everyone_is_offered_for_a_day_of_the_clock(samuel: Client, clock: Wayward) -> None:
    maya = samuel.people("Maya").people[0].id
    first, second = (samuel.send_to_person(maya, text) for text in ("First", "Second"))
    clock.wrong_by = BACK
    assert samuel.delete_for_everyone(first.conversation_id, first.seq).deleted_at is not None
    clock.wrong_by = AHEAD
    with pytest.raises(Refusal) as refused:
        samuel.delete_for_everyone(second.conversation_id, second.seq)
    assert refused.value.problem.code == "too_late"
    clock.wrong_by = timedelta()
    assert samuel.delete_for_everyone(second.conversation_id, second.seq).body == ""


@pytest.mark.slow
def test_sessions_and_lines_outlive_a_wrong_clock_but_not_their_end(
    serving: Serving, samuel: Client, clock: Wayward
) -> None:
    with samuel.connect() as line:
        for wrong_by in (BACK, AHEAD, BACK):
            clock.wrong_by = wrong_by
            assert line.send_to_person(samuel.people("Maya").people[0].id, "Still here").body == "Still here"
            with Client(serving.address) as newcomer:
                newcomer.sign_in("maya", PASSWORD)
                clock.wrong_by = timedelta()
                assert newcomer.me().login == "maya"
        clock.wrong_by = timedelta(days=31)
        assert [*line][-1] == wire_frames.SignedOutFrame()
        with pytest.raises(SocketClosed) as closed:
            line.next_frame()
    assert closed.value.code == SIGNED_OUT
