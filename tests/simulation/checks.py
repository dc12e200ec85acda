"""What must hold after every step: for each person the answers of the use-cases equal what facts and talks say."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations

from hallway.domain.accounts import Mode
from hallway.domain.ids import UserId
from hallway.domain.people import Role, State
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import conversations
from hallway.usecases.messaging.chat_lists import ChatFilter, Section
from hallway.usecases.messaging.conversations import Opened
from hallway.usecases.people import directory, me
from hallway.usecases.transaction import Transaction
from tests.simulation import views
from tests.simulation.attached import check_files
from tests.simulation.finding import check_search, let_index_follow
from tests.simulation.later import check_planned
from tests.simulation.names import NAMES, NOBODY, actor, talk_id
from tests.simulation.replicas import Replica
from tests.simulation.sends import TOPICS
from tests.simulation.talks import Talk
from tests.simulation.world import World

STAFF = {Role.OWNER, Role.ADMINISTRATOR, Role.DEPARTMENT_ADMINISTRATOR}
"""In `strict` New chat is theirs alone: a learner asks from the course page (§8)."""


def check(world: World, readers: Sequence[UserId]) -> None:
    """As these people see it, in one look at the store."""
    let_index_follow(world)
    world.store.read(lambda tx: _check(world, tx, readers))


def _check(world: World, tx: Transaction, readers: Sequence[UserId]) -> None:
    for reader in readers:
        _check_people(world, tx, reader)
        _check_list(world, tx, reader)
        _check_opening(world, tx, reader)
        check_search(world, tx, reader)
        check_planned(world, tx, reader)
        check_files(world, tx, reader)
        for talk in world.talks.values():
            if reader in talk.sides:
                _check_chat(world, tx, talk, reader)
                _check_replica(world, tx, talk, reader)
    check_files(world, tx, world.stranger)
    if world.neighbour is None:
        _check_stranger(world, tx)
    _check_stored(world, tx)


def check_sides(world: World, talk: Talk) -> None:
    """Right after something happened in the talk: what each of the two has, when they look now."""
    for reader in talk.sides:
        world.store.read(lambda tx, reader=reader: _check_side(world, tx, talk, reader))  # type: ignore[misc]


def _check_side(world: World, tx: Transaction, talk: Talk, reader: UserId) -> None:
    _check_replica(world, tx, talk, reader)
    check_files(world, tx, reader)


def _check_people(world: World, tx: Transaction, reader: UserId) -> None:
    """People search shows exactly whom the reader may write to first, by name, on pages of any size."""
    startable = world.facts.startable(reader)
    text = world.random.choice(["", "", "a", "cem", "lee 1", "zoe"])
    expected = [one for one in by_name(startable) if is_found(one, text)]
    limit = world.random.randint(2, 14)
    assert found_people(tx, reader, text, limit) == expected
    if world.is_lucky(0.3):
        is_staff = world.facts.roles[reader] in STAFF and world.facts.states[reader] is State.ACTIVE
        is_offered = is_staff or (world.facts.mode is not Mode.STRICT and bool(startable))
        assert me.me(tx, actor(reader)).may_start_chats == (world.facts.is_on and is_offered)


def by_name(users: set[UserId]) -> list[UserId]:
    """In the order of every list of people."""
    return sorted(users, key=lambda one: (NAMES[one].lower(), one))


def is_found(one: UserId, text: str) -> bool:
    """Each word of the text begins a word of the name."""
    return all(any(part.startswith(word) for part in NAMES[one].lower().split()) for word in text.split())


def found_people(tx: Transaction, reader: UserId, text: str, limit: int) -> list[UserId]:
    """Every page of people search."""
    found: list[UserId] = []
    after = None
    while True:
        page = directory.search(tx, actor(reader), text=text, after=after, limit=limit)
        found += [card.user.id for card in page.people]
        after = page.next
        if after is None:
            return found


def _check_list(world: World, tx: Transaction, reader: UserId) -> None:
    """The list with its previews and numbers; whole, the unread only, or what mentions a text."""
    text, unread_only = world.random.choice(["", "", "bea", *TOPICS]), world.is_lucky(0.3)
    expected = views.rows(world.talks.values(), reader, unread_only=unread_only, text=text)
    rows: list[views.Row] = []
    before: int | None = None
    while True:
        page = conversations.chats(tx, actor(reader), before=before, limit=4, unread_only=unread_only, text=text)
        rows += [views.of_line(line, reader) for line in page.lines]
        assert page.unread_chats == len(views.rows(world.talks.values(), reader, unread_only=True))
        assert page.waiting_chats in {None, len(views.waiting(world.talks.values(), reader))}
        before = page.next
        if before is None:
            break
    assert rows == expected
    archive = conversations.chats(tx, actor(reader), before=None, limit=20, chosen=ChatFilter(section=Section.ARCHIVE))
    assert [views.of_line(line, reader) for line in archive.lines] == views.archived(world.talks.values(), reader)


def _check_chat(world: World, tx: Transaction, talk: Talk, reader: UserId) -> None:
    """An opened chat: its row, its standing and its history, in pages of any size."""
    opened = conversations.open_chat(tx, actor(reader), conversation_id=talk.id)
    assert views.of_line(opened.line, reader) == views.row(talk, reader)
    assert opened.standing.reason == world.facts.why_read_only(reader, talk.partner_of(reader), talk.question)
    seen, limit = views.history(talk, reader), world.random.randint(1, 9)
    before = world.random.choice([None, *range(1, talk.last_seq + 2)])
    chosen = [one for one in seen if before is None or one.seq < before]
    page = conversations.history(tx, actor(reader), conversation_id=talk.id, before=before, limit=limit)
    assert [views.of_message(one) for one in page.messages] == chosen[-limit:]
    assert page.older == (len(chosen) > limit)
    assert [views.of_message(one) for one in page.quoted] == views.quoted(talk, reader, chosen[-limit:])


def _check_opening(world: World, tx: Transaction, reader: UserId) -> None:
    """A chat with a person opens when it is there, or when the reader may start it; about a course only when true."""
    person, course = (
        world.random.choice([*world.cast.people, world.stranger]),
        world.random.choice([None, *world.cast.courses]),
    )
    open_with: Callable[[], Opened] = lambda: conversations.open_with(  # noqa: E731
        tx, actor(reader), person_id=person, course_id=course
    )
    talk = world.talks.get(talk_id(reader, person))
    if talk is None and person not in world.facts.startable(reader):
        assert _is_not_found(open_with)
        return
    opened = open_with()
    assert opened.about == (course if world.facts.is_question(course, reader, person) else None)
    seen = views.history(talk, reader)[-conversations.PAGE :] if talk else []
    assert [views.of_message(one) for one in opened.history.messages] == seen
    assert opened.line.row.conversation.last_seq == (talk.last_seq if talk else 0)


def _is_not_found(work: Callable[[], object]) -> bool:
    try:
        work()
    except NotFound:
        return True
    return False


def _check_replica(world: World, tx: Transaction, talk: Talk, reader: UserId) -> None:
    """A client that only asks what it missed, now and then, has what a client sees that loads all anew."""
    kept = world.replicas.get((reader, talk.id))
    if kept is not None and world.is_lucky(0.5):
        return
    fresh = Replica.loaded(tx, reader, talk.id)
    assert [views.of_message(fresh.messages[seq]) for seq in sorted(fresh.messages)] == views.history(talk, reader)
    assert fresh.unread == fresh.counted_unread()
    world.replicas[reader, talk.id] = kept.caught_up(tx) if kept else fresh
    assert world.replicas[reader, talk.id] == fresh


def _check_stranger(world: World, tx: Transaction) -> None:
    """Nothing crosses accounts. Where the other one lives, too, its own check holds that."""
    assert found_people(tx, world.stranger, "", 20) == []
    assert conversations.chats(tx, actor(world.stranger), before=None, limit=20).lines == []


def _check_stored(world: World, tx: Transaction) -> None:
    """No dialog but those remembered; numbers without gaps; what was acknowledged is there, once."""
    pairs = [talk_id(one, other) for one, other in combinations(world.cast.people, 2)]
    stored = tx.conversations.several(world.cast.account_id, pairs)
    assert set(stored) == set(world.talks)
    found: Counter[tuple[str, int, UserId, str]] = Counter()
    for talk in world.talks.values():
        messages = tx.messages.page(
            world.cast.account_id, talk.id, NOBODY, after=0, before=None, limit=talk.last_seq + 1
        )
        assert [views.of_message(one) for one in messages] == [views.said(one) for one in talk.said]
        found.update((talk.id, one.seq, one.sender_id, one.key) for one in messages)
    assert found == Counter((talk.id, one.seq, *key) for key, (talk, one) in world.acknowledged.items())
