"""The admin portal's bulk actions: begin one, watch it, undo it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import JSONBody

from hallway.domain.ids import UserId
from hallway.transport import present, wire, wire_bulk
from hallway.transport.http.doors import Asker, AtDoor, Door
from hallway.transport.http.user_lists import chosen_by
from hallway.transport.jobs import worker_of
from hallway.usecases import bulk_actions
from hallway.usecases.actors import Actor
from hallway.usecases.bulk_ports import BulkAction, BulkPerson, Field, Outcome, Progress
from hallway.usecases.errors import Conflict, Invalid, Problem
from hallway.usecases.naming import Card, cards
from hallway.usecases.ports import Transaction

AnyRequest = Request[Any, Any, State]

SLICE = 500
"""People who are noted in one transaction."""
SHOWN = 200
"""Refused people who are listed."""


@post("/admin/bulk-actions", status_code=202)
async def begin(
    data: JSONBody[wire_bulk.NewBulkAction], actor: Asker, door: AtDoor, request: AnyRequest
) -> wire_bulk.BulkAction:
    """Set one field of many people. The rules are checked for each of them as it is set."""
    desk = door.desk
    people = await _people(data, actor, door)
    work = partial(
        bulk_actions.begin,
        field=Field(data.field),
        value=data.value,
        total=len(people),
        clock=desk.clock,
        ids=desk.ids,
    )
    action = await desk.write(lambda tx: work(tx, actor))
    for start in range(0, len(people), SLICE):
        part = people[start : start + SLICE]
        await desk.write(partial(bulk_actions.keep, action=action, start=start, user_ids=part))
    return await _queue(door, request, action)


async def _people(data: wire_bulk.NewBulkAction, actor: Actor, door: Door) -> Sequence[UserId]:
    """Those to whom it is done, each once. Raises Invalid; Conflict when there are not as many as expected."""
    if (data.user_ids is None) is (data.chosen is None):
        raise Invalid(Problem("user_ids", "which", "Give either people or a filter."))
    if data.chosen is not None:
        chosen = chosen_by(data.chosen, door)
        people = await door.desk.read(lambda tx: bulk_actions.chosen_ids(tx, actor, chosen))
    else:
        people = [UserId(one) for one in dict.fromkeys(data.user_ids or ())]
    if data.expected not in {None, len(people)}:
        raise Conflict("other_people", "The list has changed. Check it and try again.")
    return people


@post("/admin/bulk-actions/{action_id:str}/undo", status_code=202)
async def undo(action_id: wire.Id, actor: Asker, door: AtDoor, request: AnyRequest) -> wire_bulk.BulkAction:
    """Undo a bulk action, except for people changed since."""
    desk = door.desk
    action = await desk.write(lambda tx: bulk_actions.begin_undo(tx, actor, action_id, clock=desk.clock, ids=desk.ids))
    place, kept = 0, 0
    while changed := await desk.read(partial(_changed, of=(action.account_id, action_id), start=place)):
        await desk.write(partial(bulk_actions.keep_undone, action=action, start=kept, changed=changed))
        place, kept = changed[-1].place + 1, kept + len(changed)
    return await _queue(door, request, action)


def _changed(tx: Transaction, *, of: tuple[Any, str], start: int) -> Sequence[BulkPerson]:
    return tx.bulk.people(*of, start=start, limit=SLICE, outcome=Outcome.CHANGED)


async def _queue(door: Door, request: AnyRequest, action: BulkAction) -> wire_bulk.BulkAction:
    queued = await door.desk.write(lambda tx: bulk_actions.queue(tx, action, clock=door.desk.clock))
    worker_of(request.app.state).wake(bulk_actions.JOB)
    return _shown(queued, [])


@get("/admin/bulk-actions/{action_id:str}")
async def show(action_id: wire.Id, actor: Asker, door: AtDoor) -> wire_bulk.BulkAction:
    """The progress of a bulk action, and the people it left out."""

    def work(tx: Transaction) -> wire_bulk.BulkAction:
        action = bulk_actions.mine(tx, actor, action_id)
        refused = bulk_actions.refused(tx, action, SHOWN)
        named = cards(tx, actor.account_id, [user for _, user in refused])
        return _shown(action, [(one, card) for (one, _), card in zip(refused, named, strict=True)])

    return await door.desk.read(work)


def _shown(action: BulkAction, refused: Sequence[tuple[BulkPerson, Card]]) -> wire_bulk.BulkAction:
    return wire_bulk.BulkAction(
        id=action.id,
        field=action.field.value,
        value=action.value,
        state=action.state.value,
        total=action.total,
        done=action.done,
        changed=action.changed,
        refused=action.refused,
        refusals=[wire_bulk.BulkRefusal(present.person(card), one.reason) for one, card in refused],
        is_undo=action.undoes is not None,
        may_undo=action.state is Progress.DONE and action.changed > 0 and action.undoes is None,
    )


handlers = [begin, undo, show]
