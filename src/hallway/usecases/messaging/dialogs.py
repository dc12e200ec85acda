"""A dialog as one of its two people meets it: loaded with the facts that its standing depends on."""

from dataclasses import dataclass

from hallway.domain import permissions
from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation, Member, Standing
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.people import Person
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Pair:
    """The two people of a dialog with the account's settings: all facts that the rules ask for."""

    account: Account
    me: Person
    other: Person

    def standing(self, conversation: Conversation) -> Standing:
        """What I may do in the dialog now; before its first message that is what I may start."""
        if conversation.last_seq == 0:
            return Standing(permissions.start(self.account, self.me, self.other).denial)
        return permissions.standing(self.account, self.me, self.other, conversation.question)


def my_account(tx: Transaction, actor: Actor) -> Account:
    """The actor's account."""
    account = tx.accounts.find(actor.account_id)
    if account is None:
        raise NotFound("account")
    return account


def my_conversation(tx: Transaction, actor: Actor, conversation_id: ConversationId) -> Conversation:
    """A conversation of which the actor is a member. Raises NotFound for every other (rules §10)."""
    conversation = tx.conversations.several(actor.account_id, [conversation_id]).get(conversation_id)
    if conversation is None or not permissions.read(conversation, actor.user_id):
        raise NotFound("conversation")
    return conversation


def my_side(conversation: Conversation, actor: Actor) -> Member:
    """What the actor keeps of it."""
    return conversation.members[actor.user_id]


def pair(tx: Transaction, actor: Actor, other_id: UserId) -> Pair:
    """The facts about the actor and another person. Raises NotFound when there is no such person."""
    facts = tx.people.facts(actor.account_id, [actor.user_id, other_id])
    if other_id not in facts or actor.user_id not in facts:
        raise NotFound("person")
    return Pair(my_account(tx, actor), facts[actor.user_id], facts[other_id])
