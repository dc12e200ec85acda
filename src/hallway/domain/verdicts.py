"""The answer of a rule: a Verdict that is true when allowed, and otherwise holds the one Denial that explains why."""

from dataclasses import dataclass
from enum import StrEnum


class Denial(StrEnum):
    """Why something is refused: a stable code for machines, with words and a remedy in `EXPLANATIONS`."""

    MESSAGING_OFF = "messaging_off"
    YOURSELF = "yourself"
    YOU_NOT_ACTIVE = "you_not_active"
    OTHER_REMOVED = "other_removed"
    OTHER_DEACTIVATED = "other_deactivated"
    OTHER_NOT_EXPERT = "other_not_expert"
    YOU_NOT_EXPERT = "you_not_expert"
    NO_RELATION = "no_relation"
    NEITHER_MAY_WRITE = "neither_may_write"
    NOT_YOUR_MESSAGE = "not_your_message"
    TOO_LATE = "too_late"
    NOT_STAFF = "not_staff"
    OUTSIDE_YOUR_DEPARTMENTS = "outside_your_departments"
    RIGHT_NOT_YOURS = "right_not_yours"
    OWNER_PROTECTED = "owner_protected"
    NOT_YOURSELF = "not_yourself"
    EXPERT_NOT_ACTIVE = "expert_not_active"
    LINK_BY_MAIL = "link_by_mail"
    LINK_UNCONFIRMED = "link_unconfirmed"
    LINK_BY_OPERATOR = "link_by_operator"
    NO_MAIL_REACHES = "no_mail_reaches"
    NO_SECOND_ADMINISTRATOR = "no_second_administrator"
    TOKEN_SCOPE = "token_scope"  # noqa: S105 - a code


@dataclass(frozen=True, slots=True)
class Explanation:
    """The rule behind a denial, what it says to a person, and what would change it."""

    rule: str
    because: str
    remedy: str


EXPLANATIONS: dict[Denial, Explanation] = {
    Denial.MESSAGING_OFF: Explanation(
        "§5", "Private messaging is switched off.", "An administrator can switch it on in the settings."
    ),
    Denial.YOURSELF: Explanation("§3", "You cannot write to yourself.", "Choose another person."),
    Denial.YOU_NOT_ACTIVE: Explanation("§3", "Your account is not active.", "An administrator can activate it."),
    Denial.OTHER_REMOVED: Explanation(
        "§4", "The other person was removed from the account.", "Write to somebody else."
    ),
    Denial.OTHER_DEACTIVATED: Explanation(
        "§4", "The other person was deactivated.", "The chat opens again when an administrator activates them."
    ),
    Denial.OTHER_NOT_EXPERT: Explanation(
        "§4",
        "The other person is no longer an expert of the course.",
        "The chat opens again when they are assigned again.",
    ),
    Denial.YOU_NOT_EXPERT: Explanation(
        "§4", "You are no longer an expert of the course.", "The chat opens again when you are assigned again."
    ),
    Denial.NO_RELATION: Explanation(
        "§3", "You may not write to this person first.", "You can answer once they have written to you."
    ),
    Denial.NEITHER_MAY_WRITE: Explanation(
        "§4",
        "Neither of you may write to the other.",
        "The chat opens again when one of you administers or teaches the other.",
    ),
    Denial.NOT_YOUR_MESSAGE: Explanation(
        "§7", "Only the sender can delete a message for everyone.", "You can delete your own copy."
    ),
    Denial.TOO_LATE: Explanation(
        "§7", "The time for deleting this message for everyone is over.", "You can still delete your own copy."
    ),
    Denial.NOT_STAFF: Explanation("§1", "This is for administrators.", "Ask an administrator of your account."),
    Denial.OUTSIDE_YOUR_DEPARTMENTS: Explanation(
        "§2", "This is outside the departments you manage.", "Ask an account administrator."
    ),
    Denial.RIGHT_NOT_YOURS: Explanation(
        "§1", "You cannot give or take a right that you do not have.", "Ask somebody who has it."
    ),
    Denial.OWNER_PROTECTED: Explanation(
        "§1", "The account's owner cannot be changed, deactivated or removed here.", "Every account keeps its owner."
    ),
    Denial.NOT_YOURSELF: Explanation("§1", "You cannot do this to yourself.", "Ask another administrator."),
    Denial.EXPERT_NOT_ACTIVE: Explanation(
        "§1", "Only an active person can be assigned as an expert.", "Activate the person first."
    ),
    Denial.LINK_BY_MAIL: Explanation(
        "§1", "This person has signed in before, so nobody else may see their link.", "Mail the link to them."
    ),
    Denial.LINK_UNCONFIRMED: Explanation(
        "§1",
        "This person has signed in before, and no mail reaches them.",
        "Ask a second administrator to confirm that you see the link.",
    ),
    Denial.LINK_BY_OPERATOR: Explanation(
        "§1",
        "This person has signed in before, no mail reaches them, and nobody may confirm links here.",
        "Set up mail, let a second administrator confirm links (in the settings), or ask the operator for a link.",
    ),
    Denial.NO_MAIL_REACHES: Explanation(
        "§1", "No mail reaches this person from here.", "Set up mail, or correct their address."
    ),
    Denial.NO_SECOND_ADMINISTRATOR: Explanation(
        "§1",
        "Nobody else administers this account who could confirm it.",
        "Make somebody an administrator, set up mail, or ask the operator for a link.",
    ),
    Denial.TOKEN_SCOPE: Explanation(
        "§1", "The scopes of this access token do not include this.", "Use a token with the scope that it needs."
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule answers; true when allowed."""

    denial: Denial | None = None

    def __bool__(self) -> bool:
        """Allowed or not."""
        return self.denial is None


ALLOWED = Verdict()


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule said no; carries its Denial."""

    def __init__(self, denial: Denial) -> None:
        """Keep the code; the words are in EXPLANATIONS."""
        super().__init__(EXPLANATIONS[denial].because)
        self.denial = denial


def require(verdict: Verdict) -> None:
    """Pass when allowed; raise Refused otherwise."""
    if verdict.denial is not None:
        raise Refused(verdict.denial)
