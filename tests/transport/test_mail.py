"""Mail with the real server: notices out through SMTP, answers in through LMTP, what is told by return, what comes back."""

import re
import smtplib
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from hallway.client import Client, Refusal
from hallway.storage.engines import open_engine
from hallway.storage.schema import job
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import files as wire_files
from hallway.transport.wire import notifications as wire_notifications
from tests.servers.academy import build_academy
from tests.servers.dovecot import Dovecot
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.mail import Relay, text_of
from tests.servers.ports import free_port
from tests.servers.programs import removing

REPLIES = "reply@in.hall.example"


@dataclass(slots=True)
class Post:
    """An academy that sends and takes mail, at once; Priya writes to Maya, who answers from her mail program."""

    academy: Hallway
    relay: Relay
    lmtp: int
    priya: Client
    maya: Client

    @property
    def chat(self) -> str:
        """Their chat."""
        return self.priya.open_with(self.maya.me().person.id).row.conversation_id

    def write(self, text: str) -> EmailMessage:
        """Priya writes to Maya, who gets a mail about it."""
        address = self.maya.me().email
        self.priya.send_to_person(self.maya.me().person.id, text)
        return self.relay.wait_for_text(address, text)

    def bring(self, mail: EmailMessage | bytes, recipient: str, sender: str = "maya@northwind.example") -> None:
        """What Maya's mail program sends, as a mail server brings it. Raises smtplib's errors."""
        content = mail if isinstance(mail, bytes) else mail.as_bytes(policy=policy.SMTP)
        with smtplib.LMTP("127.0.0.1", self.lmtp) as server:
            server.sendmail(sender, [recipient], content)

    def mine(self) -> wire_notifications.Notices:
        """What Maya chose."""
        return self.maya.ask("GET", "/me/notices", None, wire_notifications.Notices)

    def bodies(self) -> list[str]:
        """The chat as Priya sees it, once all mails that came in were worked on."""
        self.wait_until_worked_on()
        return [one.body for one in self.priya.open_chat(self.chat).history.messages]

    def files(self) -> list[wire_files.Attachment]:
        """The files of the newest message, as Priya sees them."""
        return self.priya.open_chat(self.chat).history.messages[-1].files

    def wait_until_worked_on(self) -> None:
        """Mails are accepted first: wait until none of them waits."""
        until = time.monotonic() + 60
        while self.waiting():
            assert time.monotonic() < until
            time.sleep(0.05)

    def waiting(self) -> int:
        """Mails that were accepted, and not worked on yet."""
        engine = open_engine(self.academy.database_url)
        with engine.connect() as connection:
            count = select(func.count()).select_from(job).where(job.c.kind == "inbound_mail", job.c.due_at.is_not(None))
            found = connection.execute(count).scalar_one()
        engine.dispose()
        return found


@pytest.fixture
def post(built_academy: Path, tmp_path: Path) -> Iterator[Post]:
    """Mails are sent when nothing was read at once."""
    relay, port = Relay(), free_port()
    settings = {
        "smtp": relay.address,
        "mail_from": "Northwind <noreply@hall.example>",
        "mail_replies": REPLIES,
        "mail_in": f"lmtp://127.0.0.1:{port}",
        "mail_trusts": "mx.hall.example",
    }
    academy = demo_academy(tmp_path, built=built_academy, **settings)
    with academy.client("samuel") as samuel, academy.client("priya") as priya, academy.client("maya") as maya:
        present = samuel.ask("GET", "/admin/notices", None, wire_notifications.Policy)
        samuel.ask(
            "PUT", "/admin/notices", wire_notifications.SetPolicy(present.choices, False, 0), wire_notifications.Policy
        )
        for row in maya.chats().rows:
            maya.mark_read(row.conversation_id, row.last_seq)
        yield Post(academy, relay, port, priya, maya)
    academy.stop()
    relay.stop()


@pytest.fixture
def exits() -> Iterator[ExitStack]:
    """What is ended with a test, however it ends."""
    with ExitStack() as stack:
        yield stack


def answer_to(mail: EmailMessage, text: str) -> EmailMessage:
    """An answer as a mail program writes it."""
    answer = EmailMessage()
    answer["From"] = "Maya Lindqvist <maya@northwind.example>"
    answer["To"] = str(mail["Reply-To"])
    answer["Subject"] = f"Re: {mail['Subject']}"
    answer["Message-ID"] = "<answer-1@maya.example>"
    answer["In-Reply-To"] = str(mail["Message-ID"])
    answer["References"] = f"{mail['References']} {mail['Message-ID']}"
    quoted = "\n".join(f"> {line}" for line in text_of(mail).splitlines())
    answer.set_content(f"{text}\n\nOn Sat, 28 Nov 2026 at 10:00, Priya Raman <noreply@hall.example> wrote:\n{quoted}\n")
    return answer


def reply_address(mail: EmailMessage) -> str:
    """Where the mail is answered."""
    (found,) = re.findall(r"reply\+[a-z2-7]+@in\.hall\.example", str(mail["Reply-To"]))
    return found


# Out.


@pytest.mark.slow
def test_a_mail_has_the_text_who_wrote_it_and_the_ways_on(post: Post) -> None:
    mail = post.write("Tom & <Jerry>\nёжик 🦔")
    for kind in ("plain", "html"):
        assert f"/messages/{post.chat}" in text_of(mail, kind)
    assert "Tom & <Jerry>\nёжик 🦔" in text_of(mail)
    assert "Tom &amp; &lt;Jerry&gt;\nёжик 🦔" in text_of(mail, "html")
    assert str(mail["Subject"]) == "Message from Priya Raman"
    assert str(mail["From"]) == '"Priya Raman (Northwind Academy)" <noreply@hall.example>'
    assert mail["Auto-Submitted"] == "auto-generated"
    raw = post.relay.taken[-1][0].original_content or b""
    assert re.search(rb"^List-Unsubscribe: <http://[^ >]+/api/v1/stop-mails\?token=[a-z2-7]+>\r$", raw, re.MULTILINE)
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert re.search(rb"^List-Id: .+<messages\..+\.in\.hall\.example>\r$", raw, re.MULTILINE)


@pytest.mark.slow
def test_mails_have_the_colour_of_the_academy(post: Post) -> None:
    with post.academy.client("samuel") as samuel:
        wanted = wire_notifications.SetPolicy([], False, 0, "#ffd400")
        assert samuel.ask("PUT", "/admin/notices", wanted, wire_notifications.Policy).mail_colour == "#ffd400"
        with pytest.raises(Refusal):
            samuel.ask(
                "PUT", "/admin/notices", wire_notifications.SetPolicy([], False, 0, "red;}"), wire_notifications.Policy
            )
    page = text_of(post.write("Hello"), "html")
    assert "background:#ffd400;color:#000000" in page
    assert "red" not in page


@pytest.mark.slow
def test_the_mails_of_a_chat_stand_together(post: Post) -> None:
    first, second = post.write("Apples"), post.write("Pears")
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert "Apples" not in text_of(second)


@pytest.mark.slow
def test_one_click_ends_the_mails(post: Post) -> None:
    mail = post.write("One")
    (link,) = re.findall(r"<(http[^>]+)>", str(mail["List-Unsubscribe"]))
    answered = httpx.post(link, data={"List-Unsubscribe": "One-Click"})
    assert answered.status_code == 204
    assert post.mine().mails_ended
    assert httpx.delete(link).status_code == 204
    assert not post.mine().mails_ended
    post.write("Two")
    guess = link[:-5] + ("a" if link[-5] != "a" else "b") + link[-4:]
    assert httpx.post(guess).status_code == 404


@pytest.mark.slow
def test_who_hides_texts_gets_none(post: Post) -> None:
    mine = wire_notifications.ChooseNotices(choices=[], hides_text=True)
    post.maya.ask("PUT", "/me/notices", mine, wire_notifications.Notices)
    post.priya.send_to_person(post.maya.me().person.id, "A secret")
    mail = post.relay.wait_for_text("maya@northwind.example", "You have a new message")
    assert "secret" not in mail.as_string()
    assert "Priya" not in str(mail["Subject"]) + str(mail["From"])


@pytest.mark.slow
def test_a_server_that_is_down_gets_it_later(post: Post) -> None:
    post.relay.stop()
    post.priya.send_to_person(post.maya.me().person.id, "Are you there?")
    with post.academy.output.open(encoding="utf-8") as output:
        while "not_delivered" not in output.readline():
            time.sleep(0.01)
    post.relay.start()
    post.relay.wait_for_text("maya@northwind.example", "Are you there?")


@pytest.mark.slow
def test_an_address_that_takes_no_mail_is_marked_and_its_person_told(post: Post) -> None:
    post.relay.refusals["maya@northwind.example"] = "550 5.1.1 No such mailbox"
    post.priya.send_to_person(post.maya.me().person.id, "Are you there?")
    bounce = None
    while bounce is None:
        bounce = post.maya.ask("GET", "/me/notices", None, wire_notifications.Notices).bounce
    assert (bounce.email, bounce.reason) == ("maya@northwind.example", "550 5.1.1 No such mailbox")
    assert post.maya.me().mail_bounced
    with post.academy.client("samuel") as samuel:
        users = samuel.ask("GET", "/admin/users?q=maya", None, wire_admin.AdminUsers).users
    assert [one.mail_bounced for one in users if one.email == bounce.email] == [bounce.reason]
    post.relay.refusals.clear()
    post.maya.ask("DELETE", "/me/bounce")
    assert not post.maya.me().mail_bounced
    assert "Again" in text_of(post.write("Again"))


# In.


def test_an_answer_is_a_message_and_reads_what_it_answers(post: Post) -> None:
    mail = post.write("When do you come?")
    post.bring(answer_to(mail, "At nine.\n\nMaya"), reply_address(mail))
    assert post.bodies()[-1] == "At nine.\n\nMaya"
    opened = post.maya.open_chat(post.chat)
    assert opened.row.unread == 0
    last = opened.history.messages[-1]
    assert last.key.startswith("mail:")
    path = f"/conversations/{post.chat}/messages/{last.seq}/original"
    assert "> When do you come?" in post.priya.ask("GET", path, None, wire_notifications.Original).text
    with post.academy.client("daniel") as stranger, pytest.raises(Exception, match="conversation doesn't exist"):
        stranger.ask("GET", path, None, wire_notifications.Original)


@pytest.mark.slow
def test_the_same_answer_arriving_twice_is_one_message(post: Post) -> None:
    mail = post.write("When do you come?")
    for _ in range(2):
        post.bring(answer_to(mail, "At nine."), reply_address(mail))
    assert post.bodies()[-2:] == ["When do you come?", "At nine."]


@pytest.mark.slow
@pytest.mark.parametrize("way", ["ids", "text"])
def test_an_answer_finds_its_chat_where_addresses_lost_what_is_behind_the_plus(post: Post, way: str) -> None:
    mail = post.write("When do you come?")
    answer = answer_to(mail, "At nine.")
    answer.replace_header("To", REPLIES)
    if way == "text":
        del answer["In-Reply-To"], answer["References"]
    post.bring(answer, REPLIES)
    assert post.bodies()[-1] == "At nine."


@pytest.mark.slow
def test_who_may_not_write_any_more_is_told_by_return(post: Post) -> None:
    mail = post.write("When do you come?")
    with post.academy.client("samuel") as samuel:
        samuel.ask("PATCH", "/admin/settings", b'{"messaging_on": false}', dict)
    post.bring(answer_to(mail, "At nine."), reply_address(mail))
    returned = post.relay.wait_for_text("maya@northwind.example", "Private messaging")
    assert str(returned["Subject"]) == "Your reply wasn’t sent"
    assert "Private messaging is switched off" in text_of(returned)
    assert "At nine." in text_of(returned)
    assert returned["Auto-Submitted"] == "auto-replied"
    assert post.relay.taken[-1][0].mail_from == "<>"
    with post.academy.client("samuel") as samuel:
        samuel.ask("PATCH", "/admin/settings", b'{"messaging_on": true}', dict)
    assert post.bodies()[-1] == "When do you come?"


@pytest.mark.slow
def test_an_answer_from_another_address_is_not_believed(post: Post) -> None:
    mail = post.write("When do you come?")
    answer = answer_to(mail, "At nine.")
    answer.replace_header("From", "Somebody <somebody@elsewhere.example>")
    post.bring(answer, reply_address(mail))
    post.relay.wait_for_text("maya@northwind.example", "came from an address")
    assert post.relay.mails_to("somebody@elsewhere.example") == []
    assert post.bodies()[-1] == "When do you come?"


@pytest.mark.slow
def test_files_come_with_the_answer_and_the_one_that_cannot_be_sent_is_named(post: Post) -> None:
    mail = post.write("When do you come?")
    answer = answer_to(mail, "See the plan.")
    answer.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Fluchtplan Süd.pdf")
    answer.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="broken.png")
    post.bring(answer, reply_address(mail))
    post.relay.wait_for_text("maya@northwind.example", "Your reply was sent, but not all of its files were: broken.png")
    assert post.bodies()[-1] == "See the plan."
    assert [one.name for one in post.files()] == ["Fluchtplan Süd.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "value"),
    [("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("X-Autoreply", "yes"), ("List-Id", "<a.example>")],
)
def test_what_no_person_wrote_is_ignored(post: Post, header: str, value: str) -> None:
    mail = post.write("When do you come?")
    answer = answer_to(mail, "I am on holiday.")
    answer[header] = value
    before = len(post.relay.taken)
    post.bring(answer, reply_address(mail))
    assert post.bodies()[-1] == "When do you come?"
    assert len(post.relay.taken) == before
    with post.academy.client("samuel") as samuel:
        (kept,) = samuel.ask("GET", "/admin/mails", None, wire_notifications.KeptMails).mails
    assert (kept.reason, kept.sender) == ("automatic", "maya@northwind.example")


@pytest.mark.slow
def test_what_comes_back_marks_the_address(post: Post) -> None:
    post.write("When do you come?")
    back_to = post.relay.taken[-1][0].mail_from or ""
    report = (Path(__file__).parent / "mails" / "bounce.eml").read_bytes().replace(b"\n", b"\r\n")
    post.bring(report.replace(b"BACK@", back_to.encode()), back_to, "")
    bounce = post.maya.ask("GET", "/me/notices", None, wire_notifications.Notices).bounce
    assert bounce is not None
    assert bounce.reason == "550 5.1.1 <maya@northwind.example>: user unknown"


@pytest.mark.slow
def test_what_nothing_can_be_done_with_is_kept_for_the_administrators(post: Post) -> None:
    stray = EmailMessage()
    stray["From"], stray["To"], stray["Subject"] = "x@y.example", REPLIES, "Buy now"
    stray.set_content("Cheap")
    post.bring(stray, REPLIES, "x@y.example")
    post.bring(b"From: \xff\xfe<<>>\r\n\r\n\x00", REPLIES, "x@y.example")
    with post.academy.client("samuel") as samuel:
        kept = samuel.ask("GET", "/admin/mails", None, wire_notifications.KeptMails).mails
        assert [one.reason for one in kept] == ["unreadable", "no_address"]
        assert (kept[1].sender, kept[1].subject) == ("x@y.example", "Buy now")
        samuel.ask("DELETE", f"/admin/mails/{kept[0].id}")
        assert len(samuel.ask("GET", "/admin/mails", None, wire_notifications.KeptMails).mails) == 1
    with pytest.raises(Exception, match="administrators"):
        post.maya.ask("GET", "/admin/mails", None, wire_notifications.KeptMails)


@pytest.mark.slow
def test_an_answer_that_the_mail_server_found_to_be_forged_is_kept_aside(post: Post) -> None:
    mail = post.write("When do you come?")
    answer = answer_to(mail, "Never, and this is not Maya")
    answer["Authentication-Results"] = "mx.hall.example; dmarc=fail header.from=northwind.example"
    post.bring(answer, reply_address(mail))
    assert post.bodies()[-1] == "When do you come?"
    with post.academy.client("samuel") as samuel:
        (kept,) = samuel.ask("GET", "/admin/mails", None, wire_notifications.KeptMails).mails
    assert (kept.reason, kept.sender) == ("forged", "maya@northwind.example")


@pytest.mark.slow
def test_nothing_is_relayed(post: Post) -> None:
    stray = EmailMessage()
    stray["From"] = "x@y.example"
    stray.set_content("Cheap")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        post.bring(stray, "victim@elsewhere.example")


@pytest.mark.slow
def test_a_return_mail_that_the_relay_does_not_take_now_goes_later(post: Post) -> None:
    mail = post.write("When do you come?")
    post.relay.stop()
    answer = answer_to(mail, "At nine.")
    answer.replace_header("From", "somebody@elsewhere.example")
    post.bring(answer, reply_address(mail))
    post.relay.start()
    post.relay.wait_for_text("maya@northwind.example", "came from an address")


# From a mailbox.


@pytest.mark.slow
def test_answers_are_fetched_from_a_mailbox_once(database: str, tmp_path: Path, exits: ExitStack) -> None:
    relay = Relay()
    exits.callback(relay.stop)
    mailbox = exits.enter_context(removing(Dovecot()))
    settings = {"smtp": relay.address, "mail_from": "noreply@hall.example", "mail_replies": REPLIES}
    settings["mail_in"] = mailbox.address
    build_academy(database)
    academy = installation(tmp_path, database=database, **settings)
    exits.callback(academy.stop)
    with academy.client("samuel") as samuel, academy.client("priya") as priya, academy.client("maya") as maya:
        present = samuel.ask("GET", "/admin/notices", None, wire_notifications.Policy)
        samuel.ask(
            "PUT", "/admin/notices", wire_notifications.SetPolicy(present.choices, False, 0), wire_notifications.Policy
        )
        post = Post(academy, relay, 0, priya, maya)
        mail = post.write("When do you come?")
        answer = answer_to(mail, "At nine.").as_bytes(policy=policy.SMTP)
        for _ in range(2):
            mailbox.put(answer)
        mailbox.put(answer.replace(b"At nine.", b"At ten, after all."))
        until = time.monotonic() + 60
        while sum("\\Seen" in one and "\\Answered" in one for one in mailbox.flags()) < 3:
            assert time.monotonic() < until, mailbox.flags()
        assert post.bodies()[-2:] == ["When do you come?", "At nine."]
        assert "At ten, after all." in text_of(relay.wait_for_text("maya@northwind.example", "sent this email twice"))
    assert academy.stop() == 0
