"""The admin portal's trainings."""

from litestar import delete, get, patch, post, put
from litestar.params import JSONBody
from msgspec import UNSET

from hallway.domain.ids import TrainingId, UserId
from hallway.transport import present_admin, wire, wire_admin
from hallway.transport.http.doors import Asker, AtDoor
from hallway.transport.http.parameters import stripped
from hallway.usecases.learning import teaching
from hallway.usecases.transaction import Transaction


@get("/admin/trainings")
async def trainings(actor: Asker, door: AtDoor) -> wire_admin.AdminTrainings:
    """Every training."""
    found = await door.desk.read(lambda tx: teaching.trainings(tx, actor))
    return wire_admin.AdminTrainings([present_admin.training(one) for one in found])


@post("/admin/trainings")
async def add(data: JSONBody[wire_admin.NewTraining], actor: Asker, door: AtDoor) -> wire_admin.AdminTraining:
    """Add a training."""

    def work(tx: Transaction) -> teaching.Held:
        organizer = UserId(data.organizer_id)
        added = teaching.add_training(tx, actor, title=data.title, organizer_id=organizer, ids=door.desk.ids)
        return teaching.training(tx, actor, training_id=added)

    return present_admin.training(await door.desk.write(work))


@patch("/admin/trainings/{training_id:str}")
async def change(
    training_id: wire.Id, data: JSONBody[wire_admin.TrainingChange], actor: Asker, door: AtDoor
) -> wire_admin.AdminTraining:
    """Change a training's title or organizer."""
    chosen = TrainingId(training_id)
    organizer_id = UNSET if data.organizer_id is UNSET else UserId(data.organizer_id)
    changes = teaching.TrainingPatch(title=stripped(data.title), organizer_id=organizer_id)

    def work(tx: Transaction) -> teaching.Held:
        teaching.change_training(tx, actor, training_id=chosen, changes=changes)
        return teaching.training(tx, actor, training_id=chosen)

    return present_admin.training(await door.desk.write(work))


@delete("/admin/trainings/{training_id:str}")
async def remove(training_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Remove a training."""
    await door.desk.write(lambda tx: teaching.remove_training(tx, actor, training_id=TrainingId(training_id)))


@put("/admin/trainings/{training_id:str}/attendees/{user_id:str}", status_code=204)
async def attend(training_id: wire.Id, user_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Add a person to a training."""
    chosen, user = TrainingId(training_id), UserId(user_id)
    await door.desk.write(lambda tx: teaching.attend(tx, actor, training_id=chosen, user_id=user))


@delete("/admin/trainings/{training_id:str}/attendees/{user_id:str}")
async def leave(training_id: wire.Id, user_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Remove a person from a training."""
    chosen, user = TrainingId(training_id), UserId(user_id)
    await door.desk.write(lambda tx: teaching.leave(tx, actor, training_id=chosen, user_id=user))


handlers = [trainings, add, change, remove, attend, leave]
