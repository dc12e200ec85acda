"""Files over the wire: uploaded as tus does it, sent, given to who sees the message now, and to nobody else."""

import io
import os
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from hallway.client import Client, Refusal, new_key
from hallway.transport.uploads import PIECES_PER_MINUTE
from hallway.transport.wire import files as wire_files
from tests.transport.cast import Cast, Somebody, as_problem

TUS = {"Tus-Resumable": "1.0.0"}
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
BOMB = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0" + bytes(4)


def photo(width: int = 900, height: int = 600) -> bytes:
    """A photo that says where it was taken, and that it lies on its side."""
    image, file, exif = Image.effect_noise((width, height), 40).convert("RGB"), io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    image.save(file, "JPEG", exif=exif, comment=b"at home")
    return file.getvalue()


def upload(client: Client, content: bytes, name: str = "Evacuation plan.pdf") -> wire_files.File:
    return client.upload(name, io.BytesIO(content), len(content))


def downloaded(client: Client, file_id: str) -> bytes:
    target = io.BytesIO()
    client.download(file_id, target)
    return target.getvalue()


def content(person: Somebody, file_id: str, part: str = "content", **headers: str) -> httpx.Response:
    """As a page asks for it: with the cookie alone."""
    return person.browser.bare("GET", f"/files/{file_id}/{part}", headers=headers)


@pytest.fixture
def chat(cast: Cast) -> str:
    return cast.asks().conversation_id


def test_a_file_comes_with_its_message_and_is_read_by_both(cast: Cast, chat: str) -> None:
    file = upload(cast.learner.client, PDF)
    assert (file.state, file.received, file.size) == ("ready", len(PDF), len(PDF))
    with cast.expert.client.connect() as line:
        sent = cast.learner.client.send(chat, "", files=[file.id])
        frame = next(iter(line))
    (attached,) = sent.files
    assert (attached.name, attached.kind, attached.media_type) == ("Evacuation plan.pdf", "document", "application/pdf")
    assert frame.message == sent  # type: ignore[union-attr]
    for somebody in (cast.learner, cast.expert):
        assert downloaded(somebody.client, file.id) == PDF
        assert somebody.client.history(chat).messages[-1].files == [attached]


def test_others_get_it_neither_before_nor_after(cast: Cast, chat: str) -> None:
    file = upload(cast.learner.client, PDF)
    for stranger in (cast.outsider, cast.expert):  # not sent: its uploader's alone
        assert content(stranger, file.id).status_code == 404
    assert content(cast.learner, file.id).status_code == 200
    cast.learner.client.send(chat, "Here", files=[file.id])
    assert content(cast.outsider, file.id).status_code == 404
    assert cast.outsider.browser.request("GET", f"/files/{file.id}").status_code == 404
    assert httpx.get(f"{cast.academy.address}/api/v1/files/{file.id}/content").status_code == 401


def test_a_file_goes_with_its_message_for_everyone_and_with_my_copy_for_me(cast: Cast, chat: str) -> None:
    file = upload(cast.learner.client, PDF)
    sent = cast.learner.client.send(chat, "Here", files=[file.id])
    cast.expert.client.delete_message(chat, sent.seq)
    assert content(cast.expert, file.id).status_code == 404
    cast.expert.client.restore_message(chat, sent.seq)
    assert content(cast.expert, file.id).status_code == 200
    assert cast.learner.client.delete_for_everyone(chat, sent.seq).files == []
    for somebody in (cast.learner, cast.expert):
        for part in ("content", "content?save=true", "thumbnail"):
            assert content(somebody, file.id, part).status_code == 404
    with pytest.raises(Refusal) as refused:
        cast.learner.client.send(chat, "", files=[file.id])
    assert refused.value.problem.errors[0].code == "file_not_found"


@pytest.mark.slow
def test_a_deleted_chat_takes_the_file_from_its_reader_alone(cast: Cast, chat: str) -> None:
    file = upload(cast.learner.client, PDF)
    cast.learner.client.send(chat, "Here", files=[file.id])
    cast.expert.client.delete_chat(chat)
    assert content(cast.expert, file.id).status_code == 404
    assert content(cast.learner, file.id).status_code == 200


@pytest.mark.slow
def test_the_same_key_gives_the_same_message_with_its_files_and_no_other(cast: Cast, chat: str) -> None:
    first, second, key = upload(cast.learner.client, PDF), upload(cast.learner.client, PDF), new_key()
    sent = cast.learner.client.send(chat, "Two", files=[first.id], key=key)
    assert cast.learner.client.send(chat, "Two", files=[first.id], key=key) == sent
    for others in ([], [second.id]):
        with pytest.raises(Refusal) as refused:
            cast.learner.client.send(chat, "Two", files=others, key=key)
        assert refused.value.problem.code == "key_reused"
    with pytest.raises(Refusal) as again:  # one file is in one message
        cast.learner.client.send(chat, "Again", files=[first.id])
    assert again.value.problem.errors[0].code == "file_not_found"


@pytest.mark.slow
def test_nobody_sends_somebody_elses_file(cast: Cast, chat: str) -> None:
    file = upload(cast.expert.client, PDF)
    with pytest.raises(Refusal) as refused:
        cast.learner.client.send(chat, "Mine?", files=[file.id])
    assert refused.value.problem.errors[0].code == "file_not_found"


@pytest.mark.slow
def test_a_message_needs_a_text_or_a_file(cast: Cast, chat: str) -> None:
    with pytest.raises(Refusal) as refused:
        cast.learner.client.send(chat, "")
    assert refused.value.problem.errors[0].code == "empty"


# Tus.


def begun(person: Somebody, size: int, name: str = "a.bin") -> str:
    """The path of an upload of `size` bytes."""
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}"}
    answer = person.browser.request("POST", "/uploads", headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"].removeprefix("/api/v1")


def sends(person: Somebody, path: str, offset: int, body: bytes | Iterator[bytes]) -> httpx.Response:
    headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return person.browser.request("PATCH", path, headers=headers, content=body)


@pytest.mark.slow
def test_an_upload_goes_on_where_a_lost_line_left_it(cast: Cast) -> None:
    whole = os.urandom(5_000_000)
    path = begun(cast.learner, len(whole))

    def breaks_off() -> Iterator[bytes]:
        yield whole[:3_000_000]
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        sends(cast.learner, path, 0, breaks_off())
    for _ in range(100):
        head = cast.learner.browser.request("HEAD", path, headers=TUS)
        offset = int(head.headers["upload-offset"])
        if offset == 3_000_000:
            break
    assert offset == 3_000_000
    assert head.headers["upload-length"] == "5000000"
    assert sends(cast.learner, path, 0, whole).status_code == 409
    done = sends(cast.learner, path, offset, whole[offset:])
    assert (done.status_code, done.headers["upload-offset"]) == (204, "5000000")
    file = cast.learner.client.file(path.rpartition("/")[2])
    assert file.state == "ready"
    assert downloaded(cast.learner.client, file.id) == whole


def test_an_upload_keeps_to_what_was_said_of_it(cast: Cast) -> None:
    path = begun(cast.learner, 10)
    as_problem(sends(cast.learner, path, 0, b"eleven bytes"), 409, "upload_too_long")
    assert sends(cast.learner, path, 0, b"ten").headers["upload-offset"] == "3"
    as_problem(sends(cast.learner, path, 0, b"ten"), 409, "upload_offset")
    assert sends(cast.expert, path, 3, b"7 more..").status_code == 404
    assert cast.learner.browser.request("DELETE", path, headers=TUS).status_code == 204
    assert cast.learner.browser.request("HEAD", path, headers=TUS).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("length", ["", "-1", "1.5", "9" * 40, "ten"])
def test_a_length_is_a_number(cast: Cast, length: str) -> None:
    answer = cast.learner.browser.request("POST", "/uploads", headers={**TUS, "Upload-Length": length})
    as_problem(answer, 422, "invalid")


@pytest.mark.slow
def test_an_upload_in_crumbs_has_to_wait(cast: Cast) -> None:
    path = begun(cast.learner, PIECES_PER_MINUTE * 2)
    statuses = [sends(cast.learner, path, offset, b"x").status_code for offset in range(PIECES_PER_MINUTE // 2)]
    assert set(statuses) == {204}
    answers = [sends(cast.learner, path, 0, b"x") for _ in range(PIECES_PER_MINUTE)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.slow
def test_what_is_too_large_is_refused_before_a_byte_comes(cast: Cast) -> None:
    answer = cast.learner.browser.request("POST", "/uploads", headers={**TUS, "Upload-Length": "25000001"})
    as_problem(answer, 413, "file_too_large")


@pytest.mark.slow
def test_another_version_of_tus_is_answered_with_ours(cast: Cast) -> None:
    answer = cast.learner.browser.request("POST", "/uploads", headers={"Upload-Length": "1"})
    assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")


@pytest.mark.slow
def test_an_upload_needs_the_word_that_changes_carry(cast: Cast) -> None:
    answer = cast.learner.browser.bare("POST", "/uploads", headers={**TUS, "Upload-Length": "1"})
    assert answer.status_code == 403


@pytest.mark.slow
def test_an_empty_file_is_a_file(cast: Cast, chat: str) -> None:
    file = upload(cast.learner.client, b"", "empty.txt")
    assert file.state == "ready"
    cast.learner.client.send(chat, "", files=[file.id])
    assert downloaded(cast.expert.client, file.id) == b""


# What is given.


@pytest.mark.slow
def test_what_may_hold_a_script_is_saved_and_never_shown(cast: Cast) -> None:
    file = upload(cast.learner.client, b"<html><script>alert(1)</script></html>", "photo.png")
    assert file.attachment is not None
    assert (file.attachment.kind, file.attachment.media_type) == ("document", "text/plain")
    answer = content(cast.learner, file.id)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.slow
def test_a_name_comes_in_every_script_and_leads_nowhere(cast: Cast) -> None:
    file = upload(cast.learner.client, PDF, "../../etc/Fluchtplan \u202e“Süd” مخطط.pdf")
    assert file.name == "Fluchtplan “Süd” مخطط.pdf"
    how = content(cast.learner, file.id).headers["content-disposition"]
    assert "filename*=UTF-8''Fluchtplan%20%E2%80%9CS%C3%BCd" in how
    assert how.isascii()


@pytest.mark.slow
def test_ranges_are_given_as_they_are_asked_for(cast: Cast) -> None:
    whole = os.urandom(2_500_000)
    file = upload(cast.learner.client, whole, "a.bin")
    for asked, start, end in (("0-9", 0, 10), ("2097000-2097999", 2_097_000, 2_098_000), ("-5", 2_499_995, 2_500_000)):
        answer = content(cast.learner, file.id, Range=f"bytes={asked}")
        assert (answer.status_code, answer.content) == (206, whole[start:end])
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/2500000"
    assert content(cast.learner, file.id, Range="bytes=2500000-").status_code == 416
    assert content(cast.learner, file.id, Range="bytes=9-3").status_code == 200
    tag = content(cast.learner, file.id).headers["etag"]
    assert content(cast.learner, file.id, Range="bytes=0-9", **{"If-Range": '"other"'}).status_code == 200
    assert content(cast.learner, file.id, Range="bytes=0-9", **{"If-Range": tag}).status_code == 206
    assert content(cast.learner, file.id, **{"If-None-Match": tag}).status_code == 304


# Pictures.


def test_a_photo_is_upright_and_says_nothing_but_what_is_seen(cast: Cast, chat: str) -> None:
    file = upload(cast.learner.client, photo(), "IMG_1.jpg")
    assert file.attachment is not None
    assert (file.attachment.width, file.attachment.height) == (600, 900)
    assert (file.attachment.placeholder or "").startswith("data:image/webp;base64,")
    cast.learner.client.send(chat, "", files=[file.id])
    for part in ("content", "thumbnail", "screen"):
        answer = content(cast.expert, file.id, part)
        assert answer.headers["content-disposition"].startswith("inline;")
        with Image.open(io.BytesIO(answer.content)) as image:
            assert image.width < image.height
            assert not image.getexif()
        for secret in (b"Secret Camera", b"at home", b"Exif"):
            assert secret not in answer.content
    kept = b"".join(one.read_bytes() for one in (cast.academy.database.parent / "files").rglob(f"{file.id}/*"))
    assert b"Secret Camera" not in kept


@pytest.mark.slow
@pytest.mark.parametrize("bad", [BOMB, photo()[:2_000], b"\xff\xd8\xff" + os.urandom(3_000), b"GIF89a" + bytes(50)])
def test_a_broken_or_hostile_picture_is_refused_and_the_server_goes_on(cast: Cast, chat: str, bad: bytes) -> None:
    file = upload(cast.learner.client, bad, "photo.png")
    assert file.state == "refused"
    assert file.reason in {"picture", "picture_too_large"}
    assert content(cast.learner, file.id).status_code == 404
    with pytest.raises(Refusal) as refused:
        cast.learner.client.send(chat, "", files=[file.id])
    assert refused.value.problem.errors[0].code == "file_refused"
    assert upload(cast.learner.client, photo()).state == "ready"


@pytest.mark.slow
def test_a_refused_file_leaves_nothing(cast: Cast) -> None:
    file = upload(cast.learner.client, BOMB, "photo.png")
    folder: Path = cast.academy.database.parent / "files"
    assert list(folder.rglob(f"{file.id}/*")) == []
