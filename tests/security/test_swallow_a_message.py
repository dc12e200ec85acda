"""Attack: use the key of a deleted message again, so that another text is answered as stored and is nowhere."""

from collections.abc import Callable, Iterator

import pytest

from hallway.client import Refusal, new_key
from hallway.transport.wire import messages as wire_messages
from tests.servers.hallway import Hallway
from tests.transport.cast import Cast, casting

Send = Callable[[Cast, str, str, str | None], wire_messages.Message]


@pytest.fixture
def cast(ruin: Hallway) -> Iterator[Cast]:
    """Fresh people for each test."""
    for agency in casting(ruin):
        yield agency.cast()


def _post(cast: Cast, body: str, key: str, course: str | None) -> wire_messages.Message:
    return cast.learner.client.send_to_person(cast.expert.id, body, key=key, course_id=course)


def _frame(cast: Cast, body: str, key: str, course: str | None) -> wire_messages.Message:
    with cast.learner.client.connect() as line:
        return line.send_to_person(cast.expert.id, body, key=key, course_id=course)


def _delete_for_everyone(cast: Cast, sent: wire_messages.Message) -> None:
    cast.learner.client.delete_for_everyone(sent.conversation_id, sent.seq)


def _delete_my_copy(cast: Cast, sent: wire_messages.Message) -> None:
    cast.learner.client.delete_message(sent.conversation_id, sent.seq)


def _delete_chat(cast: Cast, sent: wire_messages.Message) -> None:
    cast.learner.client.delete_chat(sent.conversation_id)


def _delete_both(cast: Cast, sent: wire_messages.Message) -> None:
    _delete_for_everyone(cast, sent)
    _delete_chat(cast, sent)


DELETIONS = [_delete_for_everyone, _delete_my_copy, _delete_chat, _delete_both]


@pytest.mark.slow
@pytest.mark.parametrize("send", [_post, _frame])
@pytest.mark.parametrize("delete", DELETIONS)
def test_another_text_is_refused_and_the_same_one_is_a_retry(
    cast: Cast, delete: Callable[[Cast, wire_messages.Message], None], send: Send
) -> None:
    key = new_key()
    sent = send(cast, "Oh no", key, cast.course.id)
    delete(cast, sent)
    with pytest.raises(Refusal) as refused:
        send(cast, "Something quite different", key, cast.course.id)
    assert (refused.value.problem.status, refused.value.problem.code) == (409, "key_reused")
    assert send(cast, "Oh no", key, cast.course.id).seq == sent.seq
    fresh = send(cast, "Something quite different", new_key(), cast.course.id)
    assert (fresh.seq, fresh.body) == (sent.seq + 1, "Something quite different")


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("is_deleted", [False, True])
def test_another_course_or_another_person_is_another_message(cast: Cast, is_deleted: bool) -> None:
    key = new_key()
    sent = _post(cast, "Is the exit on the left?", key, cast.course.id)
    if is_deleted:
        _delete_for_everyone(cast, sent)
    for course in (None, cast.course.id[:-1] + ("0" if cast.course.id[-1] != "0" else "1")):
        with pytest.raises(Refusal, match="key"):
            _post(cast, "Is the exit on the left?", key, course)
    cast.owner.send_to_person(cast.learner.id, "Hello", key=key)
    assert _post(cast, "Is the exit on the left?", key, cast.course.id).seq == sent.seq


def test_many_retries_of_many_deleted_messages_are_each_told_apart(cast: Cast) -> None:
    keys = [new_key() for _ in range(5)]
    for number, key in enumerate(keys):
        _delete_for_everyone(cast, _post(cast, f"Text {number}", key, None))
    assert [_post(cast, f"Text {number}", key, None).seq for number, key in enumerate(keys)] == [1, 2, 3, 4, 5]
    for number, key in enumerate(keys):
        with pytest.raises(Refusal):
            _post(cast, f"Text {(number + 1) % 5}", key, None)
