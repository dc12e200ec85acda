"""The admin portal's courses: what they hold, who is enrolled, who is an expert."""

from litestar import delete, get, patch, post, put
from litestar.params import JSONBody

from hallway.domain.ids import CourseId, UserId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import ByName, from_cursor
from hallway.transport.http.parameters import stripped
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.serializers import admin as admin_serializers
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.learning import teaching
from hallway.usecases.transaction import Transaction


@get("/admin/courses")
async def courses(actor: CurrentActor, context: InContext) -> wire_admin.AdminCourses:
    """Every course."""
    found = await context.store.read(lambda tx: teaching.courses(tx, actor))
    return wire_admin.AdminCourses([admin_serializers.course_line(one) for one in found])


@get("/admin/courses/{course_id:str}")
async def course(course_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_admin.AdminCourse:
    """Get one course."""
    found = await context.store.read(lambda tx: teaching.course(tx, actor, course_id=CourseId(course_id)))
    return admin_serializers.course(found)


@post("/admin/courses")
async def add(data: JSONBody[wire_admin.NewCourse], actor: CurrentActor, context: InContext) -> wire_admin.AdminCourse:
    """Add a course."""

    def work(tx: Transaction) -> teaching.Taught:
        added = teaching.add_course(
            tx, actor, title=data.title, description=data.description, lessons=data.lessons, ids=context.store.ids
        )
        return teaching.course(tx, actor, course_id=added)

    return admin_serializers.course(await context.store.write(work))


@patch("/admin/courses/{course_id:str}")
async def change(
    course_id: wire_fields.Id, data: JSONBody[wire_admin.CourseChange], actor: CurrentActor, context: InContext
) -> wire_admin.AdminCourse:
    """Change a course's title, description or lessons."""
    title, description = stripped(data.title), stripped(data.description)
    changes = teaching.CoursePatch(title=title, description=description, lessons=data.lessons)

    def work(tx: Transaction) -> teaching.Taught:
        teaching.change_course(tx, actor, course_id=CourseId(course_id), changes=changes)
        return teaching.course(tx, actor, course_id=CourseId(course_id))

    return admin_serializers.course(await context.store.write(work))


@delete("/admin/courses/{course_id:str}")
async def remove(course_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Remove a course; the chats about it are kept."""
    await context.store.write(lambda tx: teaching.remove_course(tx, actor, course_id=CourseId(course_id)))


@get("/admin/courses/{course_id:str}/enrolled")
async def enrolled(
    course_id: wire_fields.Id, actor: CurrentActor, context: InContext, cursor: Cursor = None, limit: Limit = 50
) -> wire_admin.Enrolled:
    """A page of the enrolled learners."""
    after = from_cursor(cursor, ByName)
    chosen = CourseId(course_id)
    found = await context.store.read(
        lambda tx: teaching.enrolled(tx, actor, course_id=chosen, after=after, limit=limit)
    )
    return admin_serializers.enrolled(found)


@put("/admin/courses/{course_id:str}/enrolled/{user_id:str}", status_code=204)
async def enrol(course_id: wire_fields.Id, user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Enrol a learner."""
    course, user = CourseId(course_id), UserId(user_id)
    await context.store.write(lambda tx: teaching.enrol(tx, actor, course_id=course, user_id=user))


@delete("/admin/courses/{course_id:str}/enrolled/{user_id:str}")
async def withdraw(course_id: wire_fields.Id, user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Unenrol a learner."""
    course, user = CourseId(course_id), UserId(user_id)
    await context.store.write(lambda tx: teaching.withdraw(tx, actor, course_id=course, user_id=user))


@put("/admin/courses/{course_id:str}/experts/{user_id:str}", status_code=204)
async def assign(course_id: wire_fields.Id, user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Assign an active person as an expert."""
    course, user = CourseId(course_id), UserId(user_id)
    await context.store.write(
        lambda tx: teaching.assign(tx, actor, course_id=course, user_id=user, clock=context.store.clock)
    )


@delete("/admin/courses/{course_id:str}/experts/{user_id:str}")
async def unassign(course_id: wire_fields.Id, user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Unassign an expert; the chats are kept."""
    course, user = CourseId(course_id), UserId(user_id)
    await context.store.write(lambda tx: teaching.unassign(tx, actor, course_id=course, user_id=user))


handlers = [courses, course, add, change, remove, enrolled, enrol, withdraw, assign, unassign]
