"""Golden frames and bodies: the wire, letter by letter. The client's tests read the same file.

A change here is a change of the protocol: for each, ask whether older clients understand it.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from hallway.transport.wire import cards as wire_cards
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import entry as wire_entry
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import files as wire_files
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import me as wire_me
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import people as wire_people
from hallway.transport.wire import problems as wire_problems

GOLDEN: dict[str, Any] = json.loads(Path(__file__).with_name("golden").joinpath("frames.json").read_text("utf-8"))

LENA, EVA = "0198b000-0000-7000-8000-000000000001", "0198b000-0000-7000-8000-000000000002"
CHAT, GROUP_CHAT = "0198b000-0000-7000-8000-0000000000c1", "0198b000-0000-7000-8000-0000000000c2"
COURSE = wire_cards.CourseRef("0198b000-0000-7000-8000-0000000000d1", "Fire drill")
ACADEMY = wire_me.Academy(
    id="0198b000-0000-7000-8000-0000000000a1",
    name="Harbour",
    messaging_on=True,
    mode="strict",
    delete_for_everyone_seconds=86_400,
    typing_on=False,
    largest_file=25_000_000,
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, 0, 1, 250_000, tzinfo=UTC)

CARD = wire_cards.PersonCard(
    id=LENA, name="Lena Learner", role="learner", state="active", title="", department="Deck", photo=None
)
EXPERT = wire_cards.PersonCard(
    id=EVA, name="Eva Expert — إيفا", role="author", state="active", title="Safety", department=None, photo="3"
)
LEARNER = wire_cards.PersonCard(
    id="0198b000-0000-7000-8000-000000000003",
    name="Tomás Ruiz",
    role="learner",
    state="active",
    title="",
    department=None,
    photo=None,
)
ASKED = wire_messages.Message(
    conversation_id=CHAT,
    seq=1,
    rev=1,
    sender_id=LENA,
    key="key-of-lena-1",
    body="Is the exit on the left?\n👍",
    sent_at=NOON,
    course=COURSE,
    deleted_at=None,
    reply_to=None,
    edited_at=None,
    reactions=[],
)
PLAN = wire_files.Attachment(
    id="0198b000-0000-7000-8000-0000000000f1",
    name="Evacuation plan — مخطط.jpg",
    media_type="image/jpeg",
    kind="picture",
    size=1_400_000,
    width=1600,
    height=1200,
    placeholder="data:image/webp;base64,AA==",
    is_unscanned=False,
)
ANSWERED = wire_messages.Message(
    conversation_id=CHAT,
    seq=2,
    rev=3,
    sender_id=EVA,
    key="key-of-eva-01",
    body="On the right.",
    sent_at=NOON,
    course=None,
    deleted_at=None,
    files=[PLAN],
    reply_to=1,
    edited_at=None,
    reactions=[],
)
EDITED = msgspec.structs.replace(
    ASKED,
    rev=4,
    body="Is the exit on the right?",
    edited_at=LATER,
    reactions=[wire_messages.Reaction("👍", 1, [EVA]), wire_messages.Reaction("❤️", 2, [EVA, LENA])],
    preview=wire_messages.Preview(
        "https://academy.example/drill", "The next drill", "On Monday — يوم الاثنين", "Academy"
    ),
)
DELETED = wire_messages.Message(
    conversation_id=CHAT,
    seq=2,
    rev=4,
    sender_id=EVA,
    key="key-of-eva-01",
    body="",
    sent_at=NOON,
    course=None,
    deleted_at=LATER,
    reply_to=None,
    edited_at=None,
    reactions=[],
)
REFUSED = wire_problems.ProblemDocument(
    type="/problems/no_relation",
    title="No relation",
    status=403,
    code="no_relation",
    detail="You may not.",
    request_id="socket",
    rule="§3",
    remedy="Ask an administrator.",
)
UNREADABLE = wire_problems.ProblemDocument(
    type="/problems/invalid",
    title="Invalid",
    status=422,
    code="invalid",
    detail="Some values are invalid.",
    request_id="socket",
    errors=[wire_problems.FieldProblem("/body", "empty", "Write something first.")],
)
BUSY = wire_problems.ProblemDocument(
    type="/problems/busy", title="Busy", status=503, code="busy", detail="Try again.", request_id="-", retry_after=2
)
OPEN = wire_conversations.Standing(is_open=True, reason=None, because=None, rule=None, remedy=None, course=COURSE)
CLOSED = wire_conversations.Standing(
    is_open=False, reason="other_not_expert", because="No longer.", rule="§4", remedy="Assign.", course=COURSE
)


def _row(
    last: wire_messages.Message | None, *, unread: int, place: int | None, rev: int, own_rev: int
) -> wire_conversations.Row:
    asked = wire_conversations.Question(COURSE, EVA, is_expert=True)
    marks = _counts(unread, place, rev, own_rev, 2, 1)
    return wire_conversations.Row(
        conversation_id=CHAT, **_dialog(1), question=asked, last_message=last, **marks, **_own()
    )


def _dialog(read_seq: int) -> Any:
    participants = [wire_conversations.Participant(EXPERT, read_seq)]
    return {
        "kind": "dialog",
        "title": EXPERT.name,
        "picture": EXPERT.photo,
        "members_count": 2,
        "participants": participants,
    }


def _counts(*numbers: int | None) -> Any:
    return dict(zip(("unread", "place", "rev", "own_rev", "last_seq", "read_seq"), numbers, strict=True))


def _own() -> Any:
    return {"muted": False, "unread_from": None, "muted_until": None, "pinned": False, "archived": None}


HOURS = wire_people.OfficeHours(
    days=[0, 4], opens="09:00", closes="17:00", time_zone="Europe/Oslo", is_open=True, reply_hours=4, reply_by=NOON
)
LINE = _row(ANSWERED, unread=1, place=7, rev=3, own_rev=0)
EMPTY = wire_conversations.Row(
    conversation_id=CHAT,
    **_dialog(0),
    question=None,
    last_message=None,
    **_counts(0, None, 0, 0, 0, 0),
    **_own(),
)
COMPANY = [wire_conversations.Participant(EXPERT, 0), wire_conversations.Participant(LEARNER, 1)]
GROUP = wire_conversations.Row(
    conversation_id=GROUP_CHAT,
    kind="group",
    title=f"{EXPERT.name}, {LEARNER.name}",
    picture=None,
    members_count=40,
    participants=COMPANY,
    question=None,
    last_message=None,
    **_counts(0, 6, 1, 0, 1, 1),
    **_own(),
)
CAUGHT_UP = wire_conversations.Changes(
    row=_row(ASKED, unread=0, place=7, rev=4, own_rev=2),
    standing=CLOSED,
    messages=[DELETED],
    hidden=[2],
    restored=[1],
    cleared_seq=0,
    truncated=False,
    quoted=[EDITED],
    starred=[1],
)

CLIENT: list[wire_frames.ClientFrame] = [
    wire_frames.SendFrame(
        id=1, to=EVA, to_kind="person", body="Is the exit on the left?", key="key-of-lena-1", course_id=COURSE.id
    ),
    wire_frames.SendFrame(
        id=2,
        to=CHAT,
        to_kind="conversation",
        body="Thank you",
        key="key-of-lena-2",
        reply_to=2,
        files=[PLAN.id],
    ),
    wire_frames.ReadFrame(3, CHAT, 2),
    wire_frames.UnreadFrame(4, CHAT, 2),
    wire_frames.SyncFrame(4, CHAT, 3, 0),
    wire_frames.PingFrame(0),
    wire_frames.TypingFrame(CHAT),
]
SERVER: list[wire_frames.ServerFrame] = [
    wire_frames.WelcomeFrame(2, LENA, NOON),
    wire_frames.SentFrame(1, ASKED),
    wire_frames.DoneFrame(0),
    wire_frames.ChangesFrame(4, CAUGHT_UP),
    wire_frames.NoFrame(2, REFUSED),
    wire_frames.NoFrame(None, UNREADABLE),
    wire_frames.MessageFrame(ANSWERED),
    wire_frames.MessageFrame(DELETED),
    wire_frames.MessageFrame(EDITED),
    wire_frames.ReadMarkFrame(CHAT, 5, EVA, 2),
    wire_frames.HiddenFrame(CHAT, 1, 2, is_hidden=True),
    wire_frames.HiddenFrame(CHAT, 2, 2, is_hidden=False),
    wire_frames.StarFrame(CHAT, 3, 1, is_starred=True),
    wire_frames.UnreadMarkFrame(CHAT, 3, 1),
    wire_frames.UnreadMarkFrame(CHAT, 4, None),
    wire_frames.ChatDeletedFrame(CHAT, 3, 2),
    wire_frames.MemberSettingsFrame(CHAT, muted=True, muted_until=None),
    wire_frames.MemberSettingsFrame(CHAT, muted=True, muted_until=NOON),
    wire_frames.ChatMovedFrame(CHAT, 5, pinned=True, archived=False),
    wire_frames.ChatMovedFrame(CHAT, 6, pinned=False, archived=True),
    wire_frames.DraftFrame(CHAT, 12),
    wire_frames.ScheduledFrame(CHAT),
    wire_frames.ProfileFrame(EVA),
    wire_frames.AccountFrame(),
    wire_frames.FactsFrame(),
    wire_frames.TypistFrame(CHAT, EVA),
    wire_frames.SignedOutFrame(),
]
ASKING: dict[str, wire_fields.Frozen] = {
    "SignIn": wire_entry.SignIn("lena", "a long enough password"),
    "Send": wire_messages.Send(body="Is the exit on the left?", key="key-of-lena-1", course_id=COURSE.id),
    "Edit": wire_messages.Edit("Is the exit on the right?"),
    "Read": wire_conversations.Read(2),
    "MarkUnread": wire_conversations.MarkUnread(2),
    "Mute": wire_conversations.Mute(muted=True, until=NOON),
    "Pin": wire_conversations.Pin(pinned=True),
    "Archive": wire_conversations.Archive(archived=True),
    "Preferences": wire_me.Preferences("ar", "Asia/Riyadh"),
}
ANSWERING: dict[str, wire_fields.Frozen] = {
    "Me": wire_me.Me(
        person=CARD,
        email="lena@mail.example",
        login="lena",
        locale="en",
        time_zone="Europe/Berlin",
        academy=ACADEMY,
        can=wire_me.Can(False, False, False),
        is_expert=False,
        is_learning=True,
        unread_chats=1,
        mail_bounced=False,
        access_notices=[wire_me.AccessNotice("00000000-0000-7000-8000-000000000042", "link_made", "Adam Admin", NOON)],
        office=HOURS,
        csrf="csrf",
        server_time=NOON,
    ),
    "Sent": wire_messages.Sent(ASKED),
    "Rows": wire_conversations.Rows([LINE, GROUP], None, 1, 2),
    "Opened": wire_conversations.Opened(
        row=LINE,
        standing=OPEN,
        history=wire_messages.History([ASKED, ANSWERED], older=False, newer=False),
        about=None,
        office=None,
        starred=[2],
    ),
    "OpenedEmpty": wire_conversations.Opened(
        row=EMPTY,
        standing=OPEN,
        history=wire_messages.History([], older=False, newer=False),
        about=COURSE,
        office=HOURS,
    ),
    "History": wire_messages.History([ANSWERED], older=True, newer=False, quoted=[EDITED]),
    "Versions": wire_messages.Versions([wire_messages.Version(ASKED.body, NOON)]),
    "Changes": CAUGHT_UP,
    "ProblemDocument": BUSY,
}


def _names(frames: list[Any]) -> list[str]:
    return [f"{number}-{frame['type']}" for number, frame in enumerate(frames)]


def _plain(told: object) -> Any:
    return json.loads(msgspec.json.encode(told))


# Client to server: what the server must go on reading.


@pytest.mark.parametrize(
    ("frame", "meant"), list(zip(GOLDEN["client"], CLIENT, strict=True)), ids=_names(GOLDEN["client"])
)
def test_a_clients_frame_is_read_as_it_is_meant_and_written_again_the_same(
    frame: dict[str, Any], meant: wire_frames.ClientFrame
) -> None:
    read = msgspec.json.decode(json.dumps(frame), type=wire_frames.ClientFrame, strict=True)
    assert read == meant
    assert _plain(read) == frame


@pytest.mark.parametrize("name", GOLDEN["asking"])
def test_a_body_is_read_as_it_is_meant_and_written_again_the_same(name: str) -> None:
    read = msgspec.json.decode(json.dumps(GOLDEN["asking"][name]), type=type(ASKING[name]), strict=True)
    assert read == ASKING[name]
    assert _plain(read) == GOLDEN["asking"][name]


# Server to client: what every client in the world reads.


@pytest.mark.parametrize(
    ("frame", "told"), list(zip(GOLDEN["server"], SERVER, strict=True)), ids=_names(GOLDEN["server"])
)
def test_a_servers_frame_is_written_exactly_so(frame: dict[str, Any], told: wire_frames.ServerFrame) -> None:
    assert _plain(told) == frame
    assert list(_plain(told)) == list(frame)
    assert msgspec.json.decode(json.dumps(frame), type=wire_frames.ServerFrame, strict=True) == told


@pytest.mark.parametrize("name", GOLDEN["answering"])
def test_an_answer_is_written_exactly_so(name: str) -> None:
    assert _plain(ANSWERING[name]) == GOLDEN["answering"][name]


# Nothing is forgotten.


@pytest.mark.parametrize(("side", "union"), [("client", wire_frames.ClientFrame), ("server", wire_frames.ServerFrame)])
def test_every_frame_of_the_wire_is_here(side: str, union: Any) -> None:
    tags = {one.__struct_config__.tag for one in get_args(union)}
    assert {frame["type"] for frame in GOLDEN[side]} == tags


@pytest.mark.parametrize(("kept", "meant"), [("asking", ASKING), ("answering", ANSWERING)])
def test_every_body_is_here(kept: str, meant: Mapping[str, wire_fields.Frozen]) -> None:
    assert list(GOLDEN[kept]) == list(meant)


# The server is strict about what it reads.


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    """Every object inside, the whole first."""
    if isinstance(part, dict):
        yield part
    if isinstance(part, dict | list):
        for value in part.values() if isinstance(part, dict) else part:
            yield from _objects(value)


@pytest.mark.parametrize("side", ["client", "server"])
def test_a_field_that_nobody_knows_is_refused_wherever_it_stands(side: str) -> None:
    union = wire_frames.ClientFrame if side == "client" else wire_frames.ServerFrame
    for frame in GOLDEN[side]:
        for number, _ in enumerate(_objects(frame)):
            changed = deepcopy(frame)
            list(_objects(changed))[number]["surprise"] = 1
            with pytest.raises(msgspec.ValidationError, match="unknown field `surprise`"):
                msgspec.json.decode(json.dumps(changed), type=union)


@pytest.mark.parametrize("frame", GOLDEN["client"], ids=_names(GOLDEN["client"]))
def test_a_frame_without_one_of_its_fields_is_refused(frame: dict[str, Any]) -> None:
    optional = {"course_id", "files", "reply_to"} | ({"seq"} if frame["type"] == "unread" else set())
    for name in set(frame) - optional:
        short = {key: value for key, value in frame.items() if key != name}
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(json.dumps(short), type=wire_frames.ClientFrame)


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (0, {"to": "somebody"}),
        (0, {"to_kind": "group"}),
        (0, {"files": ["plan"]}),
        (0, {"files": [CHAT] * 11}),
        (0, {"body": "x" * 4001}),
        (0, {"key": "short"}),
        (0, {"key": "with space"}),
        (0, {"id": "1"}),
        (0, {"course_id": "fire-drill"}),
        (2, {"seq": 0}),
        (2, {"seq": "2"}),
        (3, {"rev": -1}),
        (3, {"own_rev": None}),
        (4, {"type": "pong"}),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(number: int, change: dict[str, Any]) -> None:
    frame = GOLDEN["client"][number]
    assert msgspec.json.decode(json.dumps(frame), type=wire_frames.ClientFrame) == CLIENT[number]
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(frame | change), type=wire_frames.ClientFrame)
