"""The line that phones and mail programs add below what a person wrote: `Sent from my iPhone`, in their languages.

It is short, and says with nothing else that it was sent, and by which device or program.
"""

import re

from hallway.integrations.mail.headings import shown

_LONGEST = 300
_BRACKETS = str.maketrans(dict.fromkeys("[]()<>", " "))
_ASKED = ("?", "!")
_LINK = re.compile(r"[<(\[]{1,2}\s?https?://\S{1,200}")
_SENT = (
    "sent from|sent via|sent with|sent using|get outlook for|gesendet von|gesendet mit|gesendet aus|gesendet über|holen sie sich outlook|envoyé de|envoyé depuis"
    "|envoyé à partir|envoyé avec|envoyé via|obtenez outlook|télécharger outlook|enviado desde|enviado do|enviado da|enviado de|enviado a partir|enviado pelo"
    "|enviado con|enviado com|enviat des|enviat de|obtener outlook|obter o outlook|obtenha o outlook|inviato da|inviato dal|inviato con|inviato tramite|ottieni outlook|scarica outlook"
    "|verstuurd vanaf|verzonden vanaf|verzonden met|verstuurd met|verstuurd via|verzonden via|download outlook|skickat från|skickades från|skickat med|hämta outlook"
    "|sendt fra|sendt med|hent outlook|få outlook|lähetetty|hanki outlook|wysłane z|wysłano z|pobierz outlook|odesláno z|odoslané z|získat outlook|získajte outlook|отправлено с|отправлено из"
    "|отправлено через|отправлено от|скачать outlook|надіслано з|надіслано із|надіслано через|відправлено з|отримати outlook|изпратено от|poslano s|poslano z"
    "|poslato s|послато са|trimis de pe|trimis din|στάλθηκε από|εστάλη από|küldve|elküldve|أرسلت من|أُرسلت من|مرسل من|مُرسل من|أرسل من|أُرسل من"
    "|تم الإرسال من|الحصول على outlook|ارسال شده از|ارسال از|נשלח מ|קבל את outlook|发自|發自|来自|傳自|寄自|获取outlook|取得outlook|送信元|ส่งจาก|được gửi từ|gửi từ|đã gửi từ"
    "|dikirim dari|dihantar dari|dihantar daripada|saadetud|išsiųsta iš|nosūtīts no"
)
_BETWEEN = (
    "von meinem~gesendet|von meiner~gesendet|diese nachricht wurde von meinem~gesendet|从我的~发送|从~发送|從我的~傳送|從我的~寄出|內~보냄|내~보냄"
    "|나의~보냄|내~보냈습니다|내~에서 전송|~から送信|~から送信されました|~dan gönderildi|~den gönderildi|~tan gönderildi|~ten gönderildi"
    "|मेरे~से भेजा गया|az~küldve"
)
_NAMES = (
    "iphone|ipad|ipod|apple mail|macbook|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|google pixel|nokia|xperia|motorola|blackberry|windows"
    "|outlook|yahoo|gmail mobile|proton|mail.ru|яндекс|yandex|aol|gmx|web.de|t-online|bluemail|spark|thunderbird|fairemail|k-9|airmail|zoho"
    "|tutanota|tuta mail|foxmail|网易|qq邮箱|qq mail|naver|t-mobile|verizon|at&t|vodafone|أندرويد|آيفون|أيفون|آیفون|айфон"
)
_PHONES = (
    "phone|handy|handset|smartphone|mobile|mobil|tablet|gerät|telefon|teléfono|telefone|telefono|móvil|celular|téléphone|mobiel|toestel"
    "|телефон|смартфон|планшет|мобильн|мобільн|هاتف|جوال|موبايل|گوشی|手机|手機|スマートフォン|携帯|휴대폰|핸드폰|puhelimest|matkapuhelim|iphonu"
)
_MOST_WORDS, _MOST_ABOUT_A_PHONE = 8, 4
"""Words behind *sent*: with a name that only devices and programs have, and with a word that people use, too."""


def _phrases(words: str) -> tuple[str, ...]:
    return tuple(shown(one).casefold() for one in words.split("|"))


_BEGINNINGS, _NAMED, _CALLED = (_phrases(one) for one in (_SENT, _NAMES, _PHONES))
_ENDS = tuple((begin, end) for begin, _, end in (one.partition("~") for one in _phrases(_BETWEEN)))


def is_from_a_phone(line: str) -> bool:
    """Return whether a device or a program added a line."""
    if len(line) > _LONGEST:
        return False
    words = " ".join(_LINK.sub(" ", shown(line)).casefold().translate(_BRACKETS).split()).removesuffix(".")
    if words.endswith(_ASKED):
        return False
    begin = max((one for one in _BEGINNINGS if _begins(words, one)), key=len, default="")
    rest = words.removeprefix(begin) if begin else _inside(words)
    is_named = any(one in words for one in _NAMED)
    is_called = any(one in rest for one in _CALLED)
    most = _MOST_WORDS if is_named else _MOST_ABOUT_A_PHONE
    return (is_named or is_called) and 0 < len(rest.split()) <= most


def _begins(words: str, beginning: str) -> bool:
    """Return whether a line begins with these words, whole ones where a script has capitals and blanks."""
    following = words[len(beginning) : len(beginning) + 1]
    return words.startswith(beginning) and (
        not beginning[-1].isalpha() or following == " " or _has_no_blanks(beginning)
    )


def _has_no_blanks(word: str) -> bool:
    """Return whether a script writes words without blanks, as far as capitals tell.

    Chinese, Japanese and Thai have neither; Hebrew and Arabic join little words.
    """
    return word[-1].upper() == word[-1]


def _inside(words: str) -> str:
    """Return what stands between the words for *from* and *sent*, in languages that end with it; empty where these are missing."""
    for begin, end in _ENDS:
        if len(words) > len(begin) + len(end) and words.startswith(begin) and words.endswith(end):
            inside = words[len(begin) : len(words) - len(end)]
            if begin or inside.strip().startswith(_NAMED):
                return inside
    return ""
