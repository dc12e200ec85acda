"""The addresses that Hallway writes from and is answered at, as an operator sets them."""

import re
from dataclasses import dataclass
from email.utils import parseaddr

from hallway.usecases.fields import validated

MARK = re.compile(r"\bhallway:([a-z2-7]{20,60})\b", re.IGNORECASE)
"""How a mail's text says which conversation it is about, for mail systems that know no sub-addresses."""
_IN_ID = re.compile(r"<([a-z2-7]{20,60})(?:\.\d{1,20})?@", re.IGNORECASE)
SUB_ADDRESS = re.compile(r"\+([\w.=-]{1,100})@")
"""What stands behind the plus in addresses, wherever they stand."""


BOUNCE = "b-"
"""How tokens begin behind the plus in addresses that mails come back to."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """`sender` is a whole address with or without a name; `replies` is where answers come in, empty where they do not."""

    sender: str
    replies: str = ""

    @property
    def sender_address(self) -> str:
        """The bare address that mails come from."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """The domain in the ids of our mails."""
        return (self.replies or self.sender_address).rpartition("@")[2] or "localhost"

    def reply(self, token: str) -> str:
        """Return the address at which answers to a conversation come in."""
        local, _, domain = self.replies.rpartition("@")
        return f"{local}+{token}@{domain}"

    def bounce(self, token: str) -> str:
        """Return the address to which undeliverable mail returns; our sender where nothing comes in."""
        local, _, domain = self.replies.rpartition("@")
        return f"{local}+{BOUNCE}{token}@{domain}" if self.replies else self.sender_address

    def message_id(self, token: str, seq: int | None = None) -> str:
        """Return the id of a mail about a conversation; without `seq`, the id of the thread."""
        return f"<{token}@{self.domain}>" if seq is None else f"<{token}.{seq}@{self.domain}>"


def in_ascii(address: str) -> str:
    """Convert an address to ASCII, its domain in IDNA, as every mail server takes it. Raises ValueError for one that cannot get mail."""
    found = validated(address)
    if found is None or found.ascii_email is None:
        message = "This address can't receive email."
        raise ValueError(message)
    return found.ascii_email


def tokens_in_ids(header: str) -> list[str]:
    """Find the tokens in the ids of mails that somebody answers to, the last first."""
    return [one.lower() for one in reversed(_IN_ID.findall(header))]


def sub_address(address: str) -> str:
    """Return the part behind the plus, in lower case; empty where there is none."""
    return address.rpartition("@")[0].partition("+")[2].lower()
