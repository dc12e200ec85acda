"""My courses, and the course page with its experts."""

from litestar import get

from hallway.domain.ids import CourseId
from hallway.transport import present, wire, wire_courses
from hallway.transport.http.doors import Asker, AtDoor
from hallway.usecases.learning import courses


@get("/courses")
async def mine(actor: Asker, door: AtDoor) -> wire_courses.Courses:
    """The courses I am enrolled in or an expert of."""
    found = await door.desk.read(lambda tx: courses.mine(tx, actor))
    return wire_courses.Courses([present.course_summary(one) for one in found])


@get("/courses/{course_id:str}")
async def page(course_id: wire.Id, actor: Asker, door: AtDoor) -> wire_courses.CoursePage:
    """A course with its experts, and which of them I may write to."""
    found = await door.desk.read(lambda tx: courses.page(tx, actor, course_id=CourseId(course_id)))
    return present.course_page(found)


handlers = [mine, page]
