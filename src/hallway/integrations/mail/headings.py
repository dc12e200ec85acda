"""The words of the world's mail programs above a quote: names of headers, verbs of writing, and what is said of a forwarded mail.

They are those of Outlook, Gmail, Apple Mail, Thunderbird, Yahoo, Zoho, Samsung, QQ, Naver and the like, in the languages these
programs speak. One word may name a header in one language and another one elsewhere: a block of them decides.
"""

from unicodedata import category, normalize

_LONGEST_NAME = 40
_COLONS = (":", "：")
_NAMES = {
    "from": "from|von|van|de|da|fra|från|od|от|від|ад|absender|afzender|afsender|avsender|avsändare|expéditeur|remitente|remetente"
    "|mittente|lähettäjä|feladó|odesílatel|odosielateľ|nadawca|отправитель|відправник|pošiljatelj|пошиљалац|από|αποστολέας"
    "|kimden|gönderen|من|المرسل|از|فرستنده|מאת|差出人|送信者|from / 差出人|보낸 사람|보낸사람|发件人|發件人|寄件者|寄件人|จาก|từ|người gửi"
    "|dari|daripada|pengirim|expeditor|de la|saatja|no|sūtītājs|nuo|siuntėjas|प्रेषक|frá|nork",
    "date": "sent|date|sent at|date sent|gesendet|gesendet am|datum|отправлено|дата|дата отправки|отправлен|надіслано|дата надсилання"
    "|envoyé|envoyé le|date d'envoi|enviado|enviado el|enviado em|enviada|enviada em|enviat|fecha|data|data de envio|inviato"
    "|data invio|verzonden|verzonden op|skickat|sendt|dato|wysłane|wysłano|data wysłania|odesláno|odoslané|lähetetty|päivämäärä"
    "|elküldve|dátum|küldve|εστάλη|στάλθηκε|ημερομηνία|gönderildi|gönderilme tarihi|gönderme tarihi|tarih|تاريخ الإرسال|تم الإرسال"
    "|أرسلت|أُرسلت|مرسل|التاريخ|تاریخ|ارسال شده|תאריך|נשלח|送信日時|日時|日付|送信|보낸 날짜|보낸 시간|보낸날짜|날짜|发送时间|发送日期"
    "|已发送|日期|时间|寄件日期|傳送日期|發送時間|發送日期|傳送時間|已傳送|時間|วันที่|ส่งเมื่อ|ส่ง|ngày|đã gửi|gửi|vào lúc|dikirim|dihantar|tanggal|tarikh|trimis"
    "|dată|saadetud|kuupäev|nosūtīts|datums|išsiųsta|изпратено|послато|poslano|datum slanja|दिनांक|भेजा गया|sent|dagsetning",
    "to": "to|an|aan|à|a|para|per|till|til|do|komu|кому|до|каму|vastaanottaja|címzett|προς|kime|alıcı|إلى|الى|به|אל|宛先|받는 사람"
    "|받는사람|收件人|收件者|ถึง|đến|tới|người nhận|kepada|untuk|către|saaja|kellele|kam|adresāts|kam|prima|za|за|destinataire"
    "|destinatario|destinatário|empfänger|ontvanger|mottagare|modtager|mottaker|adresat|prejemnik|प्रति|nori|til",
    "subject": "subject|betreff|тема|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|předmět|věc|predmet|aihe|tárgy"
    "|θέμα|konu|الموضوع|موضوع|נושא|件名|제목|主题|主題|主旨|เรื่อง|chủ đề|tiêu đề|subjek|perihal|subyek|subiect|teema|temats|tema"
    "|относно|наслов|zadeva|naslov|assumpte|विषय|efni|gaia",
    "copy": "cc|bcc|kopie|копия|копія|kopia|kopi|kopio|kópia|másolatot kap|másolat|bilgi|نسخة|نسخة إلى|رونوشت|עותק|抄送|副本|참조|สำเนา"
    "|tembusan|copie|cópia|copia|copie à|κοιν|κοινοποίηση|en copia",
}  # fmt: skip
_VERBS = (
    "wrote|writes|schrieb|geschrieben|schreef|geschreven|skrev|escribió|écrit|écrivait|scritto|scrive|escreveu|escrito|escrigué"
    "|napisał|pisze|napsal|napísal|пишет|писал|написал|пише|написав|написала|написа|kirjoitti|yazdı|έγραψε|írta|scris"
    "|napisao|pisao|kirjutas|rakstīja|parašė|đã viết|เขียน|menulis|כתב|نوشت|كتب|كتابة|लिखा|写道|寫道|写到|寫到|작성|썼습니다|のメール|書きました|skrifaði"
)
_FORWARDED = (
    "original message|forwarded message|ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht"
    "|weitergeleiteten e-mail|исходное сообщение|пересылаемое сообщение|переадресованное сообщение|пересланное сообщение"
    "|оригінальне повідомлення|пересилається повідомлення|message d'origine|message original|message réexpédié|message transféré"
    "|mensaje reenviado|mensaje original|mensagem original|mensagem encaminhada|mensagem reencaminhada|messaggio originale"
    "|messaggio inoltrato|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|ursprungligt meddelande"
    "|originalmeddelande|vidarebefordrat meddelande|oprindelig meddelelse|videresendt meddelelse|opprinnelig melding"
    "|videresendt melding|alkuperäinen viesti|välitetty viesti|wiadomość oryginalna|oryginalna wiadomość|przekazana wiadomość"
    "|původní zpráva|přeposlaná zpráva|pôvodná správa|eredeti üzenet|továbbított üzenet|αρχικό μήνυμα|προωθημένο μήνυμα"
    "|özgün ileti|orijinal mesaj|iletilen mesaj|yönlendirilmiş ileti|الرسالة الأصلية|رسالة مُعاد توجيهها|رسالة معاد توجيهها"
    "|پیام اصلی|ההודעה המקורית|הודעה מקורית|הודעה שהועברה|原始邮件|原邮件|转发的邮件|轉寄的郵件|原始郵件|原始信件"
    "|元のメッセージ|オリジナルメッセージ|転送されたメッセージ|원본 메시지|전달된 메시지|원본메시지|mesaj original|mesajul original|thư gốc"
    "|tin nhắn được chuyển tiếp|pesan asli|pesan terusan|ข้อความต้นฉบับ|izvorna poruka|originalna poruka|оригинално съобщение"
)
_BEGUN = (
    "begin forwarded message|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|début du message réexpédié"
    "|début du message transféré|inicio del mensaje reenviado|início da mensagem reencaminhada|início da mensagem encaminhada"
    "|inizio messaggio inoltrato|begin doorgestuurd bericht|vidarebefordrat brev|start på videresendt besked|videresendt melding"
    "|alku välitetty viesti|początek przekazywanej wiadomości|začátek přeposlané zprávy|начало переадресованного сообщения"
    "|начало пересылаемого сообщения|початок пересланого повідомлення|iletilen ileti başlangıcı|بداية الرسالة المُعاد توجيهها"
    "|תחילת ההודעה שהועברה|下面是被转发的邮件|以下是轉寄的郵件|転送されたメッセージ|전달된 메시지"
)


def shown(text: str) -> str:
    """Return a text as it is seen: without signs of direction and of bold print, with single blanks and usual forms of letters."""
    visible = "".join(letter for letter in normalize("NFKC", text) if category(letter) != "Cf")
    return " ".join(visible.replace("*", " ").split())


_KINDS = {shown(name).casefold(): kind for kind, names in _NAMES.items() for name in names.split("|")}
VERBS = tuple(shown(one).casefold() for one in _VERBS.split("|"))
BEGUN = frozenset(_BEGUN.split("|"))
FORWARDED = tuple(shown(one).casefold() for one in _FORWARDED.split("|"))


def heading(line: str) -> str | None:
    """Return the header that a line is: `from`, `date`, `to`, `subject` or `copy`; None for any other line."""
    start = line[: 2 * _LONGEST_NAME].replace(_COLONS[1], _COLONS[0])
    name, colon, _ = start.partition(_COLONS[0])
    return _KINDS.get(shown(name).casefold()) if colon and len(name) <= _LONGEST_NAME else None
