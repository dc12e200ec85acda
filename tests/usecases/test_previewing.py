"""Cards of links: asked for with the message, given to whoever sees it, and gone with its link, its text and its sender's wish (rules §20)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from hallway.domain.events import Event, MessageChanged
from hallway.domain.ids import UserId
from hallway.domain.previews import Preview
from hallway.domain.verdicts import Denial
from hallway.usecases.accounts import settings
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging import conversations, previewing
from hallway.usecases.messaging.preview_jobs import WORK
from tests.school import ADMIN, BIOLOGY, EXPERT, LENA, SCHOOL, TOMAS, School, actor, dialog, heard_by
from tests.usecases.deeds import Work, badge, delete_for_everyone, delete_mine, edit

LINK = "https://example.org/cells"
CARD = Preview(url=LINK, title="Cells", description="All of them", site="Example")


def _hosts(*hosts: str) -> Work:
    return lambda tx: settings.change(tx, actor(ADMIN), changes=settings.AccountPatch(preview_hosts=hosts))


@pytest.fixture
def talk(school: School) -> School:
    """Lena asked about Biology; cards are made of links to example.org."""
    school.write(_hosts("example.org"))
    school.say(LENA, EXPERT, "What is a cell?", course_id=BIOLOGY)
    return school


def _jobs(school: School) -> Sequence[Job]:
    return school.read(lambda tx: tx.jobs.due(SCHOOL, WORK.kind, school.clock.now(), 9))


def _give(school: School, card: Preview = CARD) -> list[Event]:
    """What is heard when the card of the last message comes."""
    job = _jobs(school)[-1]
    return school.events(lambda tx: previewing.attach(tx, job, card))


def _card(school: School, seq: int) -> Preview | None:
    found = school.read(
        lambda tx: conversations.message(tx, actor(EXPERT), conversation_id=dialog(LENA, EXPERT), seq=seq)
    )
    return found.message.preview


def _remove(who: UserId = LENA, seq: int = 2) -> Work:
    return lambda tx: previewing.remove(tx, actor(who), conversation_id=dialog(LENA, EXPERT), seq=seq)


def test_a_card_is_asked_for_where_the_account_allows_the_host_and_nowhere_else(talk: School) -> None:
    for body in ("No link", "https://evil.example/", "example.org", LINK.replace("https", "ftp")):
        talk.say(LENA, EXPERT, body)
    assert _jobs(talk) == []
    talk.say(LENA, EXPERT, f"See https://evil.example/ and {LINK}.")
    (job,) = _jobs(talk)
    assert talk.read(lambda tx: previewing.asked(tx, job)) == previewing.Asked(
        url=LINK, sender_id=LENA, hosts=("example.org",)
    )
    talk.write(_hosts())
    assert talk.read(lambda tx: previewing.asked(tx, job)) is None
    talk.say(LENA, EXPERT, LINK)
    assert len(_jobs(talk)) == 1


def test_no_account_makes_cards_before_an_administrator_said_so(school: School) -> None:
    school.say(LENA, EXPERT, LINK, course_id=BIOLOGY)
    assert _jobs(school) == []


def test_a_card_is_a_change_for_both_and_leaves_nothing_unread(talk: School) -> None:
    talk.say(LENA, EXPERT, LINK)
    before = badge(talk, EXPERT), talk.listed(EXPERT), talk.unread(EXPERT, LENA)
    (event,) = _give(talk)
    assert isinstance(event, MessageChanged)
    assert (event.message.preview, event.members) == (CARD, {LENA, EXPERT})
    assert event.message.rev == talk.opened(LENA, EXPERT).line.row.conversation.rev
    assert (badge(talk, EXPERT), talk.listed(EXPERT), talk.unread(EXPERT, LENA)) == before
    assert _card(talk, 2) == CARD


def test_who_deleted_their_copy_learns_nothing_of_its_card(talk: School) -> None:
    talk.say(LENA, EXPERT, LINK)
    talk.write(delete_mine(EXPERT, LENA, 2))
    events = _give(talk)
    assert heard_by(events, EXPERT) == []
    assert heard_by(events, LENA) == events


def test_a_card_of_another_link_comes_too_late(talk: School) -> None:
    talk.say(LENA, EXPERT, LINK)
    assert _give(talk, replace(CARD, url="https://example.org/other")) == []
    assert _give(talk) != []
    assert _give(talk) == []


def test_an_edit_takes_the_card_with_its_link_and_keeps_it_otherwise(talk: School) -> None:
    talk.say(LENA, EXPERT, LINK)
    _give(talk)
    talk.write(edit(LENA, EXPERT, 2, f"Look: {LINK}", talk.clock))
    assert _card(talk, 2) == CARD
    talk.write(edit(LENA, EXPERT, 2, "Look at https://example.org/other", talk.clock))
    assert _card(talk, 2) is None
    (job,) = _jobs(talk)
    found = talk.read(lambda tx: previewing.asked(tx, job))
    assert found is not None
    assert found.url == "https://example.org/other"
    talk.write(edit(LENA, EXPERT, 2, "Look at nothing", talk.clock))
    assert (_card(talk, 2), talk.read(lambda tx: previewing.asked(tx, job))) == (None, None)


def test_delete_for_everyone_takes_the_card_and_none_comes_later(talk: School) -> None:
    for is_first in (True, False):
        talk.say(LENA, EXPERT, LINK)
        if is_first:
            _give(talk)
        talk.write(delete_for_everyone(LENA, EXPERT, 2 if is_first else 3, talk.clock))
        assert _give(talk) == []
    assert (_card(talk, 2), _card(talk, 3)) == (None, None)


def test_the_sender_takes_a_card_away_for_good_and_nobody_else_does(talk: School) -> None:
    talk.say(LENA, EXPERT, LINK)
    _give(talk)
    assert talk.denial(_remove(EXPERT)) is Denial.NOT_YOUR_MESSAGE
    with pytest.raises(NotFound):
        talk.write(_remove(TOMAS))
    (event,) = talk.events(_remove())
    assert isinstance(event, MessageChanged)
    assert event.message.preview is None
    assert talk.events(_remove()) == []
    talk.write(edit(LENA, EXPERT, 2, f"Still {LINK}", talk.clock))
    assert _card(talk, 2) is None
    talk.write(delete_for_everyone(LENA, EXPERT, 2, talk.clock))
    with pytest.raises(Conflict):
        talk.write(_remove())


def test_hosts_are_kept_in_one_form_and_each_once(school: School) -> None:
    school.write(_hosts("WWW.Example.org", "*.bücher.example", "www.example.org."))
    shown = school.read(lambda tx: settings.show(tx, actor(ADMIN)))
    assert shown.preview_hosts == ("*.xn--bcher-kva.example", "www.example.org")


@pytest.mark.parametrize(
    ("hosts", "code"),
    [
        (("https://example.org",), "not_a_host"),
        (("localhost",), "not_a_host"),
        (("127.0.0.1",), "not_a_host"),
        (tuple(f"a{number}.example" for number in range(101)), "too_many_hosts"),
    ],
)
def test_what_is_no_host_is_refused_with_the_field(school: School, hosts: tuple[str, ...], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        school.write(_hosts(*hosts))
    assert [(one.field, one.code) for one in refused.value.problems] == [("preview_hosts", code)]
