"""Files by the use-cases: who may upload and send them, what becomes of them, and that they end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.accounts import Account
from hallway.domain.file_kinds import HEAD, kind_of
from hallway.domain.files import File, FileKind, FileState, Part, clean_name
from hallway.domain.ids import FileId, UserId
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.files import checking, reading, sweeping, uploads
from hallway.usecases.files.checking import Checked, Reason
from hallway.usecases.files.ports import Blob
from hallway.usecases.messaging import messages
from hallway.usecases.messaging.sending import Posted
from hallway.usecases.transaction import Transaction
from tests.school import ADMIN, EXPERT, LENA, NILS, NOON, SCHOOL, School, actor, dialog


def begun(school: School, whose: UserId = LENA, size: int = 4, quota: int | None = None) -> File:
    return school.write(
        lambda tx: uploads.begin(
            tx, actor(whose), name="a.png", size=size, quota=quota, clock=school.clock, ids=school.ids
        )
    )


def grown(school: School, file: File, offset: int, size: int) -> File:
    part = Part(f"{offset}", size)
    return school.write(
        lambda tx: uploads.grow(tx, actor(file.uploader_id), file.id, offset=offset, part=part, clock=school.clock)
    )


def ready(school: School, whose: UserId = LENA, kind: FileKind = FileKind.PICTURE) -> File:
    """A file of somebody that can be sent."""
    file = grown(school, begun(school, whose), 0, 4)
    school.write(
        lambda tx: checking.settle(tx, file, Checked(state=FileState.READY, media_type="image/png", kind=kind))
    )
    return stored(school, file)


def stored(school: School, file: File) -> File:
    return school.read(lambda tx: tx.files.several(SCHOOL, [file.id]))[file.id]


def sent(school: School, *files: File, body: str = "", key: str | None = None) -> Posted | Exception:
    """What became of a message of LENA to EXPERT with these files."""
    command = replace(school.command(LENA, EXPERT, body, key=key), files=[one.id for one in files])
    return school.attempt(command)[0]


def gets(school: School, who: UserId, file: File) -> bool:
    try:
        school.read(lambda tx: reading.get(tx, actor(who), file.id))
    except NotFound:
        return False
    return True


def settings(school: School, changed: Account) -> None:
    school.write(lambda tx: tx.accounts.save(changed))


def account(school: School) -> Account:
    found = school.read(lambda tx: tx.accounts.find(SCHOOL))
    assert found is not None
    return found


# Uploading.


def test_an_upload_grows_piece_by_piece_and_is_then_checked(school: School) -> None:
    file = begun(school, size=10)
    assert grown(school, file, 0, 4).received == 4
    whole = grown(school, file, 4, 6)
    assert (whole.state, whole.received) == (FileState.CHECKING, 10)
    (job,) = school.read(lambda tx: list(tx.jobs.several(SCHOOL, checking.WORK.kind, [file.id]).values()))
    assert job.due_at == school.clock.now()


@pytest.mark.parametrize(("offset", "size", "code"), [(3, 1, "upload_offset"), (4, 7, "upload_too_long")])
def test_a_piece_fits_behind_what_is_here(school: School, offset: int, size: int, code: str) -> None:
    file = begun(school, size=10)
    grown(school, file, 0, 4)
    with pytest.raises(Conflict) as wrong:
        grown(school, file, offset, size)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("changes", "size", "quota", "denial"),
    [
        ({}, 25_000_000, None, None),
        ({}, 25_000_001, None, Denial.FILE_TOO_LARGE),
        ({"largest_file": 9}, 10, None, Denial.FILE_TOO_LARGE),
        ({"largest_file": 0}, 1, None, Denial.FILES_OFF),
        ({"messaging_on": False}, 1, None, Denial.MESSAGING_OFF),
        ({}, 6, 10, None),
        ({}, 7, 10, Denial.FILES_FULL),
    ],
)
def test_the_account_decides_what_may_be_uploaded(
    school: School, changes: dict[str, int], size: int, quota: int | None, denial: Denial | None
) -> None:
    begun(school, NILS)
    settings(school, replace(account(school), **changes))
    if denial is None:
        assert begun(school, size=size, quota=quota).size == size
    else:
        with pytest.raises(Refused) as refused:
            begun(school, size=size, quota=quota)
        assert refused.value.denial is denial


def test_nobody_fills_the_account_with_what_is_never_sent(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UNSENT", 1)
    first = begun(school)
    with pytest.raises(Conflict):
        begun(school)
    assert begun(school, NILS)
    school.write(lambda tx: uploads.give_up(tx, actor(LENA), first.id, clock=school.clock))
    assert begun(school)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\plan.pdf", "plan.pdf"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("a\nb.txt", "a b.txt"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 179 + "…" + "x" * 16 + ".pdf"),
    ],
)
def test_a_name_is_a_line_that_leads_nowhere(given: str, kept: str) -> None:
    assert clean_name(given) == kept


# Sending.


def test_a_message_takes_its_files_and_shows_them(school: School) -> None:
    first, second = ready(school), ready(school)
    posted = sent(school, first, second)
    assert isinstance(posted, Posted)
    assert posted.message.files == (first.attachment, second.attachment)
    assert stored(school, first).expires_at is None
    assert (stored(school, second).conversation_id, stored(school, second).seq) == (dialog(LENA, EXPERT), 1)


@pytest.mark.parametrize("state", [FileState.UPLOADING, FileState.CHECKING, FileState.REFUSED, FileState.WITHHELD])
def test_only_what_is_ready_is_sent(school: School, state: FileState) -> None:
    file = replace(ready(school), state=state)
    school.write(lambda tx: tx.files.save([file]))
    refused = sent(school, file, body="Look")
    assert isinstance(refused, Invalid)
    assert school.read(lambda tx: tx.messages.find(SCHOOL, dialog(LENA, EXPERT), 1)) is None


def test_files_of_others_of_two_messages_and_of_nobody_are_refused_alike(school: School) -> None:
    others, mine = ready(school, NILS), ready(school)
    nobodys = replace(mine, id=FileId(school.ids.new()))
    assert isinstance(sent(school, mine, mine), Invalid)
    assert isinstance(sent(school, mine), Posted)
    for wrong in (others, mine, nobodys):
        refused = sent(school, wrong)
        assert isinstance(refused, Invalid)
        assert refused.problems[0].code == "file_not_found"


def test_two_messages_of_one_batch_do_not_share_a_file(school: School) -> None:
    file = ready(school)
    commands = [replace(school.command(LENA, EXPERT, "Look"), files=[file.id]) for _ in range(2)]
    first, second = school.attempt(*commands)
    assert isinstance(first, Posted)
    assert isinstance(second, Invalid)


def test_ten_files_are_sent_and_eleven_are_not(school: School) -> None:
    files = [ready(school) for _ in range(11)]
    assert isinstance(sent(school, *files), Invalid)
    assert isinstance(sent(school, *files[:10]), Posted)


def test_a_kind_that_the_account_took_away_is_refused(school: School) -> None:
    picture, archive = ready(school), ready(school, kind=FileKind.ARCHIVE)
    settings(school, replace(account(school), file_kinds=frozenset({FileKind.PICTURE})))
    refused = sent(school, archive)
    assert isinstance(refused, Refused)
    assert refused.denial is Denial.FILE_KIND
    assert isinstance(sent(school, picture), Posted)


def test_a_retry_gives_the_message_again_and_with_other_files_a_conflict(school: School) -> None:
    first, second = ready(school), ready(school)
    posted = sent(school, first, key="one-key")
    assert sent(school, first, key="one-key") == posted
    assert isinstance(sent(school, second, key="one-key"), Conflict)


def test_a_message_without_files_asks_nothing_about_them(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        pytest.fail("The store was asked about files.")

    for name in ("several", "of_message", "save"):
        monkeypatch.setattr(f"hallway.storage.memory.files.MemoryFiles.{name}", asked)
    posted = school.say(LENA, EXPERT)
    school.write(
        lambda tx: messages.delete_for_everyone(
            tx, actor(LENA), conversation_id=posted.message.conversation_id, seq=1, clock=school.clock, ids=school.ids
        )
    )


# Who gets it.


def test_a_file_is_its_uploaders_alone_until_it_is_sent_and_then_of_who_sees_its_message(school: School) -> None:
    file = ready(school)
    assert [who for who in (LENA, EXPERT, NILS, ADMIN) if gets(school, who, file)] == [LENA]
    sent(school, file)
    assert [who for who in (LENA, EXPERT, NILS, ADMIN) if gets(school, who, file)] == [LENA, EXPERT]


def test_what_i_hid_or_cleared_i_get_no_more(school: School) -> None:
    file, chat = ready(school), dialog(LENA, EXPERT)
    sent(school, file)
    school.write(lambda tx: messages.delete_mine(tx, actor(EXPERT), conversation_id=chat, seq=1))
    assert not gets(school, EXPERT, file)
    assert gets(school, LENA, file)
    school.write(lambda tx: messages.restore_mine(tx, actor(EXPERT), conversation_id=chat, seq=1))
    assert gets(school, EXPERT, file)


def test_delete_for_everyone_takes_the_file_from_all_and_leaves_it_to_the_sweep(school: School) -> None:
    file, chat = ready(school), dialog(LENA, EXPERT)
    sent(school, file)

    def delete(tx: Transaction) -> Posted:
        return messages.delete_for_everyone(
            tx, actor(LENA), conversation_id=chat, seq=1, clock=school.clock, ids=school.ids
        )

    assert school.write(delete).message.files == ()
    assert not any(gets(school, who, file) for who in (LENA, EXPERT))
    assert stored(school, file).state is FileState.GONE
    assert school.write(lambda tx: sweeping.claim_expired(tx, SCHOOL, clock=school.clock)) == [file.id]


@pytest.mark.parametrize("state", [FileState.REFUSED, FileState.WITHHELD])
def test_what_is_withheld_is_given_to_nobody_and_holds_nothing(school: School, state: FileState) -> None:
    file = grown(school, begun(school), 0, 4)
    school.write(lambda tx: checking.settle(tx, file, Checked(state=state, reason=Reason.VIRUS)))
    assert not gets(school, LENA, file)
    assert stored(school, file).parts == ()
    assert school.read(lambda tx: reading.look_at(tx, actor(LENA), file.id)).reason == "virus"


# Ending.


def test_what_was_never_sent_ends_and_what_was_sent_stays(school: School) -> None:
    resting, waiting, kept = begun(school), ready(school), ready(school)
    sent(school, kept)
    assert school.write(lambda tx: sweeping.claim_expired(tx, SCHOOL, clock=school.clock)) == []
    school.clock.wait(uploads.UNFINISHED_FOR)
    assert school.write(lambda tx: sweeping.claim_expired(tx, SCHOOL, clock=school.clock)) == [resting.id]
    school.clock.wait(uploads.UNSENT_FOR)
    gone = school.write(lambda tx: sweeping.claim_expired(tx, SCHOOL, clock=school.clock))
    assert set(gone) == {resting.id, waiting.id}  # until its content was removed it is found again
    assert isinstance(sent(school, waiting), Invalid)
    school.write(lambda tx: sweeping.forget(tx, SCHOOL, gone))
    left = school.read(lambda tx: tx.files.several(SCHOOL, [resting.id, waiting.id, kept.id]))
    assert list(left) == [kept.id]


def test_old_objects_of_no_file_are_orphans_and_others_are_not(school: School) -> None:
    file = ready(school)
    old, young = NOON - timedelta(days=2), NOON
    folder = f"{SCHOOL}/{file.id}"
    blobs = [
        Blob(f"{folder}/0", 4, old),
        Blob(f"{folder}/left", 4, old),
        Blob(f"{folder}/new", 4, young),
        Blob(f"{SCHOOL}/{school.ids.new()}/0", 4, old),
        Blob(f"{SCHOOL}/odd", 4, old),
    ]
    names = sweeping.orphans(blobs, {file.id: file}, NOON)
    assert names == [blobs[1].name, blobs[3].name, blobs[4].name]


def test_a_check_of_a_file_that_went_meanwhile_keeps_nothing(school: School) -> None:
    file = grown(school, begun(school), 0, 4)
    school.write(lambda tx: uploads.give_up(tx, actor(LENA), file.id, clock=school.clock))
    assert not school.write(lambda tx: checking.settle(tx, file, Checked(state=FileState.READY)))
    assert stored(school, file).state is FileState.GONE


# Kinds.


@pytest.mark.parametrize(
    ("head", "kind", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", FileKind.PICTURE, "image/png"),
        (b"\xff\xd8\xff\xe0....", FileKind.PICTURE, "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.PICTURE, "image/webp"),
        (b"%PDF-1.7", FileKind.DOCUMENT, "application/pdf"),
        (b"ID3\x04....", FileKind.AUDIO, "audio/mpeg"),
        (b"\xff\xfb\x90\x64....", FileKind.AUDIO, "audio/mpeg"),
        (b"\0\0\0\x20ftypisom", FileKind.VIDEO, "video/mp4"),
        (b"\0\0\0\x20ftypM4A ", FileKind.AUDIO, "audio/mp4"),
        (b"\x1a\x45\xdf\xa3....webm....V_VP9", FileKind.VIDEO, "video/webm"),
        (b"\x1a\x45\xdf\xa3....webm....A_OPUS", FileKind.AUDIO, "audio/webm"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml....word/document.xml", FileKind.DOCUMENT, None),
        (b"PK\x03\x04" + bytes(26) + b"a.txt", FileKind.ARCHIVE, "application/zip"),
        (b"<script>alert(1)</script>", FileKind.DOCUMENT, "text/plain"),
        ("Grüße".encode() * 4000, FileKind.DOCUMENT, "text/plain"),
        (b"MZ\x90\0\x03", FileKind.OTHER, "application/octet-stream"),
        (b"\x7fELF\x02\x01", FileKind.OTHER, "application/octet-stream"),
        (b"", FileKind.OTHER, "application/octet-stream"),
    ],
)
def test_a_kind_is_kind_of_the_content(head: bytes, kind: FileKind, media_type: str | None) -> None:
    found = kind_of(head[:HEAD])
    assert found[0] is kind
    assert media_type in {None, found[1]}
