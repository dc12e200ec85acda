"""What is kept for people who are away: notices, choices, browsers, mail."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hallway.domain.conversations import FOREVER, Conversation
from hallway.domain.ids import SessionId, UserId
from hallway.domain.notifications import Policy, When, Wishes
from hallway.domain.office import Office
from hallway.usecases.errors import Conflict
from hallway.usecases.notifications.records import (
    Bounce,
    Browser,
    KeptMail,
    NotificationPreferences,
    NotificationState,
    ReplyAddress,
)
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import (
    ELSEWHERE,
    EXPERT,
    HERE,
    LENA,
    NOON,
    TOMAS,
    change,
    furnished,
    named,
    row_of,
    session,
    talk,
)

SECOND = timedelta(seconds=1)


@pytest.fixture
def chat(store: Store) -> Conversation:
    """Tomás wrote to Eva."""
    furnished(store)
    return talk(store, TOMAS, EXPERT, ["One", "Two"])


def _notice(chat: Conversation, target_id: str = "email") -> NotificationState:
    return NotificationState(
        account_id=HERE, user_id=EXPERT, conversation_id=chat.id, target_id=target_id, notified_seq=1, is_shown=True
    )


# What is to be told, and was.


def test_conversations_with_something_untold_are_found(store: Store, chat: Conversation) -> None:
    assert store.read(lambda tx: tx.notification_states.undecided(HERE, 10)) == []

    def post(tx: Transaction) -> None:
        (found,) = tx.conversations.several(HERE, [chat.id]).values()
        tx.conversations.save([found.with_side(replace(found.members[EXPERT], untold=True))])

    change(store, post)
    assert store.read(lambda tx: tx.notification_states.undecided(HERE, 10)) == [chat.id]
    assert store.read(lambda tx: tx.notification_states.undecided(ELSEWHERE, 10)) == []
    assert store.read(lambda tx: tx.conversations.several(HERE, [chat.id])[chat.id].members[EXPERT].untold)

    def tell(tx: Transaction) -> None:
        (found,) = tx.conversations.several(HERE, [chat.id]).values()
        tx.conversations.save([found.with_side(replace(found.members[EXPERT], untold=None))])

    change(store, tell)
    assert store.read(lambda tx: tx.notification_states.undecided(HERE, 10)) == []


def test_notices_come_back_as_they_were_kept_and_change(store: Store, chat: Conversation) -> None:
    kept = [_notice(chat), _notice(chat, "push/1")]
    change(store, lambda tx: tx.notification_states.save(kept))
    changed = replace(kept[0], notified_seq=2, is_shown=False)
    change(store, lambda tx: tx.notification_states.save([changed]))
    place = (EXPERT, chat.id)
    found = change(store, lambda tx: tx.notification_states.at(HERE, [place, (TOMAS, chat.id)]))
    assert sorted(found, key=lambda one: one.target_id) == [changed, kept[1]]
    assert store.read(lambda tx: tx.notification_states.at(ELSEWHERE, [place])) == []
    assert store.read(lambda tx: tx.notification_states.at(HERE, [])) == []


def test_what_is_shown_is_found(store: Store, chat: Conversation) -> None:
    shown, other = _notice(chat, "push/1"), replace(_notice(chat, "email"), is_shown=False)
    change(store, lambda tx: tx.notification_states.save([shown, other]))
    assert store.read(lambda tx: tx.notification_states.shown(HERE, (EXPERT, chat.id))) == [shown]
    assert store.read(lambda tx: tx.notification_states.shown(HERE, (TOMAS, chat.id))) == []
    assert store.read(lambda tx: tx.notification_states.shown(ELSEWHERE, (EXPERT, chat.id))) == []


def test_an_outlet_is_forgotten(store: Store, chat: Conversation) -> None:
    change(store, lambda tx: tx.notification_states.save([_notice(chat), _notice(chat, "push/1")]))
    change(store, lambda tx: tx.notification_states.forget(HERE, TOMAS, "push/1"))
    change(store, lambda tx: tx.notification_states.forget(HERE, EXPERT, "push/1"))
    assert store.read(lambda tx: tx.notification_states.at(HERE, [(EXPERT, chat.id)])) == [_notice(chat)]


def test_a_notice_is_for_somebody(store: Store, chat: Conversation) -> None:
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.notification_states.save([replace(_notice(chat), user_id=UserId(named("nobody")))]))


# What was chosen.


def test_choices_come_back_as_they_were_kept(store: Store, chat: Conversation) -> None:
    del chat
    wishes = Wishes(
        choices={"email.question": When.DAILY},
        quiet_from=time(22, 30),
        quiet_until=time(7),
        days_off=frozenset({5, 6}),
        digest_at=time(9),
        hides_text=True,
    )
    chosen = NotificationPreferences(wishes, Office(frozenset({0, 4}), time(9), time(17), 8))
    change(store, lambda tx: tx.settings.save(HERE, EXPERT, NotificationPreferences()))
    change(store, lambda tx: tx.settings.save(HERE, EXPERT, chosen))
    assert store.read(lambda tx: tx.settings.of(HERE, [EXPERT, TOMAS])) == {EXPERT: chosen}
    policy = Policy(choices={"push.message": When.NEVER}, locked=frozenset({"push.message"}), hides_text=True)
    assert store.read(lambda tx: tx.settings.policy(HERE)) == Policy()
    change(store, lambda tx: tx.settings.set_policy(HERE, policy))
    assert store.read(lambda tx: tx.settings.policy(HERE)) == policy
    assert store.read(lambda tx: tx.settings.policy(ELSEWHERE)) == Policy()


def test_a_chat_is_muted_for_one_of_its_people(store: Store, chat: Conversation) -> None:
    place = (EXPERT, chat.id)
    for until in (FOREVER, NOON + SECOND, None, None, NOON, FOREVER):
        change(store, lambda tx, until=until: tx.settings.mute(HERE, place, until=until))
        found = store.read(lambda tx: tx.settings.muted(HERE, [place, (TOMAS, chat.id)], NOON))
        assert found == (frozenset({place}) if until and until > NOON else frozenset())
        row = row_of(store, EXPERT, chat.id)
        assert row is not None
        assert row.muted_until == until


def test_a_secret_is_the_accounts_own(store: Store, chat: Conversation) -> None:
    del chat
    for content in ("first", "second"):
        change(store, lambda tx, content=content: tx.settings.set_secret(HERE, "key", content))
        assert store.read(lambda tx: tx.settings.secret(HERE, "key")) == content
    assert store.read(lambda tx: tx.settings.secret(ELSEWHERE, "key")) is None


def test_the_first_secret_of_a_name_stays(store: Store, chat: Conversation) -> None:
    del chat
    assert change(store, lambda tx: tx.settings.first_secret(HERE, "key", "first")) == "first"
    assert change(store, lambda tx: tx.settings.first_secret(HERE, "key", "second")) == "first"
    assert store.read(lambda tx: tx.settings.secret(HERE, "key")) == "first"


# Browsers that take pushes.


def _browser(name: str, whose: UserId = EXPERT, endpoint: str = "https://push.example/1") -> Browser:
    return Browser(
        account_id=HERE,
        id=named(name),
        user_id=whose,
        session_id=SessionId(named("session")),
        endpoint=endpoint,
        p256dh="p256dh",
        auth="auth",
        name=name,
        created_at=NOON,
    )


def test_a_browser_belongs_to_a_session_and_goes_with_it(store: Store, chat: Conversation) -> None:
    del chat
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.browsers.add(_browser("one")))
    change(store, lambda tx: tx.sessions.add(session("session", EXPERT)))
    change(store, lambda tx: tx.browsers.add(_browser("one")))
    assert store.read(lambda tx: tx.browsers.of(HERE, [EXPERT, TOMAS], NOON)) == {EXPERT: [_browser("one")]}
    change(store, lambda tx: tx.sessions.remove(HERE, EXPERT, SessionId(named("session"))))
    assert store.read(lambda tx: tx.browsers.of(HERE, [EXPERT], NOON)) == {}


def test_a_browser_is_not_found_once_its_session_has_expired(store: Store, chat: Conversation) -> None:
    del chat
    brief, endless = session("session", EXPERT), replace(session("endless", EXPERT), expires_at=None)
    other = replace(_browser("other", endpoint="https://push.example/2"), session_id=endless.id)
    for opened, browser in ((brief, _browser("one")), (endless, other)):
        change(store, lambda tx, one=opened: tx.sessions.add(one))
        change(store, lambda tx, one=browser: tx.browsers.add(one))
    ends = NOON + timedelta(days=1)
    found = store.read(lambda tx: tx.browsers.of(HERE, [EXPERT], ends - SECOND))
    assert {one.id for one in found[EXPERT]} == {named("one"), named("other")}
    assert store.read(lambda tx: tx.browsers.of(HERE, [EXPERT], ends)) == {EXPERT: [other]}


def test_one_endpoint_is_one_browser(store: Store, chat: Conversation) -> None:
    del chat
    change(store, lambda tx: tx.sessions.add(session("session", EXPERT)))
    other = replace(_browser("other", endpoint="https://push.example/2"), created_at=NOON + SECOND)
    for one in (_browser("one"), _browser("two"), other):
        change(store, lambda tx, one=one: tx.browsers.add(one))
    assert store.read(lambda tx: tx.browsers.of(HERE, [EXPERT], NOON)) == {EXPERT: [_browser("two"), other]}
    change(store, lambda tx: tx.browsers.remove(HERE, other.id))
    assert store.read(lambda tx: tx.browsers.of(HERE, [EXPERT], NOON)) == {EXPERT: [_browser("two")]}


# Mail.


def test_the_newest_address_of_a_place_is_found_and_each_by_its_id(store: Store, chat: Conversation) -> None:
    place = (EXPERT, chat.id)
    old = ReplyAddress(account_id=HERE, id="address-0", user_id=EXPERT, conversation_id=chat.id, made_at=NOON)
    new = replace(old, id="address-1", made_at=NOON + timedelta(days=1))
    change(store, lambda tx: tx.mails.add_addresses([new, old]))
    assert store.read(lambda tx: tx.mails.addresses(HERE, {place, (TOMAS, chat.id)})) == {place: new}
    assert store.read(lambda tx: tx.mails.address(HERE, old.id)) == old
    assert store.read(lambda tx: tx.mails.address(ELSEWHERE, old.id)) is None


def test_the_original_of_a_mail_is_kept_beside_its_message(store: Store, chat: Conversation) -> None:
    change(store, lambda tx: tx.mails.keep_original(HERE, chat.id, 1, "Yes\n> “Ö”?"))
    assert store.read(lambda tx: tx.mails.original(HERE, chat.id, 1)) == "Yes\n> “Ö”?"
    assert store.read(lambda tx: tx.mails.original(HERE, chat.id, 2)) is None


def test_mails_are_kept_aside_until_they_are_dropped(store: Store, chat: Conversation) -> None:
    del chat
    kept = [
        KeptMail(
            account_id=HERE,
            id=named(f"mail {number}"),
            at=NOON + number * SECOND,
            sender="a@b.example",
            subject="Ö",
            reason="no_reader",
            content=bytes(range(256)),
        )
        for number in range(3)
    ]
    for one in kept:
        change(store, lambda tx, one=one: tx.mails.keep(one))
    listed = [replace(one, content=b"") for one in kept]
    assert store.read(lambda tx: tx.mails.kept(HERE, 2)) == [listed[2], listed[1]]
    assert store.read(lambda tx: tx.mails.kept_one(HERE, kept[1].id)) == kept[1]
    assert store.read(lambda tx: tx.mails.kept_one(ELSEWHERE, kept[1].id)) is None
    assert store.read(lambda tx: tx.mails.kept(ELSEWHERE, 2)) == []
    change(store, lambda tx: tx.mails.drop(HERE, kept[2].id))
    assert store.read(lambda tx: tx.mails.kept(HERE, 9)) == [listed[1], listed[0]]


@pytest.mark.parametrize(
    ("most", "most_bytes", "before", "stay"),
    [(9, 9_999, 0, [4, 3, 2, 1, 0]), (2, 9_999, 0, [4, 3]), (9, 250, 0, [4, 3]), (9, 9_999, 3, [4, 3]), (9, 99, 0, [])],
)
def test_of_the_mails_that_were_kept_the_oldest_go(
    store: Store, chat: Conversation, most: int, most_bytes: int, before: int, stay: list[int]
) -> None:
    del chat
    for number in range(5):
        mail = KeptMail(
            account_id=HERE,
            id=named(f"mail {number}"),
            at=NOON + number * SECOND,
            sender="a@b.example",
            subject=str(number),
            reason="x",
            content=b"x" * 100,
        )
        change(store, lambda tx, mail=mail: tx.mails.keep(mail))
    moment = NOON + before * SECOND
    gone = change(
        store, lambda tx: tx.mails.forget_kept(HERE, most=most, most_bytes=most_bytes, before=moment, first="")
    )
    assert gone == 5 - len(stay)
    assert [int(one.subject) for one in store.read(lambda tx: tx.mails.kept(HERE, 9))] == stay


@pytest.mark.parametrize(("most", "most_bytes"), [(2, 9_999), (9, 250)])
def test_mails_that_were_kept_for_one_reason_go_before_the_others(
    store: Store, chat: Conversation, most: int, most_bytes: int
) -> None:
    del chat
    for number, reason in enumerate(["odd", "automatic", "odd", "automatic"]):
        mail = KeptMail(
            account_id=HERE,
            id=named(f"mail {number}"),
            at=NOON + number * SECOND,
            sender="a@b.example",
            subject=str(number),
            reason=reason,
            content=b"x" * 100,
        )
        change(store, lambda tx, mail=mail: tx.mails.keep(mail))
    change(
        store,
        lambda tx: tx.mails.forget_kept(HERE, most=most, most_bytes=most_bytes, before=NOON, first="automatic"),
    )
    assert [one.subject for one in store.read(lambda tx: tx.mails.kept(HERE, 9))] == ["2", "0"]


def test_the_pace_of_return_mails_is_kept_until_it_limits_nobody(store: Store, chat: Conversation) -> None:
    del chat
    change(store, lambda tx: tx.mails.set_pace(HERE, "a", NOON, forget_before=NOON))
    change(store, lambda tx: tx.mails.set_pace(HERE, "a", NOON + 2 * SECOND, forget_before=NOON))
    change(store, lambda tx: tx.mails.set_pace(HERE, "b", NOON + SECOND, forget_before=NOON))
    assert change(store, lambda tx: tx.mails.paces(HERE, ["a", "b", "c"])) == {
        "a": NOON + 2 * SECOND,
        "b": NOON + SECOND,
    }
    assert change(store, lambda tx: tx.mails.paces(ELSEWHERE, ["a"])) == {}
    change(store, lambda tx: tx.mails.set_pace(HERE, "c", NOON + 9 * SECOND, forget_before=NOON + 2 * SECOND))
    assert set(change(store, lambda tx: tx.mails.paces(HERE, ["a", "b", "c"]))) == {"a", "c"}


def test_an_address_that_takes_no_mail_is_marked_until_it_does(store: Store, chat: Conversation) -> None:
    del chat
    first = Bounce(account_id=HERE, user_id=EXPERT, email="eva@example.org", at=NOON, reason="550 no such user")
    second = replace(first, at=NOON + SECOND, reason="552 full")
    change(store, lambda tx: tx.mails.bounced(first))
    change(store, lambda tx: tx.mails.bounced(second))
    assert store.read(lambda tx: tx.mails.bounces(HERE, [EXPERT, LENA])) == {EXPERT: second}
    change(store, lambda tx: tx.mails.works_again(HERE, EXPERT))
    assert store.read(lambda tx: tx.mails.bounces(HERE, [EXPERT])) == {}
