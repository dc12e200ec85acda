"""Compose the mail that is returned to somebody whose answer could not be sent as it was."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from hallway.integrations.mail.addresses import Addresses, in_ascii
from hallway.locales import locale_of
from hallway.usecases.notifications.mail_replies import Incoming, Returned


def compose_return(
    returned: Returned, mail: Incoming, addresses: Addresses, academy: str, link: str, now: datetime
) -> bytes:
    """Compose the mail in the person's language, with what they wrote, so that nothing is lost; `link` opens the chat."""
    say = locale_of(returned.user.locale)
    values = dict(returned.values)
    if denial := values.get("denial"):
        values["because"] = say(f"denial-{denial}", **values)
    answer = EmailMessage()
    subject = "returned-files-subject" if returned.text == "returned-files" else "returned-subject"
    answer["Subject"] = say(subject)
    answer["From"] = Address(academy, addr_spec=addresses.sender_address)
    answer["To"] = Address(returned.user.name, addr_spec=in_ascii(returned.user.email))
    answer["Date"] = format_datetime(now)
    answer["Message-ID"] = make_msgid(domain=addresses.domain)
    if mail.message_id:
        answer["In-Reply-To"] = answer["References"] = mail.message_id
    answer["Auto-Submitted"] = "auto-replied"
    answer["X-Auto-Response-Suppress"] = "All"
    lines: list[str] = [say("returned-greeting", name=returned.user.name), "", say(returned.text, **values), ""]
    lines += [f"{say('open-chat')}: {link}", ""]
    if mail.text and returned.text != "returned-files":
        lines += [say("returned-text"), "", mail.text, ""]
    answer.set_content("\n".join(lines))
    return answer.as_bytes(policy=SMTP)
