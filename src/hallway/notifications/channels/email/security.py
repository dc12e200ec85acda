"""A mail about somebody's own account: what was done, when and by whom, and what to do about it."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from hallway.integrations.mail.addresses import Addresses
from hallway.locales import locale_of
from hallway.usecases.access.links import RENEWED
from hallway.usecases.notifications.security_mail_jobs import Prepared
from hallway.usecases.notifications.security_mails import NEW_DEVICE, WITH_LINK


def compose_security(mail: Prepared, addresses: Addresses, site: str, now: datetime) -> bytes:
    """Compose a security mail in the person's language, as plain text. Raises ValueError where the address cannot stand in a mail."""
    say = locale_of(mail.user.locale)
    moment = say.moment(mail.mail.at, mail.user.time_zone)
    by = mail.by or say("access-operator")
    values = {"name": mail.user.name, "academy": mail.account.name, "by": by, "moment": moment, **mail.mail.values}
    message = EmailMessage()
    message["Subject"] = say(f"{mail.mail.text}-subject", **values)
    message["From"] = Address(mail.account.name, addr_spec=addresses.sender_address)
    message["To"] = Address(mail.user.name, addr_spec=mail.to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=addresses.domain)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    lines = [say("returned-greeting", name=mail.user.name), "", say(mail.mail.text, **values), ""]
    if mail.mail.text in WITH_LINK:
        lines += [f"{site}/link/{mail.secret}", "", say(f"{mail.mail.text}-end"), ""]
    elif mail.mail.text == RENEWED:
        lines += [say("access-renewed-not-you"), "", site, ""]
    elif mail.mail.text == NEW_DEVICE:
        lines += [say("access-new-device-not-you"), "", f"{site}/me", ""]
    else:
        lines += [say("access-not-you", **values), "", site, ""]
    message.set_content("\n".join(lines))
    return message.as_bytes(policy=SMTP)
