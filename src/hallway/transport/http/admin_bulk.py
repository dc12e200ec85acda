"""The admin portal's bulk actions: begin one, watch it, stop it, undo it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, assert_never

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import JSONBody

from hallway.domain.ids import UserId
from hallway.domain.people import State as PersonState
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.http.user_lists import chosen_by
from hallway.transport.jobs import worker_of
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import bulk_actions as wire_bulk
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, Problem
from hallway.usecases.people import bulk_actions
from hallway.usecases.people.bulk_ports import (
    BulkAction,
    BulkPerson,
    Field,
    InDepartment,
    InRole,
    Invited,
    Progress,
    Value,
)
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.transaction import Transaction

AnyRequest = Request[Any, Any, State]

SHOWN = 200
"""Refused people who are listed."""


@post("/admin/bulk-actions", status_code=202)
async def begin(
    data: JSONBody[wire_bulk.NewBulkAction], actor: CurrentActor, context: InContext, request: AnyRequest
) -> wire_bulk.BulkAction:
    """Do one thing to many people, in the background. The rules are checked for each of them as it is done."""
    store = context.store
    value = bulk_actions.value_of(Field(data.field), data.value)
    people = await _people(data, actor, context)
    work = partial(bulk_actions.begin, actor=actor, value=value, people=people, clock=store.clock, ids=store.ids)
    return _begun(request, await store.write(work))


def _begun(request: AnyRequest, action: BulkAction) -> wire_bulk.BulkAction:
    worker_of(request.app.state).wake(bulk_actions.JOB)
    return _shown(action, [])


async def _people(data: wire_bulk.NewBulkAction, actor: Actor, context: AppContext) -> Sequence[UserId]:
    """Return those to whom it is done, each once. Raises Invalid; Conflict when there are not as many as expected."""
    if (data.user_ids is None) is (data.chosen is None):
        raise Invalid(Problem("user_ids", "which", "Give either people or a filter."))
    if data.chosen is not None:
        chosen = chosen_by(data.chosen, context)
        people = await context.store.read(lambda tx: bulk_actions.chosen_ids(tx, actor, chosen))
    else:
        people = [UserId(one) for one in dict.fromkeys(data.user_ids or ())]
    if data.expected not in {None, len(people)}:
        raise Conflict("other_people", "The list has changed. Check it and try again.")
    return people


@post("/admin/bulk-actions/{action_id:str}/undo", status_code=202)
async def undo(
    action_id: wire_fields.Id, actor: CurrentActor, context: InContext, request: AnyRequest
) -> wire_bulk.BulkAction:
    """Undo a bulk action, except for people changed since."""
    store = context.store
    work = partial(bulk_actions.begin_undo, actor=actor, action_id=action_id, clock=store.clock, ids=store.ids)
    return _begun(request, await store.write(work))


@post("/admin/bulk-actions/{action_id:str}/stop", status_code=200)
async def stop(action_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_bulk.BulkAction:
    """Stop a bulk action. What was done stays done."""
    work = partial(bulk_actions.stop, actor=actor, action_id=action_id, clock=context.store.clock)
    await context.store.write(work)
    return await _look(action_id, actor, context)


@get("/admin/bulk-actions/{action_id:str}")
async def show(action_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_bulk.BulkAction:
    """The progress of a bulk action, and the people it left out."""
    return await _look(action_id, actor, context)


async def _look(action_id: str, actor: Actor, context: AppContext) -> wire_bulk.BulkAction:
    def work(tx: Transaction) -> wire_bulk.BulkAction:
        action = bulk_actions.mine(tx, actor, action_id)
        refused = bulk_actions.refused(tx, action, SHOWN)
        named = cards(tx, actor.account_id, [user for _, user in refused])
        return _shown(action, [(one, card) for (one, _), card in zip(refused, named, strict=True)])

    return await context.store.read(work)


def _shown(action: BulkAction, refused: Sequence[tuple[BulkPerson, Card]]) -> wire_bulk.BulkAction:
    return wire_bulk.BulkAction(
        id=action.id,
        field=action.field.value,
        value=_text(action.value),
        state=action.state.value,
        total=action.total,
        done=0 if action.state is Progress.PREPARING else action.done,
        changed=action.changed,
        refused=action.refused,
        refusals=[
            wire_bulk.BulkRefusal(serializers.person(card), one.reason, bulk_actions.because(one))
            for one, card in refused
        ],
        is_undo=action.undoes is not None,
        may_undo=bulk_actions.may_undo(action),
    )


def _text(value: Value) -> str:
    """A value as it was asked for."""
    match value:
        case PersonState():
            return value.value
        case InRole(role):
            return role.value
        case InDepartment(department_id):
            return department_id or ""
        case Invited():
            return ""
        case _:
            assert_never(value)


handlers = [begin, undo, stop, show]
