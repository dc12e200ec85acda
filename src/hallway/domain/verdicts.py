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
    EDITS_FULL = "edits_full"
    REACTIONS_FULL = "reactions_full"
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
    FILES_OFF = "files_off"
    FILE_TOO_LARGE = "file_too_large"
    FILE_KIND = "file_kind"
    FILES_FULL = "files_full"
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
    Denial.YOURSELF: Explanation("§3", "You can't write to yourself.", "Choose another person."),
    Denial.YOU_NOT_ACTIVE: Explanation("§3", "Your account isn't active.", "An administrator can activate it."),
    Denial.OTHER_REMOVED: Explanation("§4", "The other person was removed.", "Write to someone else."),
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
        "§3", "You can't start a chat with this person.", "You can reply once they write to you."
    ),
    Denial.NEITHER_MAY_WRITE: Explanation(
        "§4",
        "Neither of you can write to the other right now.",
        "The chat opens again when one of you administers or teaches the other.",
    ),
    Denial.NOT_YOUR_MESSAGE: Explanation(
        "§7", "Only the sender can delete a message for everyone.", "You can delete your own copy."
    ),
    Denial.TOO_LATE: Explanation(
        "§7",
        "It's too late to change this message or to delete it for everyone.",
        "You can still delete your own copy.",
    ),
    Denial.EDITS_FULL: Explanation(
        "§15", "This message was edited too many times.", "Write a new message, or delete this one for everyone."
    ),
    Denial.REACTIONS_FULL: Explanation(
        "§15", "This message has as many different reactions as it can.", "React with one that is already there."
    ),
    Denial.NOT_STAFF: Explanation("§1", "Only administrators can do this.", "Ask an administrator of your account."),
    Denial.OUTSIDE_YOUR_DEPARTMENTS: Explanation(
        "§2", "This is outside the departments you manage.", "Ask an account administrator."
    ),
    Denial.RIGHT_NOT_YOURS: Explanation(
        "§1", "You can't give or take away a right that you don't have.", "Ask someone who has it."
    ),
    Denial.OWNER_PROTECTED: Explanation(
        "§1", "The account owner can't be changed, deactivated or removed here.", "Every account must have an owner."
    ),
    Denial.NOT_YOURSELF: Explanation("§1", "You can't do this to yourself.", "Ask another administrator."),
    Denial.EXPERT_NOT_ACTIVE: Explanation(
        "§1", "Only an active person can be assigned as an expert.", "Activate this person first."
    ),
    Denial.LINK_BY_MAIL: Explanation(
        "§1", "This person has signed in before, so only they can see their link.", "Email the link to them."
    ),
    Denial.LINK_UNCONFIRMED: Explanation(
        "§1",
        "This person has signed in before and can't be reached by email.",
        "Ask a second administrator to confirm that you may see the link.",
    ),
    Denial.LINK_BY_OPERATOR: Explanation(
        "§1",
        "This person has signed in before, can't be reached by email, and nobody can confirm links here.",
        "Set up email, let a second administrator confirm links (in the settings), or ask the operator for a link.",
    ),
    Denial.NO_MAIL_REACHES: Explanation(
        "§1", "This person can't be reached by email.", "Set up email, or correct their address."
    ),
    Denial.NO_SECOND_ADMINISTRATOR: Explanation(
        "§1",
        "No other administrator can confirm it.",
        "Make someone an administrator, set up email, or ask the operator for a link.",
    ),
    Denial.FILES_OFF: Explanation(
        "§14", "Files can't be sent here.", "An administrator can allow them in the settings."
    ),
    Denial.FILE_TOO_LARGE: Explanation(
        "§14", "This file is too large.", "An administrator decides in the settings how large a file may be."
    ),
    Denial.FILE_KIND: Explanation(
        "§14",
        "Files of this kind can't be sent here.",
        "An administrator decides in the settings which kinds may be sent.",
    ),
    Denial.FILES_FULL: Explanation(
        "§14", "There is no more room for files.", "Ask an administrator; the operator can grant more room."
    ),
    Denial.TOKEN_SCOPE: Explanation(
        "§1", "This access token doesn't have the scope for this.", "Use a token with the required scope."
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a rule; true when allowed."""

    denial: Denial | None = None

    def __bool__(self) -> bool:
        """Return whether it is allowed."""
        return self.denial is None


ALLOWED = Verdict()


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule said no; carries its Denial."""

    def __init__(self, denial: Denial) -> None:
        """Keep the code; the words are in EXPLANATIONS."""
        super().__init__(EXPLANATIONS[denial].because)
        self.denial = denial


def require(verdict: Verdict) -> None:
    """Raise Refused unless the verdict is allowed."""
    if verdict.denial is not None:
        raise Refused(verdict.denial)
