"""Drafts on all devices of their person: saved, discarded and listed; nobody else learns of them (rules §17)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hallway.domain import permissions, text
from hallway.domain.drafts import MOST_DRAFTS, Draft, Writing, revised
from hallway.domain.events import DraftChanged
from hallway.domain.ids import ConversationId, CourseId, UserId, dialog_id
from hallway.domain.messages import MAX_BODY
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem
from hallway.usecases.messaging.participants import facts_about
from hallway.usecases.people.cards import titles
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Drafts:
    """A page of the actor's drafts, with the titles of their courses, and the newest revision; `next` is the conversation to go on
    behind, None at the end.
    """

    drafts: Sequence[Draft]
    titles: Mapping[CourseId, str]
    next: ConversationId | None
    revision: int


@dataclass(frozen=True, slots=True)
class ChatDraft:
    """The draft in a chat, None where there is none, and the newest revision of the actor's drafts."""

    draft: Draft | None
    course_title: str | None
    revision: int


def drafts(tx: Transaction, actor: Actor, *, after: ConversationId | None, limit: int) -> Drafts:
    """Return a page of the actor's drafts."""
    found = tx.drafts.page(actor.account_id, actor.user_id, after=after, limit=limit + 1)
    shown = found[:limit]
    named = titles(tx, actor.account_id, (one.writing.course_id for one in shown))
    behind = shown[-1].conversation_id if len(found) > limit else None
    return Drafts(shown, named, behind, tx.drafts.revision(actor.account_id, actor.user_id))


def draft_in(tx: Transaction, actor: Actor, *, conversation_id: ConversationId) -> ChatDraft:
    """Return the actor's draft in a chat."""
    revision = tx.drafts.revision(actor.account_id, actor.user_id)
    return _shown(tx, tx.drafts.find(actor.account_id, actor.user_id, conversation_id), revision, actor)


def save(
    tx: Transaction, actor: Actor, *, conversation_id: ConversationId, base: int, writing: Writing, clock: Clock
) -> ChatDraft:
    """Save what a device wrote in a chat, knowing the draft as of revision `base` (0 for none).

    Raises NotFound for a chat that is not the actor's, Invalid, and Conflict where they have as many drafts as they may.
    """
    return _Drafting(tx=tx, actor=actor, conversation_id=conversation_id, clock=clock).save(base, writing)


def save_to_person(
    tx: Transaction, actor: Actor, *, person_id: UserId, base: int, writing: Writing, clock: Clock
) -> ChatDraft:
    """Save what a device wrote to a person with whom there may be no message yet. Raises as `save`, and NotFound for a person to
    whom the actor may not write first.
    """
    conversation_id = dialog_id(actor.account_id, actor.user_id, person_id)
    drafting = _Drafting(tx=tx, actor=actor, conversation_id=conversation_id, person_id=person_id, clock=clock)
    return drafting.save(base, writing)


def discard(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, base: int, clock: Clock) -> ChatDraft:
    """Discard the draft that a device knows as of revision `base`; what another device wrote since stays."""
    return _Drafting(tx=tx, actor=actor, conversation_id=conversation_id, clock=clock).save(base, Writing(text=""))


def forget(tx: Transaction, actor: Actor, conversation_id: ConversationId) -> None:
    """Remove the actor's draft with the chat that they delete."""
    revision = tx.drafts.revision(actor.account_id, actor.user_id)
    if tx.drafts.find(actor.account_id, actor.user_id, conversation_id) is not None:
        _remove(tx, actor, conversation_id, revision + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drafting:
    """The actor's draft in a chat, about to be changed."""

    tx: Transaction
    actor: Actor
    conversation_id: ConversationId
    person_id: UserId | None = None
    clock: Clock

    def save(self, base: int, written: Writing) -> ChatDraft:
        _require_storable(written)
        revision = self.tx.drafts.revision(self.actor.account_id, self.actor.user_id)
        kept = self.tx.drafts.find(self.actor.account_id, self.actor.user_id, self.conversation_id)
        before = kept.writing if kept is not None else None
        now = revised(before, written, is_current=kept is not None and kept.revision == base)
        if now == before:
            return _shown(self.tx, kept, revision, self.actor)
        if now is None:
            _remove(self.tx, self.actor, self.conversation_id, revision + 1)
            return ChatDraft(None, None, revision + 1)
        if kept is None:
            self._require_may_begin()
        draft = self._draft(now, kept, revision + 1)
        self.tx.drafts.save(draft)
        _announce(self.tx, self.actor, self.conversation_id, draft.revision)
        return _shown(self.tx, draft, draft.revision, self.actor)

    def _draft(self, now: Writing, kept: Draft | None, revision: int) -> Draft:
        return Draft(
            account_id=self.actor.account_id,
            user_id=self.actor.user_id,
            conversation_id=self.conversation_id,
            person_id=self.person_id or (kept.person_id if kept else None),
            writing=now,
            revision=revision,
            updated_at=self.clock.now(),
        )

    def _require_may_begin(self) -> None:
        """Raise NotFound where the chat is not the actor's and may not become theirs, and Conflict for one draft more than one may have."""
        account_id, me = self.actor.account_id, self.actor.user_id
        if not self.tx.conversations.rows_of(account_id, me, [self.conversation_id]):
            self._require_may_start()
        if self.tx.drafts.count(account_id, me) >= MOST_DRAFTS:
            raise Conflict(
                "too_many_drafts", f"You can have up to {MOST_DRAFTS} drafts. Send or discard another first."
            )

    def _require_may_start(self) -> None:
        if self.person_id is None:
            raise NotFound("conversation")
        facts = facts_about(self.tx, self.actor, [self.person_id])
        if not permissions.start_together(facts.account, facts.people):
            raise NotFound("person")


def _require_storable(written: Writing) -> None:
    for one in (written.text, *written.others):
        if len(one) > MAX_BODY:
            message = f"A message can have at most {MAX_BODY} characters; this one has {len(one)}."
            raise Invalid(Problem("text", "too_long", message))
        if text.has_controls(one):
            raise Invalid(Problem("text", "unprintable", "The message contains characters that can't be displayed."))


def _remove(tx: Transaction, actor: Actor, conversation_id: ConversationId, revision: int) -> None:
    tx.drafts.remove(actor.account_id, actor.user_id, conversation_id, revision=revision)
    _announce(tx, actor, conversation_id, revision)


def _announce(tx: Transaction, actor: Actor, conversation_id: ConversationId, revision: int) -> None:
    tx.announce(
        DraftChanged(
            account_id=actor.account_id, user_id=actor.user_id, conversation_id=conversation_id, revision=revision
        )
    )


def _shown(tx: Transaction, draft: Draft | None, revision: int, actor: Actor) -> ChatDraft:
    course_id = draft.writing.course_id if draft is not None else None
    return ChatDraft(draft, titles(tx, actor.account_id, [course_id]).get(course_id or CourseId("")), revision)
