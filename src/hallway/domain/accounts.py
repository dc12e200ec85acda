"""An account: one organisation, and what its administrators decided (rules §1, §3, §5, §7)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from hallway.domain.files import EVERY_KIND, USUAL_LARGEST, FileKind
from hallway.domain.ids import AccountId


class Mode(StrEnum):
    """Which relations let a person start a dialog (rules §3)."""

    STRICT = "strict"
    MANAGERS = "managers"
    LIMITED = "limited"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that the operator grants an account: how many people it has, how many messages each of them sends in a minute,
    and how many bytes its files have together.

    None leaves the number to the installation.
    """

    people: int | None = None
    messages_per_minute: int | None = None
    file_bytes: int | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An organisation with its settings; `delete_for_everyone` is how long that action is offered.

    `links_by_confirmation` is whether staff may see a sign-in link once a second administrator has confirmed it.
    `typing_on` is whether people see that the other one types (rules §13). `largest_file` is in bytes, 0 where nobody may
    send files; `file_kinds` are those that may be sent (rules §14). Of links to `preview_hosts` cards are made (rules §20).

    The operator decides the rest: `addresses` are the URLs at which its people reach it, the one for links first, empty
    where it is reached at the installation's; `mail_sender` is in whose name its mails go out, empty for the
    installation's; a suspended account lets nobody in.
    """

    id: AccountId
    name: str
    messaging_on: bool = True
    mode: Mode = Mode.STRICT
    delete_for_everyone: timedelta = timedelta(hours=24)
    links_by_confirmation: bool = False
    typing_on: bool = False
    largest_file: int = USUAL_LARGEST
    file_kinds: frozenset[FileKind] = EVERY_KIND
    preview_hosts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    mail_sender: str = ""
    limits: Limits = NO_LIMITS
    is_suspended: bool = False

    def url(self, usual: str) -> str:
        """Return the address for links, which is the `usual` one of the installation where it has none of its own."""
        return self.addresses[0] if self.addresses else usual


def has_other_facts(before: Account, after: Account) -> bool:
    """Return whether the rules of §3 and §4 may judge by the two differently who may write to whom."""
    return (before.messaging_on, before.mode) != (after.messaging_on, after.mode)
