"""Searching: what somebody finds is exactly what they see, however far the index is behind."""

from collections.abc import Callable

from hallway.domain.ids import UserId
from hallway.usecases.messaging import indexing, search
from hallway.usecases.messaging.search_ports import Spot
from hallway.usecases.transaction import Transaction
from tests.simulation.names import NAMES, actor
from tests.simulation.talks import Said, Talk
from tests.simulation.world import World

Is = Callable[[Said, Talk], bool]


def let_index_follow(world: World) -> None:
    """Let the index come behind, a little or all the way, or not at all; at times it is begun anew."""
    account_id = actor(next(iter(world.cast.people))).account_id
    chance = world.random.random()
    if chance < 0.3:
        world.do(lambda tx: indexing.build(tx, account_id))
    elif chance < 0.5:
        world.do(lambda tx: _follow_a_little(tx, world))
    elif chance < 0.55:
        world.do(lambda tx: tx.search_index.begin_anew(account_id))


def _follow_a_little(tx: Transaction, world: World) -> None:
    account_id = actor(next(iter(world.cast.people))).account_id
    late = indexing.late(tx, account_id, None).conversation_ids
    indexing.add(tx, account_id, indexing.portion(tx, account_id, late, 2))


def check_search(world: World, tx: Transaction, reader: UserId) -> None:
    """Every page of what somebody finds, against what they see."""
    typed, is_meant = _question(world, reader)
    expected = {
        (talk.id, one.seq)
        for talk in world.talks.values()
        if reader in talk.sides
        for one in talk.seen_by(reader)
        if not one.is_deleted and is_meant(one, talk)
    }
    found: list[Spot] = []
    behind: Spot | None = None
    limit = world.random.randint(1, 6)
    while True:
        page = search.messages(tx, actor(reader), text=typed, within=None, behind=behind, limit=limit)
        found += [(one.message.sent_at, one.message.conversation_id, one.message.seq) for one in page.found]
        behind = page.next
        if behind is None:
            break
    assert {spot[1:] for spot in found} == expected, typed
    assert found == sorted(set(found), reverse=True), typed


def _question(world: World, reader: UserId) -> tuple[str, Is]:
    number = str(world.random.randint(1, 40))
    partner = world.random.choice([one for one in NAMES if one in world.cast.people])
    asked: list[tuple[str, Is]] = [
        ("EXAM", lambda one, _: _says(one, "exam")),
        ("etude", lambda one, _: _says(one, "étude")),
        (f"homework {number}", lambda one, _: _says(one, "homework", number)),
        (f'"exam {number}"', lambda one, _: f" exam {number} " in f" {one.body.lower()} "),
        ("lunch from:me", lambda one, _: _says(one, "lunch") and one.sender == reader),
        ("zebra", lambda _, __: False),
        (f"scan {number}", lambda one, _: _says(one, "scan", number)),
        ("scan has:file from:me", lambda one, _: _says(one, "scan") and one.sender == reader),
        ("has:file", lambda one, _: bool(one.files)),
        ("exam has:file", lambda one, _: _says(one, "exam") and bool(one.files)),
        (
            f'exam in:"{NAMES[partner]}"',
            lambda one, talk: _says(one, "exam") and _is_with(talk, reader, NAMES[partner]),
        ),
    ]
    return world.random.choice(asked)


def _says(one: Said, *words: str) -> bool:
    """Whether all of these are words of the message; none is the beginning of another one that is ever said."""
    return set(words) <= one.words


def _is_with(talk: Talk, reader: UserId, name: str) -> bool:
    words = NAMES[talk.partner_of(reader)].lower()
    return all(word in words for word in name.lower().split())
