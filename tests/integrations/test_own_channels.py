"""A channel of one's own: a folder beside Hallway's channels, and no edit anywhere else."""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from hallway.client import Client, Refusal
from hallway.demo.academy import PASSWORD
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.notifications import EMAIL, Channel, Policy, When, Wishes
from hallway.notifications import channels
from hallway.notifications.registry import BadDeclaration, declared
from hallway.settings import BadSettings, load
from hallway.storage.store import open_store
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import notifications as wire_notifications
from hallway.usecases.transaction import Transaction
from tests.integrations.test_messenger import Messenger
from tests.integrations.test_messenger import messenger as messenger
from tests.school import ADMIN, LENA, School
from tests.servers.academy import Serving, serve_academy
from tests.usecases.conftest import school as school
from tests.usecases.test_notifications import Away

T = TypeVar("T")

PATIENCE = 30
OWN = Path(__file__).parent / "own_channels"
HERE = channels.__name__
TOKEN = "a token for the metrics"
SMS = Channel("sms")
DECLARED = """
from dataclasses import replace
from hallway.notifications.channels.apprise import DECLARATION as MESSENGER
"""


@pytest.fixture
def folders(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The folders that are looked through for channels; what was found in others than Hallway's own is forgotten again."""
    before = set(sys.modules)
    found = list(channels.__path__)
    monkeypatch.setattr(channels, "__path__", found)
    yield found
    for name in [one for one in sys.modules if one.startswith(f"{HERE}.") and one not in before]:
        del sys.modules[name]
        monkeypatch.delattr(channels, name.removeprefix(f"{HERE}."), raising=False)


@pytest.fixture
def own(folders: list[str]) -> str:
    """The text messages are beside Hallway's channels; their name."""
    folders.append(str(OWN))
    return SMS


def _add(folders: list[str], folder: Path, name: str, source: str) -> None:
    """Put a channel beside Hallway's."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(source, "utf-8")
    folders.append(str(folder))
    importlib.invalidate_caches()


# What it declares holds.


def test_hallways_own_come_first_to_last_as_people_read_them() -> None:
    assert list(declared()) == ["push", "email", "messenger"]


@pytest.mark.parametrize(
    ("channel", "default", "seconds", "gathers"),
    [("push", When.NOW, 3, False), ("email", When.NOW, 600, True), ("messenger", When.NEVER, 60, True)],
)
def test_what_hallways_own_declare(channel: str, default: When, seconds: int, *, gathers: bool) -> None:
    found = declared()[Channel(channel)]
    assert (found.default, found.delay(Policy()).total_seconds(), found.gathers) == (default, seconds, gathers)


def test_how_long_a_mail_waits_is_the_accounts_choice() -> None:
    waits = {name: one.delay(Policy(mail_after=7)) for name, one in declared().items()}
    assert waits[EMAIL] == timedelta(minutes=7)
    assert waits[Channel("push")] == timedelta(seconds=3)


@pytest.mark.usefixtures("own")
def test_its_default_and_its_delay_hold_and_each_target_is_told(school: School) -> None:
    away = Away(school, {SMS: declared()[SMS]})
    school.say(ADMIN, LENA, "One")
    assert away.told(timedelta(seconds=3)) == []
    assert away.told(timedelta(seconds=1)) == [("sms Lena", ["One"])] * 2
    assert away.told(timedelta(days=1)) == []


@pytest.mark.usefixtures("own")
def test_nobody_is_told_through_it_against_their_choice(school: School) -> None:
    away = Away(school, {SMS: declared()[SMS]})
    away.prefer(LENA, Wishes(choices={"sms.message": When.NEVER}))
    school.say(ADMIN, LENA, "One")
    assert away.told(timedelta(days=1)) == []


@pytest.mark.usefixtures("own")
def test_it_gathers_for_the_hour(school: School) -> None:
    away = Away(school, {SMS: declared()[SMS]})
    away.prefer(LENA, Wishes(choices={"sms.message": When.HOURLY}))
    school.say(ADMIN, LENA, "One")
    assert away.told(timedelta(seconds=4)) == []
    assert away.told(timedelta(hours=1)) == [("sms Lena", ["One"])] * 2


# With the real server.


@pytest.fixture
def academy(built_academy: Path, tmp_path: Path, messenger: Messenger, own: str) -> Iterator[Serving]:
    """Set up for text messages, and for nothing else."""
    gateway = {own: {"gateway": f"http://127.0.0.1:{messenger.server_port}/texts"}}
    serving = serve_academy(built_academy, tmp_path, channels=gateway, push_services="", metrics_token=TOKEN)
    yield serving
    serving.stop()


@pytest.fixture
def maya(academy: Serving) -> Iterator[Client]:
    """A learner who has read everything."""
    with _client(academy, "maya") as found:
        for row in found.chats().rows:
            found.mark_read(row.conversation_id, row.last_seq)
        yield found


def _client(academy: Serving, login: str) -> Client:
    client = Client(academy.address)
    client.sign_in(login, PASSWORD)
    return client


def _mine(client: Client) -> wire_notifications.Notices:
    return client.ask("GET", "/me/notices", None, wire_notifications.Notices)


def _write(academy: Serving, to: Client, text: str) -> wire_messages.Message:
    with _client(academy, "priya") as priya:
        return priya.send_to_person(to.me().person.id, text)


def _read(academy: Serving, work: Callable[[Transaction, AccountId], T]) -> T:
    """What the store keeps."""
    store = open_store(academy.settings.database_url)
    try:
        return store.read(lambda tx: work(tx, tx.accounts.ids()[0]))
    finally:
        store.close()


def _becomes(found: Callable[[], object], expected: object) -> None:
    """Wait until something is so: it is settled a moment after it was delivered."""
    until = time.monotonic() + PATIENCE
    while found() != expected and time.monotonic() < until:
        time.sleep(0.05)
    assert found() == expected


def _counted(academy: Serving, name: str) -> float:
    """The value of a line of the metrics."""
    answer = httpx.get(f"{academy.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    return float(dict(one.rsplit(" ", 1) for one in answer.text.splitlines()).get(name, "0"))


@pytest.mark.slow
def test_people_choose_it_by_its_name_in_their_language(academy: Serving, maya: Client) -> None:
    mine = _mine(maya)
    assert mine.channels == ["sms"]
    (channel,) = mine.declared
    assert channel.labels == {"en": "Text message", "ar": "رسالة نصية", "ru": "Сообщение на телефон"}
    assert channel.whens == ["now", "hourly", "daily", "never"]
    assert {(one.kind, one.when) for one in mine.choices} == {("message", "now"), ("question", "now")}
    chosen = wire_notifications.ChooseNotices(choices=[wire_notifications.Chosen("sms", "message", "daily")])
    changed = maya.ask("PUT", "/me/notices", chosen, wire_notifications.Notices)
    assert [one.when for one in changed.choices if one.kind == "message"] == ["daily"]
    with _client(academy, "samuel") as samuel:
        policy = samuel.ask("GET", "/admin/notices", None, wire_notifications.Policy)
    assert (policy.channels, policy.declared) == (["sms"], mine.declared)


@pytest.mark.slow
def test_no_choice_is_taken_of_a_channel_that_there_is_not(maya: Client) -> None:
    chosen = wire_notifications.ChooseNotices(choices=[wire_notifications.Chosen("pigeon", "message", "now")])
    with pytest.raises(Refusal) as refused:
        maya.ask("PUT", "/me/notices", chosen, wire_notifications.Notices)
    assert [(one.pointer, one.code) for one in refused.value.problem.errors] == [("/choices", "unknown_channel")]


@pytest.mark.slow
def test_it_delivers_to_each_target_and_keeps_that_it_did(academy: Serving, maya: Client, messenger: Messenger) -> None:
    sent = _write(academy, maya, "Are you there?")
    _becomes(
        lambda: sorted((one["to"], one["phone"]) for _, one in messenger.taken if one["text"] == "Are you there?"),
        [("maya", "home"), ("maya", "work")],
    )
    place = UserId(maya.me().person.id), ConversationId(sent.conversation_id)
    _becomes(
        lambda: _read(
            academy,
            lambda tx, mine: {one.target_id: one.notified_seq for one in tx.notification_states.at(mine, [place])},
        ),
        {"sms/home": sent.seq, "sms/work": sent.seq},
    )
    assert _counted(academy, 'hallway_notices_total{channel="sms"}') >= 2  # the demo's people have unread messages, too


@pytest.mark.slow
def test_what_its_gateway_refuses_is_set_aside_with_the_reason(
    academy: Serving, maya: Client, messenger: Messenger
) -> None:
    messenger.answer = 500
    sent = _write(academy, maya, "Are you there?")
    subject = f"{maya.me().person.id}/{sent.conversation_id}/sms"
    _becomes(
        lambda: (
            _read(academy, lambda tx, mine: {one.subject: one.reason for one in tx.jobs.set_aside(mine, 99)}).items()
            >= {f"{subject}/home": "The gateway says 500.", f"{subject}/work": "The gateway says 500."}.items()
        ),
        expected=True,
    )
    assert _counted(academy, 'hallway_notices_failed_total{channel="sms",fate="refused"}') >= 2


# What cannot be a channel.


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("", f"{HERE}.wrong has no DECLARATION of a channel."),
        (f"{DECLARED}DECLARATION = MESSENGER", "Two channels are called 'messenger'."),
        (
            f"{DECLARED}DECLARATION = replace(MESSENGER, name='Text/message')",
            f"{HERE}.wrong: a channel's name is up to eleven small letters, not 'Text/message'.",
        ),
        (
            f"{DECLARED}DECLARATION = replace(MESSENGER, name='sms', labels={{'en': 'Text message'}})",
            f"{HERE}.wrong lacks a label in ar, ru.",
        ),
    ],
    ids=["nothing", "a name twice", "a name that the store cannot keep", "a label too few"],
)
def test_a_folder_that_declares_no_channel_is_refused(
    folders: list[str], tmp_path: Path, source: str, complaint: str
) -> None:
    _add(folders, tmp_path, "wrong", source)
    with pytest.raises(BadDeclaration) as refused:
        declared()
    assert str(refused.value) == complaint


# What it needs of the operator.


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        ({"pigeon": {}}, "pigeon"),
        ({"sms": {"gateway": "-", "bridge": "-"}}, "sms.bridge"),
        ({"email": {"a": ""}}, "email.a"),
    ],
)
def test_a_setting_that_no_channel_takes_is_refused(
    built_academy: Path, tmp_path: Path, given: object, unknown: str
) -> None:
    with pytest.raises(BadSettings, match=rf"^Settings: no channel takes channels\.{re.escape(unknown)}\.$"):
        serve_academy(built_academy, tmp_path, channels=given)


def test_its_settings_come_from_a_variable_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "hallway.toml"
    file.write_text('[channels.sms]\ngateway = "https://sms.example"\n', "utf-8")
    expected = {"sms": {"gateway": "https://sms.example"}}
    assert load({"HALLWAY_CONFIG": str(file)}).channels == expected
    assert load({"HALLWAY_CHANNELS": json.dumps(expected)}).channels == expected


@pytest.mark.parametrize("value", ["{", "sms", '{"sms": 1}'])
def test_a_variable_that_holds_no_settings_is_refused(value: str) -> None:
    with pytest.raises(BadSettings, match=r"^Settings: "):
        load({"HALLWAY_CHANNELS": value})
