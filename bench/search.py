"""What search costs and how long it takes: `python -m bench.search --messages 1000000`.

Makes an archive of so many messages in five languages over three years, half of them in one expert's 50,000 dialogs, builds its
index as the server does (without the rests), and asks as that expert. The database is kept in `--folder`, and used again.
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from bench.archives import EXPERT, FAST
from bench.contenders import hallway
from bench.contenders.hallway import ACCOUNT, user_id
from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.broker.in_process import InProcessBroker
from hallway.domain.accounts import Account
from hallway.domain.ids import ConversationId, UserId, dialog_id
from hallway.domain.people import Role, User
from hallway.storage.store import SqlStore, open_store
from hallway.storage.writer import Writer
from hallway.transport.async_store import AsyncStore
from hallway.transport.search_index import SearchIndexer
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import indexing, search
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import Transaction

DIALOGS = 50_000
EACH = 20
"""Messages of a dialog of others."""
YEARS = 3
VOCABULARY = 40_000
ENDINGS = {
    "en": ("", "s", "ed", "ing", "er"),
    "ru": ("", "ы", "ами", "ов", "ой"),
    "de": ("", "en", "er", "ung", "ungen"),
    "ar": ("", "ات", "ون", "ين"),
}
LETTERS = {
    "en": ("bcdfghklmnprstvw", "aeiou"),
    "ru": ("бвгдзклмнпрст", "аеиоу"),
    "de": ("bdfghklmnrstwz", "aeiouü"),
    "ar": ("بتجدرسشفقكلمن", "اوي"),
}
HAN = [chr(0x4E00 + number) for number in range(0, 6_000, 2)]
LANGUAGES = ("en", "en", "en", "en", "en", "ru", "ru", "ru", "de", "ar", "zh")
QUERIES = 40


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the archive: its words with how often each is said, the most frequent first."""

    words: Sequence[str]
    weights: Sequence[float]
    joint: str

    def text(self, chance: random.Random) -> str:
        """A message of about fourteen words."""
        words = chance.choices(self.words, cum_weights=self.weights, k=max(1, int(chance.gammavariate(2, 7))))
        return self.joint.join(words)


def tongues(chance: random.Random) -> dict[str, Tongue]:
    """The languages."""
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
    found = {name: Tongue(_words(name, chance), weights, " ") for name in ENDINGS}
    signs = list(HAN)
    chance.shuffle(signs)
    pairs = ["".join(chance.choices(signs, k=2)) for _ in range(VOCABULARY)]
    return {**found, "zh": Tongue(pairs, weights, "")}


def _words(language: str, chance: random.Random) -> Sequence[str]:
    consonants, vowels = LETTERS[language]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        size = 2 + min(3, len(words) // 2_000)
        stem = "".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(chance.randint(1, size)))
        words |= dict.fromkeys([stem, stem + chance.choice(ENDINGS[language])])
    return list(words)[:VOCABULARY]


def archive(folder: Path, messages: int) -> Path:
    """The database, made when it is not there."""
    path = folder / f"search-{messages}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        for one in folder.glob(f"{unfinished.name}*"):
            one.unlink()
        _make(unfinished, messages)
        unfinished.rename(path)
    return path


def _make(path: Path, messages: int) -> None:
    hallway.found(f"sqlite:///{path.absolute()}", _found)
    chance = random.Random(7)  # noqa: S311 - the same archive each time
    spoken = tongues(chance)
    dialogs = sorted(_dialogs(messages))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in FAST:
            connection.execute(f"PRAGMA {pragma}")
        people = {person for _, one, other, _ in dialogs for person in (one, other)} - {EXPERT}
        connection.executemany(USER, map(_user, sorted(people)))
        connection.executemany(CONVERSATION, ((ACCOUNT, one, each, each) for one, _, _, each in dialogs))
        connection.executemany(MEMBER, _members(dialogs))
        connection.executemany(MESSAGE, _messages(dialogs, spoken, chance))


USER = """INSERT INTO user (account_id, id, name, folded_name, email, folded_email, login, folded_login, role, state, title, locale,
  time_zone, search_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'learner', 'active', '', '', '', ?)"""
CONVERSATION = "INSERT INTO conversation (account_id, id, kind, last_seq, rev) VALUES (?, ?, 'dialog', ?, ?)"
MEMBER = """INSERT INTO member (account_id, conversation_id, user_id, rev, own_rev, read_seq, cleared_seq, last_seq, unread, place)
  VALUES (?, ?, ?, 0, 0, ?, 0, ?, 0, ?)"""
MESSAGE = """INSERT INTO message (account_id, conversation_id, seq, rev, sender_id, key, body, sent_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_Dialog = tuple[ConversationId, int, int, int]


def _dialogs(messages: int) -> Iterator[_Dialog]:
    """Each dialog with its two people, and how many messages it has."""
    of_expert = messages // 2
    mine = min(DIALOGS, of_expert)
    for number in range(mine):
        yield _dialog(EXPERT, 10 + number, of_expert // mine)
    for number in range((messages - of_expert) // EACH):
        yield _dialog(10 + number % DIALOGS, 10 + DIALOGS + number, EACH)


def _dialog(one: int, other: int, each: int) -> _Dialog:
    return dialog_id(ACCOUNT, user_id(one), user_id(other)), one, other, each


def _found(tx: Transaction) -> None:
    tx.accounts.save(Account(id=ACCOUNT, name="Bench"))
    tx.people.add([_person(EXPERT, Role.OWNER)])


def _person(number: int, role: Role) -> User:
    name = f"Person {number}"
    return User(
        account_id=ACCOUNT, id=user_id(number), name=name, email=f"p{number}@b.example", login=f"p{number}", role=role
    )


def _user(number: int) -> tuple[str, ...]:
    name, email, login = f"Person {number}", f"p{number}@b.example", f"p{number}"
    return ACCOUNT, user_id(number), name, name.lower(), email, email, login, login, f"{name.lower()} {login} {email}"


def _members(dialogs: Sequence[_Dialog]) -> Iterator[tuple[object, ...]]:
    for place, (dialog, one, other, each) in enumerate(dialogs, 1):
        for person in (one, other):
            yield ACCOUNT, dialog, user_id(person), each, each, place


def _messages(
    dialogs: Sequence[_Dialog], spoken: dict[str, Tongue], chance: random.Random
) -> Iterator[tuple[object, ...]]:
    """Every dialog goes on for some weeks somewhere in the years, by day more than by night."""
    begin = datetime(2023, 11, 1, tzinfo=UTC).timestamp()
    for dialog, one, other, each in dialogs:
        tongue = spoken[chance.choice(LANGUAGES)]
        days = sorted(chance.random() * YEARS * 365 for _ in range(each))
        for seq, day in enumerate(days, 1):
            hour = min(max(chance.gauss(12, 4), 0), 23.99)
            at = int((begin + int(day) * 86_400 + hour * 3_600) * 1e6)
            sender = user_id(one if seq % 2 else other)
            yield ACCOUNT, dialog, seq, seq, sender, f"{dialog[:18]}{seq:08}", tongue.text(chance), at


def pages(path: Path) -> int:
    """Bytes of the database that are in use."""
    with closing(sqlite3.connect(path)) as connection:
        count, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        return (count - free) * size


def build(store: SqlStore) -> int:
    """Index everything as the server does, without its rests; return how many messages."""
    total = 0
    behind: ConversationId | None = None
    _write(store, lambda tx: indexing.begun(tx, ACCOUNT))
    while True:
        found = store.read(lambda tx, at=behind: indexing.late(tx, ACCOUNT, at))
        left = _late(found.conversation_ids, None)
        while left:
            documents = store.read(lambda tx, them=left: indexing.portion(tx, ACCOUNT, them[: indexing.PORTION]))
            if not documents:
                break
            _write(store, lambda tx, them=documents: indexing.add(tx, ACCOUNT, them))
            total += len(documents)
            left = _late(left, documents[-1].message.conversation_id)
        behind = found.behind
        print(f"  {total:,} messages", end="\r", flush=True)
        if _write(store, lambda tx, at=behind: indexing.advance(tx, ACCOUNT, at, 0)) is None:
            _write(store, lambda tx: indexing.begun(tx, ACCOUNT))
            behind = None
        elif behind is None:
            return total


def _late(conversation_ids: Sequence[ConversationId], last: ConversationId | None) -> list[ConversationId]:
    return [one for one in conversation_ids if last is None or one >= last]


def _write(store: SqlStore, work: Callable[[Transaction], object]) -> object:
    (outcome,) = store.write([work])
    if outcome.failure is not None:
        raise outcome.failure
    return outcome.value


def queries(chance: random.Random) -> dict[str, Callable[[], str]]:
    """What is asked, by kind."""
    spoken = tongues(random.Random(7))  # noqa: S311 - as the archive was made

    def word(first: int, last: int, language: str = "en") -> str:
        return spoken[language].words[chance.randrange(first, last)]

    return {
        "a common word": lambda: word(5, 100),
        "a word": lambda: word(100, 3_000),
        "a rare word": lambda: word(3_000, 40_000),
        "a Russian word": lambda: word(50, 5_000, "ru"),
        "two words": lambda: f"{word(5, 300)} {word(5, 1_000)}",
        "three words": lambda: f"{word(5, 300)} {word(5, 1_000)} {word(5, 1_000)}",
        "a beginning of 3": lambda: word(200, 9_000)[:3],
        "a beginning of 4": lambda: word(500, 20_000)[:4],
        "a beginning of 6": lambda: word(3_000, 30_000)[:6],
        "two Han signs": lambda: word(5, 3_000, "zh"),
        "a phrase": lambda: f'"{word(0, 30)} {word(0, 60)}"',
        "a word, from:": lambda: f"{word(5, 300)} from:me",
        "a word, in:": lambda: f'{word(5, 300)} in:"Person {chance.randrange(10, 10 + DIALOGS)}"',
        "a word, before:": lambda: f"{word(100, 3_000)} before:2025-01",
        "a name": lambda: f"Person {chance.randrange(10, 10 + DIALOGS)}",
        "everybody's name": lambda: "person",
        "nothing there": lambda: f"zzyzx{chance.randrange(1_000)}",
    }


def ask(store: SqlStore, person: UserId, number: int = QUERIES) -> None:
    """Print how long searches of chats, people and messages take, and how much of that is processor time: others may use the
    machine, too.
    """
    actor, chance = Actor(account_id=ACCOUNT, user_id=person), random.Random(11)  # noqa: S311 - the same each time
    print(f"\n{'query':18} {'hits':>5} {'p50':>8} {'p99':>8} {'core p50':>8} {'core p99':>8}")
    every: list[tuple[float, float]] = []
    for kind, make in queries(chance).items():
        found = [_asked(store, actor, make()) for _ in range(number + 2)][2:]
        times = [(seconds, busy) for seconds, busy, _ in found]
        every += times
        print(f"{kind:18} {sum(hits for _, _, hits in found) / number:5.1f} {_summary(times)}", flush=True)
    print(f"{'all':18} {'':5} {_summary(every)}")


def _asked(store: SqlStore, actor: Actor, text: str) -> tuple[float, float, int]:
    began, busy = time.perf_counter(), time.process_time()
    found = store.read(lambda tx: search.everything(tx, actor, text=text, limit=8))
    return time.perf_counter() - began, time.process_time() - busy, len(found.messages.found)


def _summary(times: Sequence[tuple[float, float]]) -> str:
    columns = [sorted(column) for column in zip(*times, strict=True)]
    return " ".join(f"{_ms(column[len(column) // 2])} {_ms(column[int(len(column) * 0.99)])}" for column in columns)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:6.1f}ms"


async def send(path: Path, *, is_indexed: bool, seconds: float) -> tuple[float, float, float]:
    """Send one message after the other; return the median, the 99th percentile, and processor seconds a message."""
    store, broker = open_store(f"sqlite:///{path}"), InProcessBroker()
    async_store = AsyncStore(
        store, Writer(store, broker.publish), clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(64)
    )
    indexer = SearchIndexer(async_store, lambda _: None)
    broker.subscribe(indexer.hear, lambda _: None)
    tasks = [asyncio.create_task(indexer.work())] if is_indexed else []
    chance, spoken = random.Random(3), tongues(random.Random(7))["en"]  # noqa: S311 - as above
    times: list[float] = []
    busy, until = time.process_time(), time.perf_counter() + seconds
    while time.perf_counter() < until:
        sender, to = user_id(10 + chance.randrange(5_000)), user_id(EXPERT)
        actor = Actor(account_id=ACCOUNT, user_id=sender)
        command = Send(actor=actor, body=spoken.text(chance), key=RandomIds().new(), to_person=to)
        began = time.perf_counter()
        await async_store.send(command)
        times.append(time.perf_counter() - began)
    spent = (time.process_time() - busy) / len(times)
    for one in tasks:
        one.cancel()
    async_store.close()
    return statistics.median(times), sorted(times)[int(len(times) * 0.99)], spent


def sends(path: Path, seconds: float) -> None:
    """Print what a send takes with and without the index behind it, in turns."""
    rounds = [
        {flag: asyncio.run(send(path, is_indexed=flag, seconds=seconds)) for flag in order}
        for order in ((False, True), (True, False), (False, True))
    ]
    print("\na send, one after the other: p50, p99, processor time")
    for flag, name in ((False, "without the index"), (True, "with the index")):
        p50, p99, spent = (statistics.median(one[flag][part] for one in rounds) for part in range(3))
        print(f"  {name:18} {_ms(p50)} {_ms(p99)} {spent * 1e6:6.0f}us")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp/hallway-bench"))  # noqa: S108 - not secret
    parser.add_argument("--seconds", type=float, default=5.0, help="Of each round of sends; 0 leaves them out.")
    chosen = parser.parse_args()
    path = archive(chosen.folder, chosen.messages)
    with closing(sqlite3.connect(path)) as connection:
        size, count = connection.execute("SELECT sum(length(CAST(body AS BLOB))), count(*) FROM message").fetchone()
    print(f"{count:,} messages with {size / 1e6:.1f} MB of text, {size / count:.0f} bytes each")
    store = open_store(f"sqlite:///{path}")
    before, began, busy = pages(path), time.perf_counter(), time.process_time()
    if number := build(store):
        seconds, spent = time.perf_counter() - began, time.process_time() - busy
        print(
            f"indexed {number:,} in {seconds:.0f} s: {number / seconds:,.0f} a second, {spent / number * 1e6:.0f} us of a core each"
        )
        added = pages(path) - before
        print(f"the index takes {added / 1e6:.1f} MB, {added / size:.2f} times the text")
    ask(store, user_id(EXPERT))
    store.close()
    if chosen.seconds:
        sends(path, chosen.seconds)


if __name__ == "__main__":
    main()
