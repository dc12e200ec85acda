"""ports.Files: what is known of files is kept alike in each store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.files import Attachment, File, FileKind, FileState, Part
from hallway.domain.ids import ConversationId, FileId
from hallway.domain.messages import Message
from hallway.usecases.errors import Conflict
from hallway.usecases.files.checking import Checked, Reason, settle
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import ELSEWHERE, HERE, LENA, NOON, TOMAS, change, furnished, message, named, talk

WHOLE = Part("000000000000-a", 5)
PLAN = File(
    account_id=HERE,
    id=FileId(named("plan")),
    uploader_id=LENA,
    name="Plan “Süd”.pdf",
    size=9,
    created_at=NOON,
    expires_at=NOON + timedelta(days=1),
)
PICTURE = replace(
    PLAN,
    id=FileId(named("picture")),
    state=FileState.READY,
    parts=(WHOLE, Part("000000000005-b", 4)),
    renditions=(Part("thumbnail", 3),),
    media_type="image/png",
    kind=FileKind.PICTURE,
    width=3,
    height=2,
    placeholder="data:image/webp;base64,AA==",
    is_unscanned=True,
)


@pytest.fixture(autouse=True)
def kept(store: Store) -> None:
    """Two files of one person."""
    furnished(store)

    def work(tx: Transaction) -> None:
        tx.files.add(PLAN)
        tx.files.add(PICTURE)

    change(store, work)


def test_files_come_back_as_kept_and_only_in_their_account(store: Store) -> None:
    ids = [PLAN.id, PICTURE.id, FileId(named("nothing"))]
    assert store.read(lambda tx: tx.files.several(HERE, ids)) == {PLAN.id: PLAN, PICTURE.id: PICTURE}
    assert store.read(lambda tx: tx.files.several(ELSEWHERE, ids)) == {}


def test_a_file_is_kept_once_and_of_somebody_who_is_there(store: Store) -> None:
    for wrong in (PLAN, replace(PLAN, id=FileId(named("other")), uploader_id=LENA, account_id=ELSEWHERE)):
        with pytest.raises(Conflict):
            change(store, lambda tx, one=wrong: tx.files.add(one))


def test_what_became_of_files_is_kept(store: Store) -> None:
    chat = talk(store, LENA, TOMAS, ["Look"]).id
    grown = replace(PLAN, parts=(WHOLE,), expires_at=NOON)
    sent = PICTURE.attached(chat, 1)
    change(store, lambda tx: tx.files.save([sent, grown]))
    assert store.read(lambda tx: tx.files.several(HERE, [PLAN.id, PICTURE.id])) == {PLAN.id: grown, PICTURE.id: sent}
    assert store.read(lambda tx: tx.files.of_message(HERE, chat, 1)) == [sent]
    assert store.read(lambda tx: tx.files.of_message(HERE, chat, 2)) == []
    assert store.read(lambda tx: tx.files.of_message(HERE, ConversationId(named("else")), 1)) == []


@pytest.mark.parametrize("reason", Reason)
def test_what_a_check_found_wrong_is_kept_in_every_store(store: Store, reason: Reason) -> None:
    checked = replace(PLAN, parts=(WHOLE,), state=FileState.CHECKING)
    change(store, lambda tx: tx.files.save([checked]))
    found = Checked(state=FileState.REFUSED, reason=reason)
    assert change(store, lambda tx: settle(tx, checked, found))
    kept = store.read(lambda tx: tx.files.several(HERE, [PLAN.id]))[PLAN.id]
    assert (kept.state, kept.reason, kept.parts) == (FileState.REFUSED, reason.value, ())


def test_bytes_and_unsent_files_are_counted(store: Store) -> None:
    assert store.read(lambda tx: (tx.files.used(HERE), tx.files.used(ELSEWHERE))) == (18, 0)
    assert store.read(lambda tx: (tx.files.unsent(HERE, LENA), tx.files.unsent(HERE, TOMAS))) == (2, 0)
    chat = talk(store, LENA, TOMAS, ["Look"]).id
    change(store, lambda tx: tx.files.save([PICTURE.attached(chat, 1), PLAN.gone(NOON)]))
    assert store.read(lambda tx: tx.files.unsent(HERE, LENA)) == 0


def test_what_has_ended_is_found_first_come_first_and_removed_once_it_is_gone(store: Store) -> None:
    late = NOON + timedelta(days=2)
    change(store, lambda tx: tx.files.save([PICTURE.gone(NOON)]))
    found = store.read(lambda tx: tx.files.expired(HERE, late, 9))
    assert [one.id for one in found] == [PICTURE.id, PLAN.id]
    assert [one.id for one in store.read(lambda tx: tx.files.expired(HERE, NOON, 9))] == [PICTURE.id]
    assert len(store.read(lambda tx: tx.files.expired(HERE, late, 1))) == 1
    change(store, lambda tx: tx.files.remove(HERE, [PLAN.id, PICTURE.id]))
    assert list(store.read(lambda tx: tx.files.several(HERE, [PLAN.id, PICTURE.id]))) == [PLAN.id]


def test_a_message_holds_what_it_shows_of_its_files(store: Store) -> None:
    chat = talk(store, LENA, TOMAS, ["Look"]).id
    first = message(chat, 1, LENA)
    files = (
        PICTURE.attachment,
        Attachment(id=PLAN.id, name="a.bin", media_type="application/octet-stream", kind=FileKind.OTHER, size=9),
    )
    shown = replace(first, body="", files=files)
    change(store, lambda tx: tx.messages.save(shown))

    def read(tx: Transaction) -> Message | None:
        return tx.messages.find(HERE, first.conversation_id, first.seq)

    assert store.read(read) == shown
    change(store, lambda tx: tx.messages.save(shown.deleted_for_everyone(2, NOON)))
    found = store.read(read)
    assert found is not None
    assert found.files == ()
