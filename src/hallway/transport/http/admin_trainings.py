"""The admin portal's trainings."""

from litestar import delete, get, patch, post, put
from litestar.params import JSONBody
from msgspec import UNSET

from hallway.domain.ids import TrainingId, UserId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.http.parameters import stripped
from hallway.transport.serializers import admin as admin_serializers
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.learning import teaching
from hallway.usecases.transaction import Transaction


@get("/admin/trainings")
async def trainings(actor: CurrentActor, context: InContext) -> wire_admin.AdminTrainings:
    """Every training."""
    found = await context.store.read(lambda tx: teaching.trainings(tx, actor))
    return wire_admin.AdminTrainings([admin_serializers.training(one) for one in found])


@post("/admin/trainings")
async def add(
    data: JSONBody[wire_admin.NewTraining], actor: CurrentActor, context: InContext
) -> wire_admin.AdminTraining:
    """Add a training."""

    def work(tx: Transaction) -> teaching.Held:
        organizer = UserId(data.organizer_id)
        added = teaching.add_training(tx, actor, title=data.title, organizer_id=organizer, ids=context.store.ids)
        return teaching.training(tx, actor, training_id=added)

    return admin_serializers.training(await context.store.write(work))


@patch("/admin/trainings/{training_id:str}")
async def change(
    training_id: wire_fields.Id, data: JSONBody[wire_admin.TrainingChange], actor: CurrentActor, context: InContext
) -> wire_admin.AdminTraining:
    """Change a training's title or organizer."""
    chosen = TrainingId(training_id)
    organizer_id = UNSET if data.organizer_id is UNSET else UserId(data.organizer_id)
    changes = teaching.TrainingPatch(title=stripped(data.title), organizer_id=organizer_id)

    def work(tx: Transaction) -> teaching.Held:
        teaching.change_training(tx, actor, training_id=chosen, changes=changes)
        return teaching.training(tx, actor, training_id=chosen)

    return admin_serializers.training(await context.store.write(work))


@delete("/admin/trainings/{training_id:str}")
async def remove(training_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Remove a training."""
    await context.store.write(lambda tx: teaching.remove_training(tx, actor, training_id=TrainingId(training_id)))


@put("/admin/trainings/{training_id:str}/attendees/{user_id:str}", status_code=204)
async def attend(training_id: wire_fields.Id, user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Add a person to a training."""
    chosen, user = TrainingId(training_id), UserId(user_id)
    await context.store.write(lambda tx: teaching.attend(tx, actor, training_id=chosen, user_id=user))


@delete("/admin/trainings/{training_id:str}/attendees/{user_id:str}")
async def leave(training_id: wire_fields.Id, user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Remove a person from a training."""
    chosen, user = TrainingId(training_id), UserId(user_id)
    await context.store.write(lambda tx: teaching.leave(tx, actor, training_id=chosen, user_id=user))


handlers = [trainings, add, change, remove, attend, leave]
