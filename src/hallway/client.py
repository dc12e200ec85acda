"""A small Hallway client for programs: `Client` asks over HTTP, `WebSocketClient` is the live connection.

    with Client("https://messages.example.org", token=token) as client:
        message = client.send_to_person(person_id, "Hello!")
        with client.connect() as socket:
            for frame in socket:
                ...

Answers are the structs in the modules of `hallway.transport.wire`. Every no is a `Refusal` with the server's problem document. Neither
class may be used by two threads at once.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import IO, TypeVar, overload
from urllib.parse import quote

import httpx
import msgspec

from hallway.client_socket import Refusal, SocketClosed, Unreadable, WebSocketClient, decode, new_key
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import courses as wire_courses
from hallway.transport.wire import drafts as wire_drafts
from hallway.transport.wire import entry as wire_entry
from hallway.transport.wire import files as wire_files
from hallway.transport.wire import me as wire_me
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import people as wire_people
from hallway.transport.wire import problems as wire_problems
from hallway.transport.wire import scheduled as wire_scheduled
from hallway.transport.wire import stars as wire_stars
from hallway.transport.wire.version import HEADER, PARAMETER, PROTOCOL

__all__ = ["API", "SOCKET", "Client", "Refusal", "SocketClosed", "Unreadable", "WebSocketClient", "new_key"]
"""What programs import from here."""

T = TypeVar("T")
Query = Mapping[str, str | int | bool | None] | None
Content = msgspec.Struct | bytes | None

API = "/api/v1"
SOCKET = f"{API}/socket?{PARAMETER}={PROTOCOL}"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = 8 * 1024 * 1024
"""Bytes of an upload that go in one request."""


class Client(AbstractContextManager["Client"]):
    """One person's access to the API: with a personal access `token`, or after `sign_in`."""

    def __init__(self, address: str, *, token: str | None = None, timeout: float = 30) -> None:
        """`address` is where people reach Hallway, without a path; `timeout` is in seconds."""
        self._address = address.rstrip("/")
        headers = {HEADER: str(PROTOCOL)} | ({} if token is None else {"Authorization": f"Bearer {token}"})
        # Reading the system's certificates takes longer than many a request; a plain address needs none.
        verify = not self._address.startswith("http:")
        self._http = httpx.Client(base_url=self._address, headers=headers, timeout=timeout, verify=verify)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go; the session stays, until `sign_out`."""
        self._http.close()

    @overload
    def ask(self, method: str, path: str, body: Content = ..., *, query: Query = ...) -> None: ...
    @overload
    def ask(self, method: str, path: str, body: Content, answer_type: type[T], *, query: Query = ...) -> T: ...
    def ask(
        self, method: str, path: str, body: Content = None, answer_type: type[T] | None = None, *, query: Query = None
    ) -> T | None:
        """Any request to the API, `path` below /api/v1. `body` is a struct, or bytes for a file; None sends none.

        Without an `answer_type` the answer's content is dropped. Raises Refusal, Unreadable.
        """
        content = msgspec.json.encode(body) if isinstance(body, msgspec.Struct) else body
        headers = {"Content-Type": "application/json"} if isinstance(body, msgspec.Struct) else None
        params = {name: one for name, one in (query or {}).items() if one is not None}
        response = self._http.request(method, API + path, content=content, headers=headers, params=params)
        if not response.is_success:
            raise Refusal(_problem(response))
        return None if answer_type is None else self._decoded(response.content, answer_type)

    def _decoded(self, content: bytes, answer_type: type[T]) -> T:
        """Decode the answer; one that says who came in also has the word that changes must carry."""
        answer = decode(content, answer_type)
        if isinstance(answer, wire_me.Me):
            self._http.headers["X-CSRF-Token"] = answer.csrf
        return answer

    def sign_in(self, login: str, password: str) -> wire_me.Me:
        """Start a session, with a login or an e-mail address."""
        return self.ask("POST", "/session", wire_entry.SignIn(login, password), wire_me.Me)

    def sign_out(self) -> None:
        """End the session and its lines."""
        self.ask("DELETE", "/session")

    def me(self) -> wire_me.Me:
        """Return who I am and what I may do."""
        return self.ask("GET", "/me", None, wire_me.Me)

    def people(self, text: str = "", *, cursor: str | None = None, limit: int = 20) -> wire_people.People:
        """Return a page of those to whom I may write first."""
        return self.ask("GET", "/people", None, wire_people.People, query={"q": text, "cursor": cursor, "limit": limit})

    def chats(
        self,
        text: str = "",
        *,
        cursor: str | None = None,
        limit: int = 30,
        unread_only: bool = False,
        archived: bool = False,
    ) -> wire_conversations.Rows:
        """Return a page of my list, newest on top below what is pinned; or, with `archived`, of my archive."""
        query: Query = {"q": text, "cursor": cursor, "limit": limit, "unread": unread_only, "archived": archived}
        return self.ask("GET", "/conversations", None, wire_conversations.Rows, query=query)

    def open_chat(self, conversation_id: str) -> wire_conversations.Opened:
        """Open a chat with its newest messages and its standing."""
        return self.ask("GET", _path("conversations", conversation_id), None, wire_conversations.Opened)

    def open_with(self, person_id: str, *, course_id: str | None = None) -> wire_conversations.Opened:
        """Open the chat with a person, also before its first message when I may start it."""
        path = _path("people", person_id, "conversation")
        return self.ask("GET", path, None, wire_conversations.Opened, query={"course_id": course_id})

    def send(
        self,
        to: str,
        body: str,
        *,
        key: str | None = None,
        files: Sequence[str] = (),
        reply_to: int | None = None,
    ) -> wire_messages.Message:
        """Write in a chat, with files that were uploaded; returns once it is stored durably. `reply_to` is the seq of the message that
        it quotes.

        To try again after a broken connection, give the same `key` both times: then it is never doubled.
        """
        path = _path("conversations", to, "messages")
        message = wire_messages.Send(body=body, key=key or new_key(), reply_to=reply_to, files=list(files))
        return self.ask("POST", path, message, wire_messages.Sent).message

    def send_to_person(
        self,
        person_id: str,
        body: str,
        *,
        key: str | None = None,
        course_id: str | None = None,
        files: Sequence[str] = (),
    ) -> wire_messages.Message:
        """Write to a person, with whom there may be no chat yet; `course_id` says which course it asks about."""
        path = _path("people", person_id, "messages")
        message = wire_messages.Send(body=body, key=key or new_key(), course_id=course_id, files=list(files))
        return self.ask("POST", path, message, wire_messages.Sent).message

    def upload(self, name: str, content: IO[bytes], size: int) -> wire_files.File:
        """Upload a file, a piece at a time, and return it once it was checked: send it when it is `ready`.

        Raises Refusal, and what the connection raises; `resume` then goes on.
        """
        metadata = f"filename {b64encode(name.encode()).decode()}"
        headers = TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata}
        file = decode(self._uploading("POST", "/uploads", headers).content, wire_files.File)
        return self.resume(file.id, content)

    def resume(self, file_id: str, content: IO[bytes]) -> wire_files.File:
        """Go on with an upload where it stopped; `content` can be sought. Raises as `upload` does."""
        path = _path("uploads", file_id)
        head = self._uploading("HEAD", path, TUS).headers
        offset, size = int(head["Upload-Offset"]), int(head["Upload-Length"])
        while offset < size:
            content.seek(offset)
            headers = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            head = self._uploading("PATCH", path, headers, content.read(PIECE)).headers
            offset = int(head["Upload-Offset"])
        return self.file(file_id)

    def _uploading(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | None = None
    ) -> httpx.Response:
        response = self._http.request(method, API + path, headers=headers, content=content)
        if not response.is_success:
            raise Refusal(_problem(response))
        return response

    def file(self, file_id: str) -> wire_files.File:
        """Return how far a file has come; waits for the server's check of it."""
        while True:
            file = self.ask("GET", _path("files", file_id), None, wire_files.File)
            if file.state != "checking":
                return file

    def give_up(self, file_id: str) -> None:
        """Remove a file of mine that was not sent."""
        self.ask("DELETE", _path("uploads", file_id))

    def download(self, file_id: str, target: IO[bytes]) -> None:
        """Write a file that I see in a message to `target`, a piece at a time. Raises Refusal."""
        with self._http.stream("GET", API + _path("files", file_id, "content"), params={"save": "true"}) as response:
            if not response.is_success:
                response.read()
                raise Refusal(_problem(response))
            for piece in response.iter_bytes():
                target.write(piece)

    def mark_read(self, conversation_id: str, seq: int) -> wire_conversations.Row:
        """I have read up to `seq`."""
        return self.ask(
            "PUT", _path("conversations", conversation_id, "read"), wire_conversations.Read(seq), wire_conversations.Row
        )

    def mark_unread(self, conversation_id: str, seq: int | None = None) -> wire_conversations.Row:
        """Mark messages as unread from `seq` on, without it from the others' newest one on. Raises Refusal."""
        path = _path("conversations", conversation_id, "unread")
        return self.ask("PUT", path, wire_conversations.MarkUnread(seq), wire_conversations.Row)

    def pin(self, conversation_id: str, *, is_pinned: bool = True) -> wire_conversations.Row:
        """Pin a chat above the others in my list, or unpin it. Raises Refusal."""
        path = _path("conversations", conversation_id, "pin")
        return self.ask("PUT", path, wire_conversations.Pin(is_pinned), wire_conversations.Row)

    def archive(self, conversation_id: str, *, is_archived: bool = True) -> wire_conversations.Row:
        """Archive a chat, or take it out of the archive. Raises Refusal."""
        path = _path("conversations", conversation_id, "archive")
        return self.ask("PUT", path, wire_conversations.Archive(is_archived), wire_conversations.Row)

    def mute(self, conversation_id: str, *, is_muted: bool = True, until: datetime | None = None) -> None:
        """Mute a chat, for ever or until a time, or unmute it. Raises Refusal."""
        self.ask("PUT", _path("conversations", conversation_id, "mute"), wire_conversations.Mute(is_muted, until))

    def drafts(self, *, cursor: str | None = None, limit: int = 100) -> wire_drafts.Drafts:
        """Return a page of my drafts."""
        return self.ask("GET", "/drafts", None, wire_drafts.Drafts, query={"cursor": cursor, "limit": limit})

    def draft(self, conversation_id: str) -> wire_drafts.ChatDraft:
        """Return my draft in a chat."""
        return self.ask("GET", _path("conversations", conversation_id, "draft"), None, wire_drafts.ChatDraft)

    def save_draft(self, conversation_id: str, written: wire_drafts.SaveDraft) -> wire_drafts.ChatDraft:
        """Save what I wrote in a chat; where another device wrote since `written.base`, both texts are kept. Raises Refusal."""
        return self.ask("PUT", _path("conversations", conversation_id, "draft"), written, wire_drafts.ChatDraft)

    def save_draft_to_person(self, person_id: str, written: wire_drafts.SaveDraft) -> wire_drafts.ChatDraft:
        """Save what I wrote to a person, with whom there may be no chat yet. Raises Refusal."""
        return self.ask("PUT", _path("people", person_id, "draft"), written, wire_drafts.ChatDraft)

    def discard_draft(self, conversation_id: str, *, base: int) -> wire_drafts.ChatDraft:
        """Discard my draft as of revision `base`; what another device wrote since stays, and is returned."""
        path = _path("conversations", conversation_id, "draft")
        return self.ask("DELETE", path, None, wire_drafts.ChatDraft, query={"base": base})

    def schedule(
        self,
        conversation_id: str,
        body: str,
        at: datetime | wire_scheduled.LocalTime,
        *,
        key: str | None = None,
        reply_to: int | None = None,
        files: Sequence[str] = (),
    ) -> wire_scheduled.Scheduled:
        """Schedule a message to a chat, for a moment or for what a clock will show. Raises Refusal."""
        asked = wire_scheduled.Schedule(body=body, key=key or new_key(), at=at, reply_to=reply_to, files=list(files))
        path = _path("conversations", conversation_id, "scheduled")
        return self.ask("POST", path, asked, wire_scheduled.Scheduled)

    def schedule_to_person(
        self,
        person_id: str,
        body: str,
        at: datetime | wire_scheduled.LocalTime,
        *,
        key: str | None = None,
        course_id: str | None = None,
        files: Sequence[str] = (),
    ) -> wire_scheduled.Scheduled:
        """Schedule a message to a person, with or without an existing chat. Raises Refusal."""
        asked = wire_scheduled.Schedule(body=body, key=key or new_key(), at=at, course_id=course_id, files=list(files))
        return self.ask("POST", _path("people", person_id, "scheduled"), asked, wire_scheduled.Scheduled)

    def scheduled(self, conversation_id: str | None = None) -> list[wire_scheduled.Scheduled]:
        """Return what I scheduled, in all chats or in one: what waits, and what was refused at its time."""
        query: Query = {"conversation_id": conversation_id}
        return self.ask("GET", "/scheduled", None, wire_scheduled.ScheduledMessages, query=query).scheduled

    def change_scheduled(
        self,
        seen: wire_scheduled.Scheduled,
        *,
        body: str | None = None,
        at: datetime | wire_scheduled.LocalTime | None = None,
    ) -> wire_scheduled.Scheduled:
        """Give a scheduled message, as it was seen, another text, another time, or both. Raises Refusal when it was changed meanwhile."""
        asked = wire_scheduled.ChangeScheduled(revision=seen.revision, body=body, at=at)
        return self.ask("PATCH", _path("scheduled", seen.id), asked, wire_scheduled.Scheduled)

    def cancel_scheduled(self, scheduled_id: str) -> None:
        """Cancel a scheduled message. Raises Refusal when it is not there any more."""
        self.ask("DELETE", _path("scheduled", scheduled_id))

    def send_scheduled(self, scheduled_id: str) -> wire_messages.Message:
        """Send a scheduled message now, whether it waits or was refused at its time. Raises Refusal."""
        return self.ask("POST", _path("scheduled", scheduled_id, "send"), None, wire_messages.Sent).message

    def history(self, conversation_id: str, *, before: int | None = None, limit: int = 50) -> wire_messages.History:
        """Return a page of messages below the seq `before`, oldest first."""
        path = _path("conversations", conversation_id, "messages")
        return self.ask("GET", path, None, wire_messages.History, query={"before": before, "limit": limit})

    def changes(self, conversation_id: str, *, rev: int, own_rev: int) -> wire_conversations.Changes:
        """Return what happened since these revisions of the chat."""
        query: Query = {"rev": rev, "own_rev": own_rev}
        return self.ask(
            "GET", _path("conversations", conversation_id, "changes"), None, wire_conversations.Changes, query=query
        )

    def message(self, conversation_id: str, seq: int) -> wire_messages.Message:
        """Return a message that I see."""
        return self.ask("GET", _path("conversations", conversation_id, "messages", seq), None, wire_messages.Message)

    def edit(self, conversation_id: str, seq: int, body: str) -> wire_messages.Message:
        """Edit my message, for as long as I may delete it for everyone."""
        path = _path("conversations", conversation_id, "messages", seq)
        return self.ask("PATCH", path, wire_messages.Edit(body), wire_messages.Message)

    def versions(self, conversation_id: str, seq: int) -> wire_messages.Versions:
        """Return what a message said before it was edited."""
        path = _path("conversations", conversation_id, "messages", seq, "versions")
        return self.ask("GET", path, None, wire_messages.Versions)

    def react(self, conversation_id: str, seq: int, emoji: str) -> wire_messages.Message:
        """React to a message; with an emoji that I have given already, nothing happens."""
        return self._react(conversation_id, seq, wire_messages.React(emoji))

    def unreact(self, conversation_id: str, seq: int, emoji: str) -> wire_messages.Message:
        """Take my reaction back."""
        return self._react(conversation_id, seq, wire_messages.React(emoji, on=False))

    def _react(self, conversation_id: str, seq: int, given: wire_messages.React) -> wire_messages.Message:
        path = _path("conversations", conversation_id, "messages", seq, "reactions")
        return self.ask("PUT", path, given, wire_messages.Message)

    def remove_preview(self, conversation_id: str, seq: int) -> wire_messages.Message:
        """Take the card of a link away from my message."""
        path = _path("conversations", conversation_id, "messages", seq, "preview")
        return self.ask("DELETE", path, None, wire_messages.Message)

    def star(self, conversation_id: str, seq: int) -> None:
        """Star a message for me alone. Raises Refusal."""
        self.ask("PUT", _path("conversations", conversation_id, "messages", seq, "star"))

    def unstar(self, conversation_id: str, seq: int) -> None:
        """Take my star back. Raises Refusal."""
        self.ask("DELETE", _path("conversations", conversation_id, "messages", seq, "star"))

    def starred(
        self, *, conversation_id: str | None = None, cursor: str | None = None, limit: int = 20
    ) -> wire_stars.StarredMessages:
        """Return a page of the messages that I starred, the newest star first, of one chat or of all."""
        query: Query = {"conversation_id": conversation_id, "cursor": cursor, "limit": limit}
        return self.ask("GET", "/stars", None, wire_stars.StarredMessages, query=query)

    def delete_message(self, conversation_id: str, seq: int) -> None:
        """Delete my own copy of a message."""
        self.ask("DELETE", _path("conversations", conversation_id, "messages", seq))

    def restore_message(self, conversation_id: str, seq: int) -> None:
        """Take that back."""
        self.ask("POST", _path("conversations", conversation_id, "messages", seq, "restore"))

    def delete_for_everyone(self, conversation_id: str, seq: int) -> wire_messages.Message:
        """Delete my message on both sides, for as long as the account allows."""
        path = _path("conversations", conversation_id, "messages", seq, "delete-for-everyone")
        return self.ask("POST", path, None, wire_messages.Message)

    def delete_chat(self, conversation_id: str) -> None:
        """Delete my side of a chat; the others keep theirs."""
        self.ask("DELETE", _path("conversations", conversation_id))

    def courses(self) -> wire_courses.Courses:
        """Return the courses in which I am enrolled or of which I am an expert."""
        return self.ask("GET", "/courses", None, wire_courses.Courses)

    def course(self, course_id: str) -> wire_courses.CoursePage:
        """Return the course page with its experts."""
        return self.ask("GET", _path("courses", course_id), None, wire_courses.CoursePage)

    def connect(self, *, timeout: float = 30) -> WebSocketClient:
        """Open a live connection as the same person. Raises SocketClosed when not signed in."""
        sent = self._http.build_request("GET", f"{API}/socket").headers
        headers = {name: sent[name] for name in ("Authorization", "Cookie") if name in sent}
        return WebSocketClient(f"ws{self._address.removeprefix('http')}{SOCKET}", headers=headers, timeout=timeout)


def _path(*parts: str | int) -> str:
    return "".join("/" + quote(str(part), safe="") for part in parts)


def _problem(response: httpx.Response) -> wire_problems.ProblemDocument:
    """Return the problem document; something else, from a proxy perhaps, in the same form."""
    if response.headers.get("content-type", "").partition(";")[0] == "application/problem+json":
        with suppress(Unreadable):
            return decode(response.content, wire_problems.ProblemDocument)
    words = response.reason_phrase
    return wire_problems.ProblemDocument(
        type="about:blank", title=words, status=response.status_code, code="not_hallway", detail=words, request_id="-"
    )
