"""No word of an answer is lost, in whatever language and by whatever mail program it was written; what it quotes goes.

A line introduces a quote by evidence: a date, an address, a colon, and a quote below. Each good one stands beside sentences
of people that have some of these.
"""

import textwrap

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hallway.integrations.mail.phones import is_from_a_phone
from hallway.integrations.mail.quotes import answer_in_text

OUR = "##- Write your answer above this line -##\n\nMessage from Daniel\n\nWhere is the plan?"
QUOTED = "\n".join(f"> {line}" for line in OUR.splitlines())
ANSWER = "Thanks, I have it."

INTRODUCTIONS = """\
On Mon, 2 Nov 2026 at 10:00, Daniel <d@example.org> wrote:
On Mon, Nov 2, 2026 at 10:00 AM Daniel Okafor <d@example.org> wrote:
On Monday, November 2nd, 2026 at 10:00 AM, Daniel Okafor <d@example.org> wrote:
On Mon, 2026-11-02 at 10:00 +0100, Daniel Okafor wrote:
On 2 Nov 2026, 10:00 +0100, Daniel <d@example.org>, wrote:
Daniel Okafor <d@example.org> writes:
Daniel Okafor <d@example.org> wrote on 02.11.2026 10:00:00:
Quoting Daniel Okafor <d@example.org>:
Zitat von Daniel Okafor <d@example.org>:
Am 02.11.26 um 10:00 schrieb Daniel Okafor:
Am 2. November 2026 10:00:00 MEZ schrieb Daniel Okafor <d@example.org>:
Am Montag, 2. November 2026 um 10:00:00 MEZ hat Daniel Okafor <d@example.org> Folgendes geschrieben:
Daniel (Northwind Academy) <d@example.org> schrieb am Mo., 2. Nov. 2026, 10:00:
Le lun. 2 nov. 2026 à 10:00, Daniel Okafor <d@example.org> a écrit :
Le 02/11/2026 à 10:00, Daniel Okafor a écrit\u00a0:
El lun, 2 nov 2026 a las 10:00, Daniel Okafor (<d@example.org>) escribió:
El dl., 2 de nov. 2026, 10:00, Daniel <d@example.org> va escriure:
Em seg., 2 de nov. de 2026 às 10:00, Daniel Okafor <d@example.org> escreveu:
Il giorno lun 2 nov 2026 alle ore 10:00 Daniel Okafor <d@example.org> ha scritto:
Op ma 2 nov 2026 om 10:00 schreef Daniel Okafor <d@example.org>:
Op 2 nov. 2026 om 10:00 heeft Daniel Okafor <d@example.org> het volgende geschreven:
Den mån 2 nov. 2026 kl 10:00 skrev Daniel Okafor <d@example.org>:
man. 2. nov. 2026 kl. 10.00 skrev Daniel Okafor <d@example.org>:
ma 2. marrask. 2026 klo 10.00 Daniel Okafor (d@example.org) kirjoitti:
pon., 2 lis 2026 o 10:00 Daniel Okafor <d@example.org> napisał(a):
W dniu 02.11.2026 o 10:00, Daniel Okafor pisze:
Dne 02. 11. 26 v 10:00 Daniel Okafor napsal(a):
po 2. 11. 2026 o 10:00 Daniel Okafor <d@example.org> napísal(a):
Daniel Okafor <d@example.org> ezt írta (időpont: 2026. nov. 2., H, 10:00):
În lun., 2 nov. 2026 la 10:00, Daniel Okafor <d@example.org> a scris:
E, 2. november 2026 kell 10:00 kirjutas kasutaja Daniel (<d@example.org>):
пн, 2 нояб. 2026 г. в 10:00, Daniel Okafor <d@example.org>:
02.11.2026, 10:00, "Daniel Okafor" <d@example.org>:
02.11.2026 10:00, Daniel Okafor пишет:
Понедельник, 2 ноября 2026, 10:00 +03:00 от Daniel Okafor <d@example.org>:
пн, 2 лист. 2026 р. о 10:00 Daniel Okafor <d@example.org> пише:
На пн, 2.11.2026 г. в 10:00 Daniel Okafor <d@example.org> написа:
Στις Δευ 2 Νοε 2026 στις 10:00 π.μ., ο/η Daniel Okafor <d@example.org> έγραψε:
Daniel Okafor <d@example.org>, 2 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:
في الاثنين، ٢ نوفمبر ٢٠٢٦ في ١٠:٠٠ ص تمت كتابة ما يلي بواسطة Daniel Okafor <d@example.org>:\u200f
\u202bفي ٢ نوفمبر ٢٠٢٦، الساعة ١٠:٠٠، كتب/كتبت Daniel Okafor \u200f<d@example.org>:
\u202bבתאריך יום ב׳, 2 בנוב׳ 2026 ב-10:00 מאת \u202aDaniel Okafor\u202c\u200f <\u202ad@example.org\u202c\u200f>:\u202c
در تاریخ دوشنبه ۲ نوامبر ۲۰۲۶،\u200f ۱۰:۰۰ Daniel Okafor <d@example.org> نوشت:\u202c
सोम, 2 नव॰ 2026 को 10:00 am बजे को Daniel Okafor <d@example.org> ने लिखा:
ในวันที่ จ. 2 พ.ย. 2569 เวลา 10:00 Daniel Okafor <d@example.org> เขียนว่า:
Vào Th 2, 2 thg 11, 2026 vào lúc 10:00 Daniel Okafor <d@example.org> đã viết:
Pada tanggal Sen, 2 Nov 2026 pukul 10.00 Daniel Okafor <d@example.org> menulis:
2026年11月2日(月) 10:00 Daniel Okafor <d@example.org>:
2026/11/02 10:00、Daniel Okafor <d@example.org>のメール:
2026년 11월 2일 (월) 오전 10:00, Daniel Okafor <d@example.org>님이 작성:
Daniel Okafor <d@example.org> 于2026年11月2日周一 10:00写道：
在 2026-11-02 10:00:00，"Daniel Okafor" <d@example.org> 写道：
Daniel Okafor <d@example.org> 於 2026年11月2日 週一 上午10:00寫道：
---- On Mon, 02 Nov 2026 10:00:00 +0100 Daniel <d@example.org> wrote ----
2. Nov. 2026, 10:00 von d@example.org:""".splitlines()
HEADERS = {
    "en": ("From", "Sent", "To", "Subject"),
    "en, bold": ("*From", "*Sent", "*To", "*Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "es": ("De", "Enviado el", "Para", "Asunto"),
    "pt": ("De", "Enviado", "Para", "Assunto"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
    "da": ("Fra", "Sendt", "Til", "Emne"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "pl": ("Od", "Wysłane", "Do", "Temat"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "uk": ("Від", "Надіслано", "Кому", "Тема"),
    "el": ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    "tr": ("Kimden", "Gönderildi", "Kime", "Konu"),
    "ar": ("من", "تاريخ الإرسال", "إلى", "الموضوع"),
    "fa": ("از", "ارسال شده", "به", "موضوع"),
    "he": ("מאת", "נשלח", "אל", "נושא"),
    "hi": ("प्रेषक", "दिनांक", "प्रति", "विषय"),
    "th": ("จาก", "ส่ง", "ถึง", "เรื่อง"),
    "vi": ("Từ", "Đã gửi", "Đến", "Chủ đề"),
    "id": ("Dari", "Dikirim", "Kepada", "Subjek"),
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "ko": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    "zh-CN": ("发件人", "发送时间", "收件人", "主题"),
    "zh-TW": ("寄件者", "寄件日期", "收件者", "主旨"),
    "zh-HK": ("發件人", "傳送日期", "收件人", "主題"),
}
PHONES = """\
Sent from my iPhone
Sent from my Samsung Galaxy smartphone.
Sent from my T-Mobile 4G LTE Device
Sent from my mobile phone
Sent from Yahoo Mail on Android
Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows
Get Outlook for Android<https://aka.ms/AAb9ysg>
Get Outlook for iOS (https://aka.ms/o0ukef)
Sent with Proton Mail secure email.
Von meinem iPhone gesendet
Gesendet von Outlook für Android
Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.
Envoyé depuis mon iPhone
Télécharger Outlook pour Android
Enviado desde mi iPhone
Enviado do meu iPhone
Inviato da iPhone
Verstuurd vanaf mijn iPhone
Skickat från min iPhone
Sendt fra min iPhone
Lähetetty iPhonesta
Wysłane z iPhone'a
Odesláno z iPhonu
Отправлено из мобильной Почты Mail.ru
Отправлено с моего Samsung Galaxy
Надіслано з iPhone
Στάλθηκε από το iPhone μου
iPhone'umdan gönderildi
أُرسلت من الـ iPhone
مُرسل من الـ iPhone
נשלח מה-iPhone שלי
मेरे iPhone से भेजा गया
ส่งจาก iPhone ของฉัน
Gửi từ iPhone của tôi
Dikirim dari iPhone saya
发自我的 iPhone
從我的 iPhone 傳送
iPhoneから送信
내 iPhone에서 보냄""".splitlines()
OWN = """\
On slide 4 there are two mistakes:
On slide 4 you wrote:
Am I right in these points:
This is what I wrote in the test:
Anna wrote:
The times are 10:00, 11:00 and 12:00:
Here is what I need for the exam on 2 Nov 2026:
I wrote about this to Anna Berg (anna@example.org):
The contact for 2026 is Anna Berg (anna@example.org)
On 2 Nov 2026 at 10:00 I wrote to Anna Berg <anna@example.org>:
В третьем задании непонятны два места:
Я вчера написал вам такой вопрос:
هذا ما كتبت في الاختبار:
Le document contient deux erreurs\u00a0:
El curso tiene dos fallos:
Am Montag brauche ich zwei Dinge:
课本第三页写道：
我问了安娜 (anna@example.org)：
From: Berlin
To: all of you
Re: your question
See the original message
--- Part 2 ---
> 5 metres
>= 3 people
>:( no
--
—
___
Sent from the office, my phone is off.
Sent from a magnificent torch of pixels
I sent it from my iPhone
Ich habe es vom Handy gesendet
Von meinem Handy aus geht es nicht, aber vom Tablet schon ganz gut
请用手机发送
写真はiPhoneから送信しました
Get Outlook first? No.
   an indented line
A -- B --""".splitlines()


@pytest.mark.parametrize("line", INTRODUCTIONS)
def test_what_introduces_a_quote_goes_with_it(line: str) -> None:
    assert answer_in_text(f"{ANSWER}\n\n{line}\n\n{QUOTED}") == ANSWER
    assert answer_in_text(f"{ANSWER}\n\n{line}\n\n{OUR}") == ANSWER
    assert answer_in_text(f"Hi,\n{line}\n{QUOTED}\n\n{ANSWER}") == f"Hi,\n\n{ANSWER}"


@pytest.mark.parametrize("line", [line for line in INTRODUCTIONS if " " in line])
@pytest.mark.parametrize("width", [64, 72, 78])
def test_an_introduction_that_was_broken_is_one(line: str, width: int) -> None:
    broken = "\n".join(textwrap.wrap(line, width, break_long_words=False))
    assert answer_in_text(f"{ANSWER}\n\n{broken}\n\n{QUOTED}") == ANSWER


@pytest.mark.parametrize("names", HEADERS.values(), ids=HEADERS.keys())
@pytest.mark.parametrize("who", ["Daniel Okafor", "Daniel Okafor <daniel@example.org>"])
@pytest.mark.parametrize("between", ["", "\n"])
def test_a_block_of_headers_goes_with_the_quote(names: tuple[str, ...], who: str, between: str) -> None:
    values = who, "2. 11. 2026 10:00", "Maya", "New message"
    block = "\n".join(f"{name}: {value}{between}" for name, value in zip(names, values, strict=True))
    for divider in ("", f"{'_' * 32}\n", "-----Original Message-----\n", "-------- Unbekannte Worte --------\n"):
        assert answer_in_text(f"{ANSWER}\n\n{divider}{block}\n\n{OUR}") == ANSWER
    assert answer_in_text(f"{ANSWER}\n\n{block}\n\nWhere is the plan?") == ANSWER


def test_the_warning_of_a_mail_server_below_the_headers_goes_with_them() -> None:
    block = "From: Daniel <d@example.org>\nSent: 2 November 2026 10:00\nTo: Maya\nSubject: New message"
    assert (
        answer_in_text(f"{ANSWER}\n\n{block}\n\n[EXTERNAL] This mail comes from outside.\nBeware.\n\n{OUR}") == ANSWER
    )


@pytest.mark.parametrize("line", PHONES)
def test_what_a_phone_adds_goes(line: str) -> None:
    assert answer_in_text(f"{ANSWER}\n\n{line}\n\n{OUR}") == ANSWER
    assert answer_in_text(f"{ANSWER}\n\n{line}\n\n{INTRODUCTIONS[0]}\n{QUOTED}") == ANSWER
    assert answer_in_text(f"{ANSWER}\n{line}\nAnd more.") == f"{ANSWER}\n{line}\nAnd more."


@pytest.mark.parametrize("line", OWN)
def test_what_a_person_writes_stays(line: str) -> None:
    for text in (line, f"Hello.\n{line}", f"Hello.\n{line}\nAnd this.", f"{line}\n1. One\n2. Two"):
        assert answer_in_text(text) == text.strip()
        assert answer_in_text(f"{text}\n\n{INTRODUCTIONS[0]}\n{QUOTED}") == text.strip()
        assert answer_in_text(f"{text}\n\n{OUR}") == text.strip()


SEND = "Please send it by 2.11.2026 10:00 to Anna <anna@example.org>:"
TRAVEL = "From: Berlin\nTo: Munich\nDate: Monday"
STRANGE = "The strange mail said:\nFrom: bank@example.org\nTo: me\nSubject: urgent\n\nShould I have opened it?"
HEADED = "From: Daniel <d@example.org>\nSent: 2 November 2026 10:00\nTo: Maya\nSubject: New message"


@pytest.mark.parametrize("text", [TRAVEL, STRANGE])
@pytest.mark.parametrize("end", ["", f"\n\n{INTRODUCTIONS[0]}\n{QUOTED}", f"\n\n{HEADED}\n\n{OUR}"])
def test_headers_that_a_person_writes_stay(text: str, end: str) -> None:
    assert answer_in_text(text + end) == text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Hi.\n\n> Do you have the plan?\n\nYes.\n\n> And the list?\n\nNot yet.", "Hi.\n\nYes.\n\nNot yet."),
        ("> 1. Do you have the plan?\n\nYes.\n\n> 2. And the list?\n\nNot yet.", "Yes.\n\nNot yet."),
        (f"Hi,\n\n{INTRODUCTIONS[0]}\n\n> The plan?\n\nYes.\n\n> The list?\n\nNo.", "Hi,\n\nYes.\n\nNo."),
        (f"{INTRODUCTIONS[0]}\n> 5 metres\n\nNo, 6.", "No, 6."),
        (f"Hi,\n\n{OUR}\n\n-- \nYou get this because…\nhallway:{'a' * 26}\n\nMy answer.", "Hi,\n\nMy answer."),
        (f"{ANSWER} {OUR}", ANSWER),
        (f"{ANSWER}\n\n-- \nMaya\nNorthwind\n\n{INTRODUCTIONS[0]}\n{QUOTED}", ANSWER),
        (f"{ANSWER}\n-- \n" + "Much more.\n" * 30, f"{ANSWER}\n-- \n" + "\n".join(["Much more."] * 30)),
        (f"{ANSWER}\n\n{INTRODUCTIONS[0]}\n\nWhere is the plan?", ANSWER),
        (f"{ANSWER}\n\n{INTRODUCTIONS[0]}", ANSWER),
        (f"{ANSWER}\n\n----- Original Message -----\n\nWhere is the plan?", ANSWER),
        (f"{ANSWER}\n\n- Original message: where is the plan?", f"{ANSWER}\n\n- Original message: where is the plan?"),
        (f"{ANSWER}\n\nEm 2 de novembro de 2026 às 16:32:35, Daniel (\nd@example.org) escreveu:\n\nOi!", ANSWER),
        (f"{SEND}\nThe plan.", f"{SEND}\nThe plan."),
        (f"{SEND}\n\n{INTRODUCTIONS[0]}\n{QUOTED}", SEND),
        (f"Sent from TypeApp<http://www.typeapp.example/r?b=2621>\n{INTRODUCTIONS[0]}\n\nWhere?", "Sent from TypeApp<http://www.typeapp.example/r?b=2621>"),
        (f"{ANSWER}\n\n{INTRODUCTIONS[0]}\n\n\n\n\n{QUOTED}", ANSWER),
        (f'{ANSWER}\n\n02.11.2026, 10:00, "Daniel" <d@example.org>:\n\nWhere is the plan?', ANSWER),
        (f"{ANSWER}\n\nпн, 2 нояб. 2026 г. в 10:00, Daniel <d@example.org>:\n\nГде план?", ANSWER),
        (f"{ANSWER}\n\nIl 2 novembre 2026, Daniel <d@example.org>\nha scritto:\n\n{QUOTED}", ANSWER),
        (f'{ANSWER}\nLe 4 janv. 2026 19:03, "Daniel"\n<d@example.org>\na écrit :\n\n{QUOTED}', ANSWER),
        (f'{ANSWER}\n\nAm 21.04.2026 17:48 schrieb "Daniel" <d@example.org\n>:\n\n{QUOTED}', ANSWER),
        (f"{ANSWER}\n\ndaniel via Northwind <d@example.org> schrieb:\n{QUOTED}", ANSWER),
        (f"{ANSWER}\n\nAt 11/2/2026 10:00 AM, you wrote:\n{QUOTED}", ANSWER),
        (f"{ANSWER}\n\n ------------------------------\n{HEADED}\n\nWhere is the plan?", ANSWER),
        (f"{ANSWER}\n{'_' * 32}\n{HEADED}\n\nWhere is the plan?", ANSWER),
        (f"{ANSWER}\n\n---------- Forwarded message ---------\n{HEADED}\n\nWhere is the plan?", ANSWER),
        (f"{ANSWER}\n\nBegin forwarded message:\n\n{HEADED}\n\nWhere is the plan?", ANSWER),
        (f"Sent from my iPhone\n\n{INTRODUCTIONS[0]}\n{QUOTED}", ""),
        (QUOTED, ""),
        ("", ""),
    ],
)  # fmt: skip
def test_answers_stand_above_below_and_between(text: str, answer: str) -> None:
    assert answer_in_text(text) == answer


ENDS = ":：- \u200f\u202c"


def is_unmarked(line: str) -> bool:
    """Whether it does not look quoted."""
    return not line.lstrip().startswith(">")


LETTERS = st.characters(categories=("L", "M", "N", "P", "S", "Zs"), include_characters="\n", exclude_characters="@")
TEXTS = st.text(LETTERS, max_size=300) | st.lists(
    st.sampled_from(
        [*filter(is_unmarked, OWN), *(f"{line.rstrip(ENDS)}." for line in INTRODUCTIONS), "", "Hello,", "Да.", "はい。"]
    ),
    max_size=8,
).map("\n".join)


def is_own(text: str) -> bool:
    """Whether nothing in it is what a program writes."""
    lines = text.split("\n")
    return all(map(is_unmarked, lines)) and "##-" not in text and "-- " not in lines and not is_from_a_phone(lines[-1])


@given(TEXTS)
def test_a_text_without_a_quote_is_the_answer(text: str) -> None:
    text = text.strip()
    assume(is_own(text))
    assert answer_in_text(text) == text


@given(TEXTS, st.sampled_from(INTRODUCTIONS), st.sampled_from([QUOTED, OUR]))
def test_a_text_above_a_quote_is_the_answer(text: str, line: str, quote: str) -> None:
    text = text.strip()
    assume(is_own(text))
    assert answer_in_text(f"{text}\n\n{line}\n\n{quote}") == text
