"""How the terms of an account stand in the index: behind its number, so that no two accounts meet, and people's beside words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from hallway.domain.ids import ConversationId, UserId
from hallway.usecases.messaging.matching import Clause
from hallway.usecases.messaging.search_ports import Document

MOST_MEMBERS = 100
"""Of a conversation, who are found by a term of their own each; one of more is searched by its own term."""
_HEAVY = 3
"""Letters of a beginning that so many words have that the newest messages are better looked at one by one first."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Company:
    """A conversation that is searched: its members find it, or, where it is a group, its own term."""

    conversation_id: ConversationId
    is_group: bool
    members: Collection[UserId]


class Scope:
    """The terms of one account's index."""

    def __init__(self, number: int) -> None:
        """Begin all of them with the number."""
        self._prefix = f"{_in_letters(number)}."

    def terms(self, document: Document) -> list[str]:
        """Return all terms of a message, in an order that is always the same."""
        found = {self._prefix + one for one in document.terms}
        found.update(self._of_conversation(document), self.with_files.terms if document.message.files else ())
        return sorted(found)

    @property
    def with_files(self) -> Clause:
        """What a message with files has."""
        return Clause(frozenset([f"{self._prefix}.f"]))

    def _of_conversation(self, document: Document) -> Iterator[str]:
        if len(document.members) <= MOST_MEMBERS:
            yield from map(self._member, document.members)
        if document.is_group:
            yield self._conversation(document.message.conversation_id)

    def clauses(self, clauses: Iterable[Clause]) -> list[Clause]:
        """Return clauses of words as they ask for this account's terms."""
        return [
            Clause(
                frozenset(self._prefix + term for term in one.terms),
                None if one.beginning is None else self._prefix + one.beginning,
            )
            for one in clauses
        ]

    def around(self, user_id: UserId, companies: Collection[Company] | None) -> list[Clause]:
        """Return what a message must have to be in a person's conversations, or in these among them."""
        mine = self._member(user_id)
        if companies is None:
            return [Clause(frozenset([mine]))]
        groups = [self._conversation(one.conversation_id) for one in companies if one.is_group]
        dialogs = [one.members for one in companies if not one.is_group]
        partners = [self._member(user) for users in dialogs for user in users if user != user_id]
        return [Clause(frozenset([mine, *groups])), Clause(frozenset([*partners, *groups]))]

    def _member(self, user_id: UserId) -> str:
        return f"{self._prefix}.u{user_id.replace('-', '')}"

    def _conversation(self, conversation_id: ConversationId) -> str:
        return f"{self._prefix}.c{conversation_id.replace('-', '')}"

    def is_light(self, clause: Clause) -> bool:
        """Return whether few words begin as the clause asks, or none need to."""
        return clause.beginning is None or len(clause.beginning) - len(self._prefix) > _HEAVY


def as_text(clauses: Sequence[Clause], *, quote: str, either: str, both: str, beginning: str) -> str:
    """Write clauses as a database's full-text search reads them. Terms are letters, digits and signs, with no backslash."""

    def quoted(term: str) -> str:
        return quote + term.replace(quote, quote * 2) + quote

    def written(clause: Clause) -> str:
        terms = [quoted(one) for one in sorted(clause.terms)]
        return either.join([*terms, *([quoted(clause.beginning) + beginning] if clause.beginning else [])])

    return both.join(f"({written(one)})" for one in clauses)


def _in_letters(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        letters = _DIGITS[digit] + letters
    return letters or "0"
