"""Somebody makes Hallway send mails to a victim, by forged answers and by programs that answer each other."""

from datetime import timedelta

import pytest

from hallway.integrations.mail.automatic import begins_as_programs_do
from hallway.integrations.mail.parsing import UnreadableMail
from hallway.integrations.mail.reading import read
from hallway.usecases.notifications import inbound
from hallway.usecases.transaction import Store
from tests.school import StoppedClock
from tests.security.postbox import postbox, working

FORGED = 150


@pytest.mark.slow
@pytest.mark.anyio
async def test_many_forged_answers_make_few_return_mails(store: Store) -> None:
    clock = StoppedClock()
    box = postbox(store, clock=clock)
    async with working(box):
        for number in range(FORGED // 2):
            await box.bring(number=number, sender=f"somebody{number}@elsewhere.example")
        await box.until_worked_on()
    assert len(box.returned) == inbound.RETURNS
    again = postbox(store, clock=clock)  # as after a restart, or in another process
    async with working(again):
        for number in range(FORGED // 2, FORGED):
            await again.bring(number=number, sender="somebody@elsewhere.example")
        await again.until_worked_on()
        assert again.returned == []
        clock.wait(timedelta(hours=1))
        await again.bring(number=FORGED, sender="somebody@elsewhere.example")
        await again.bring("Yes.", number=FORGED + 1)
        await again.until_worked_on()
    assert [one.text for one in again.returned] == ["returned-not-yours"]
    assert again.bodies()[1:] == ["Yes."]


AUTOMATIC = [
    "Automatic reply: Message from Priya",
    "AUTO: Maya Lindqvist is out of the office (returning 12/03/2026)",
    "Out of Office: Message",
    "Out of Office AutoReply: Message",
    "Automatische Antwort: Nachricht",
    "Abwesenheitsnotiz: Nachricht",
    "Réponse automatique : Message",
    "Réponse automatique\u00a0: Message",
    "Absence du bureau : Message",
    "Respuesta automática: Mensaje",
    "Risposta automatica: Messaggio",
    "Resposta automática: Mensagem",
    "Automatisch antwoord: Bericht",
    "Automatiskt svar: Meddelande",
    "Automatisk svar: Melding",
    "Autosvar: Besked",
    "Automaattinen vastaus: Viesti",
    "Odpowiedź automatyczna: Wiadomość",
    "Automatická odpověď: Zpráva",
    "Автоматический ответ: Сообщение",
    "Автоответ: Сообщение",
    "Автоматична відповідь: Повідомлення",
    "Otomatik yanıt: İleti",
    "رد تلقائي: رسالة",
    "\u200fתשובה אוטומטית: הודעה",
    "自动答复: 消息",
    "自动回复：消息",
    "自動応答: メッセージ",
    "자동 회신: 메시지",
    "Automatic reply",
]
GENUINE = [
    "Re: Message from Priya",
    "Re: Out of office desk",
    "Out of office desk",
    "Re: Automatic reply: Message from Priya",
    "AW: Automatische Antwort im Kurs",
    "Automatische Antwort im Kurs?",
    "Auto: mein Wagen ist kaputt",
    "Automatic doors: which rule?",
    "Ответ: автоответчик",
    "回复：自动回复怎么设置",
    "Vacation plans: July",
    "",
]


@pytest.mark.parametrize("subject", AUTOMATIC)
def test_a_program_that_answers_is_known_by_its_subject(subject: str) -> None:
    assert begins_as_programs_do(subject)


@pytest.mark.parametrize("subject", GENUINE)
def test_a_subject_that_a_person_writes_is_none_of_a_program(subject: str) -> None:
    assert not begins_as_programs_do(subject)


def automatic(head: str, sender: str | None = "maya@x.example", of: str = "Maya <maya@x.example>") -> bool:
    return read(f"From: {of}\nMessage-ID: <1@x.example>\n{head}\n\nI am away.".encode(), sender, []).is_automatic


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: Maya is away",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "List-Id: <a.example>",
        "List-Unsubscribe: <mailto:a@b.example>",
        "Return-Path: <>",
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique_:_Message?=",
        "Subject: =?koi8-r?b?4dfUz8/U18XUOiDzz8/C3cXOycU=?=",
    ],
)
def test_a_program_that_answers_is_known_by_its_headers(head: str) -> None:
    assert automatic(head)


@pytest.mark.parametrize(
    "of",
    ["MAILER-DAEMON@x.example", "Mail System <mailer-daemon@x.example>", "postmaster@x.example", "no-reply@x.example",
     "noreply+1@x.example", "do-not-reply@x.example"],
)  # fmt: skip
def test_what_nobody_reads_answers_to_nobody_wrote(of: str) -> None:
    assert automatic("Subject: Re: Message", of=of)


@pytest.mark.parametrize("sender", ["", "<>"])
def test_who_wants_nothing_back_is_a_program(sender: str) -> None:
    assert automatic("Subject: Re: Message", sender)


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: no",
        "X-Auto-Response-Suppress: DR, RN, NRN",
        "Return-Path: <maya@x.example>",
        "Subject: Re: Out of office desk",
        "Feedback-ID: i00000000:Fastmail",
        "Precedence: first-class",
    ],
)
def test_an_answer_of_a_person_is_one(head: str) -> None:
    assert not automatic(head)
    assert not automatic(head, None)


@pytest.mark.parametrize(
    "of",
    [
        "maya@x.example, evil@y.example",
        "maya@x.example evil@y.example",
        "maya@x.example <evil@y.example>",
        "<maya@x.example> <evil@y.example>",
        "Maya <maya@x.example>, Evil <evil@y.example>",
        "maya@x.example\nFrom: evil@y.example",
        "Team: maya@x.example;",
        "Team: maya@x.example, evil@y.example;",
        "Team:;",
        "maya",
        "",
        '"maya@x.example"',
        "(maya@x.example)",
        "=?utf-8?q?maya=40x.example?=",
        "maya@x.example@y.example",
        '"evil@y.example <maya@x.example>',
        "(evil@y.example <maya@x.example>",
        "evil@y.example, Maya <maya@x.example>",
        "=?utf-8?q?Maya <evil@y.example> ?= <maya@x.example>",
    ],
)
def test_who_is_not_one_sender_is_nobody(of: str) -> None:
    with pytest.raises(UnreadableMail):
        read(f"From: {of}\nMessage-ID: <1@x.example>\n\nYes.".encode(), "maya@x.example", [])


@pytest.mark.parametrize(
    "of",
    [
        "maya@x.example",
        "<maya@x.example>",
        "Maya Lindqvist <maya@x.example>",
        '"Lindqvist, Maya" <maya@x.example>',
        "Lindqvist, Maya <maya@x.example>",
        '"evil@y.example" <maya@x.example>',
        "maya@x.example (Maya)",
        "Maya (the (nested) one, evil@y.example) <maya@x.example>",
        "=?utf-8?q?M=C3=A4ya=2C_evil=40y.example?= <maya@x.example>",
        "J. Doe [x] <maya@x.example>",
        '"a \\" quoted" <maya@x.example>',
        "Мая <maya@x.example>",
        "\tMaya\n <maya@x.example>",
        "maya@x.example <maya@x.example>",
        "Maya @ Northwind <maya@x.example>",
        "@maya <maya@x.example>",
        "Maya (Northwind <maya@x.example>",
        '"Maya <maya@x.example>',
        "Maya <Northwind> <maya@x.example>",
        "Lindqvist, Maya, Dr. [Northwind] <maya@x.example>",
        "Maya: Northwind <maya@x.example>",
        "Maya; Northwind <maya@x.example>",
    ],
)
def test_a_sender_is_found_whatever_stands_around_the_address(of: str) -> None:
    assert (
        read(f"From: {of}\nMessage-ID: <1@x.example>\n\nYes.".encode(), "maya@x.example", []).sender == "maya@x.example"
    )
