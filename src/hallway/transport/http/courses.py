"""My courses, and the course page with its experts."""

from litestar import get

from hallway.domain.ids import CourseId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import courses as wire_courses
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.learning import courses


@get("/courses")
async def mine(actor: CurrentActor, context: InContext) -> wire_courses.Courses:
    """The courses I am enrolled in or an expert of."""
    found = await context.store.read(lambda tx: courses.mine(tx, actor))
    return wire_courses.Courses([serializers.course_summary(one) for one in found])


@get("/courses/{course_id:str}")
async def page(course_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_courses.CoursePage:
    """A course with its experts, and which of them I may write to."""
    found = await context.store.read(lambda tx: courses.page(tx, actor, course_id=CourseId(course_id)))
    return serializers.course_page(found)


handlers = [mine, page]
