"""What must hold at rest: the network is whole again, and everybody has connected and caught up."""

from collections import Counter
from datetime import UTC, datetime

from hallway.domain.ids import ConversationId
from hallway.domain.people import State
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import conversations as wire_conversations
from hallway.usecases.messaging import conversations
from hallway.usecases.transaction import Transaction
from tests.simulation import views
from tests.simulation.names import NOBODY, actor
from tests.simulation.storms.clients import Client
from tests.simulation.storms.storm import Academy

ALL = 10_000


def everything_is_right(academy: Academy, *, is_fresh: bool) -> None:
    """The invariants of an account at rest; `is_fresh` when everybody has connected since the last change."""
    nobody_listens_who_may_not(academy)
    numbers_have_no_gaps(academy)
    acknowledged_means_stored_exactly_once(academy)
    whatever_was_written_is_stored_or_refused(academy)
    stars_are_as_committed(academy)
    all_clients_show_what_the_server_answers(academy, is_fresh=is_fresh)


def is_at_rest(academy: Academy) -> bool:
    """Whether everybody who may sign in has, and has caught up."""
    return all(client.is_at_rest for client in academy.clients if _is_here(academy, client))


def nobody_listens_who_may_not(academy: Academy) -> None:
    """A session that ended has no line, and nobody has one who was deactivated or removed."""
    for client in academy.clients:
        if client.session is not None:
            assert _is_here(academy, client), f"{client.name} listens, and its person may not sign in"
            assert client.session not in academy.ledger.ended, f"{client.name} listens, and its session is over"


def numbers_have_no_gaps(academy: Academy) -> None:
    """Each conversation holds the messages 1, 2, 3 … as they were committed, and no other."""
    for talk in academy.world.talks.values():
        stored = academy.storm.store.read(
            lambda tx, talk=talk: tx.messages.page(
                academy.world.cast.account_id, talk.id, NOBODY, after=0, before=None, limit=ALL
            )  # type: ignore[misc]
        )
        assert [one.seq for one in stored] == list(range(1, len(stored) + 1)), "a number is missing"
        assert [views.of_message(one) for one in stored] == [views.said(one) for one in talk.said]


def acknowledged_means_stored_exactly_once(academy: Academy) -> None:
    """Every message with an answer is stored once, with its text, in its sender's order of writing."""
    found = _stored(academy)
    for client in academy.clients:
        for one in client.written:
            if one.is_stored:
                assert found[client.person, one.key] == 1, f"{one.key} is stored {found[client.person, one.key]} times"
                assert academy.world.acknowledged[client.person, one.key][1].first == one.body
        _check_order(academy, client)


def _stored(academy: Academy) -> Counter[tuple[str, str]]:
    return Counter((one.sender, one.key) for talk in academy.world.talks.values() for one in talk.said)


def _check_order(academy: Academy, client: Client) -> None:
    """What a client wrote to somebody stands there as it was written; what was refused once may have come later."""
    seqs: dict[str, list[int]] = {}
    for one in client.written:
        if one.is_stored and not one.was_refused:
            seqs.setdefault(one.to, []).append(academy.world.acknowledged[client.person, one.key][1].seq)
    for to, numbers in seqs.items():
        assert numbers == sorted(numbers), f"{client.name} wrote to {to} in another order"


def whatever_was_written_is_stored_or_refused(academy: Academy) -> None:
    """Nothing is lost and nothing waits, except in the hands of those who may not sign in.

    What was refused is not stored, unless a request that its sender had given up came through later.
    """
    found = _stored(academy)
    for client in academy.clients:
        for one in client.written:
            times = found[client.person, one.key]
            assert times <= 1
            assert one.reason is None or not times or academy.storm.faults.late_requests, (
                f"{one.key} is stored and refused"
            )
            if _is_here(academy, client):
                assert not one.waits, f"{one.key} of {client.name} waits still"


def stars_are_as_committed(academy: Academy) -> None:
    """Everybody's stars are those that they gave and didn't take back, of what they see and what still says something."""
    account_id, read = academy.world.cast.account_id, academy.storm.store.read
    for talk in academy.world.talks.values():
        for one in talk.sides:
            stored = read(lambda tx, one=one, talk=talk: tx.stars.of(account_id, one, talk.id))  # type: ignore[misc]
            assert list(stored) == talk.starred_by(one), "a star is lost, or came from nowhere"


def all_clients_show_what_the_server_answers(academy: Academy, *, is_fresh: bool) -> None:
    """The list with its numbers, every opened chat with its messages and its standing; and all as it was committed.

    A frame does not say how far up it takes its chat: two that moved at the same time may have changed places until the
    list is loaded anew, so its order is looked at when it is fresh.
    """
    for client in academy.clients:
        if _is_here(academy, client):
            assert client.is_live, f"{client.name} is not connected"
            academy.storm.store.read(lambda tx, client=client: _check_list(academy, tx, client, is_fresh=is_fresh))  # type: ignore[misc]
            academy.storm.store.read(lambda tx, client=client: _check_chats(tx, client))  # type: ignore[misc]
            academy.storm.store.read(lambda tx, client=client: _check_drafts(tx, client))  # type: ignore[misc]
        else:
            assert not client.copy.rows, f"{client.name} still shows what its person may not read"


def _check_list(academy: Academy, tx: Transaction, client: Client, *, is_fresh: bool) -> None:
    page = conversations.chats(tx, actor(client.person), before=None, limit=ALL)
    committed = views.rows(academy.world.talks.values(), client.person)
    assert [views.of_line(line, client.person) for line in page.lines] == committed
    assert client.unread_chats == page.unread_chats, client.name
    told = [_without_place(row) for row in serializers.rows(page, client.person, ANY_MOMENT).rows]
    shown = [_without_place(row) for row in client.copy.listed()]
    assert (shown if is_fresh else _by_chat(shown)) == (told if is_fresh else _by_chat(told)), client.name


ANY_MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
"""Nobody has office hours here."""


def _check_chats(tx: Transaction, client: Client) -> None:
    me = actor(client.person)
    for chat, copy in client.copy.chats.items():
        opened = conversations.open_chat(tx, me, conversation_id=ConversationId(chat))
        answer = serializers.opened(opened, client.person, ANY_MOMENT)
        everything = conversations.history(tx, me, conversation_id=ConversationId(chat), before=None, limit=ALL)
        seen = [one for one in serializers.history(everything).messages if one.seq >= copy.first]
        assert [copy.messages[seq] for seq in sorted(copy.messages)] == seen, client.name
        kept = {seq for seq in copy.starred if seq in copy.messages and copy.messages[seq].deleted_at is None}
        assert kept == {seq for seq in answer.starred if seq >= copy.first}, f"{client.name} shows other stars"
        assert copy.standing == answer.standing, f"{client.name} {copy.standing} {answer.standing}"
        assert _without_place(client.copy.rows[chat]) == _without_place(answer.row), client.name


def _check_drafts(tx: Transaction, client: Client) -> None:
    """Whatever was typed where, all browsers of a person show the same texts."""
    shown = client.copy.drafts
    if shown is None:
        return
    me = actor(client.person)
    kept = tx.drafts.page(me.account_id, me.user_id, after=None, limit=ALL)
    stored = {one.conversation_id: {one.writing.text, *one.writing.others} - {""} for one in kept}
    assert shown == stored, f"{client.name} shows other drafts"


def _without_place(row: wire_conversations.Row) -> dict[str, object]:
    """A place is a number to sort by; whether there is one matters."""
    fields = {name: getattr(row, name) for name in row.__struct_fields__}
    return fields | {"place": row.place is not None}


def _by_chat(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(rows, key=lambda row: str(row["conversation_id"]))


def _is_here(academy: Academy, client: Client) -> bool:
    return academy.world.facts.states[client.person] is State.ACTIVE
