"""The admin portal's department tree."""

from litestar import delete, get, patch, post
from litestar.params import JSONBody

from hallway.domain.ids import DepartmentId, UserId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.http.parameters import stripped, typed
from hallway.transport.serializers import admin as admin_serializers
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.actors import Actor
from hallway.usecases.people import departments
from hallway.usecases.transaction import Transaction


def _tree(tx: Transaction, actor: Actor) -> wire_admin.AdminDepartments:
    nodes = [admin_serializers.department(node) for node in departments.tree(tx, actor)]
    return wire_admin.AdminDepartments(nodes, departments.may_add_top(tx, actor))


@get("/admin/departments")
async def tree(actor: CurrentActor, context: InContext) -> wire_admin.AdminDepartments:
    """The departments I administer, with those above them."""
    return await context.store.read(lambda tx: _tree(tx, actor))


@post("/admin/departments")
async def add(
    data: JSONBody[wire_admin.NewDepartment], actor: CurrentActor, context: InContext
) -> wire_admin.AdminDepartments:
    """Add a department; answers the updated tree."""
    parent = DepartmentId(data.parent_id) if data.parent_id else None
    supervisor = UserId(data.supervisor_id) if data.supervisor_id else None

    def work(tx: Transaction) -> wire_admin.AdminDepartments:
        departments.add(tx, actor, name=data.name, parent_id=parent, supervisor_id=supervisor, ids=context.store.ids)
        return _tree(tx, actor)

    return await context.store.write(work)


@patch("/admin/departments/{department_id:str}")
async def change(
    department_id: wire_fields.Id, data: JSONBody[wire_admin.DepartmentChange], actor: CurrentActor, context: InContext
) -> wire_admin.AdminDepartments:
    """Rename or move a department, or change its supervisor."""
    changes = departments.DepartmentPatch(
        name=stripped(data.name),
        parent_id=typed(DepartmentId, data.parent_id),
        supervisor_id=typed(UserId, data.supervisor_id),
    )

    def work(tx: Transaction) -> wire_admin.AdminDepartments:
        departments.change(tx, actor, department_id=DepartmentId(department_id), changes=changes)
        return _tree(tx, actor)

    return await context.store.write(work)


@delete("/admin/departments/{department_id:str}")
async def remove(department_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Remove an empty department."""
    chosen = DepartmentId(department_id)
    await context.store.write(lambda tx: departments.remove(tx, actor, department_id=chosen))


handlers = [tree, add, change, remove]
