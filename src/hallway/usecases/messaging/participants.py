"""A conversation as one of its participants meets it: loaded with the facts that its standing depends on."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallway.domain import permissions
from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation, Member, Standing
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.people import Participants
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Facts:
    """The account's settings and the participants of a conversation: all that the rules ask for."""

    account: Account
    people: Participants

    def standing(self, conversation: Conversation) -> Standing:
        """Return what I may do in the conversation now; before its first message that is what I may start."""
        return Standing(permissions.write(self.account, self.people, conversation).denial)


def my_account(tx: Transaction, actor: Actor) -> Account:
    """Find the actor's account."""
    account = tx.accounts.find(actor.account_id)
    if account is None:
        raise NotFound("account")
    return account


def my_conversation(tx: Transaction, actor: Actor, conversation_id: ConversationId) -> Conversation:
    """Find a conversation of which the actor is a member. Raises NotFound for every other (rules §10)."""
    conversation = tx.conversations.several(actor.account_id, [conversation_id]).get(conversation_id)
    if conversation is None or not permissions.read(conversation, actor.user_id):
        raise NotFound("conversation")
    return conversation


def my_side(conversation: Conversation, actor: Actor) -> Member:
    """Return the actor's member row."""
    return conversation.members[actor.user_id]


def require_seen(tx: Transaction, conversation: Conversation, user_id: UserId, seq: int) -> None:
    """Raise NotFound for a message that a member does not see: not there, deleted with their chat, or from their copy (rules §10)."""
    may_see = permissions.see(conversation, user_id, seq)
    if not may_see or tx.messages.hidden_among(conversation.account_id, conversation.id, user_id, [seq]):
        raise NotFound("message")


def facts_about(tx: Transaction, actor: Actor, others: Sequence[UserId]) -> Facts:
    """Load the facts about the actor and the others. Raises NotFound when one of them is not there."""
    found = tx.people.facts(actor.account_id, [actor.user_id, *others])
    if len(found) <= len(others):
        raise NotFound("person")
    people = Participants(found[actor.user_id], tuple([found[one] for one in others]))
    return Facts(my_account(tx, actor), people)
