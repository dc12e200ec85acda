"""The owner's checklist for a new academy."""

from litestar import get, put
from litestar.params import JSONBody

from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.serializers.core import person
from hallway.transport.wire import first_steps as wire_first_steps
from hallway.usecases.accounts import first_steps
from hallway.usecases.accounts.first_steps import FirstSteps


@get("/admin/first-steps")
async def first(actor: CurrentActor, context: InContext) -> wire_first_steps.FirstSteps:
    """The checklist for a new academy, and its progress."""
    found = await context.store.read(lambda tx: first_steps.first(tx, actor))
    return _presented(found, has_mail=context.has_mail)


@put("/admin/first-steps")
async def dismiss(
    data: JSONBody[wire_first_steps.FirstStepsChange], actor: CurrentActor, context: InContext
) -> wire_first_steps.FirstSteps:
    """Dismiss the checklist, or restore it."""
    await context.store.write(lambda tx: first_steps.dismiss(tx, actor, is_dismissed=data.is_dismissed))
    found = await context.store.read(lambda tx: first_steps.first(tx, actor))
    return _presented(found, has_mail=context.has_mail)


def _presented(found: FirstSteps, *, has_mail: bool) -> wire_first_steps.FirstSteps:
    course = None
    if found.course is not None:
        experts = [person(card) for card in found.course.experts]
        about = found.course.course
        course = wire_first_steps.FirstCourse(about.id, about.title, found.course.learners, experts)
    return wire_first_steps.FirstSteps(
        steps=[wire_first_steps.FirstStep(step.value, is_done) for step, is_done in found.steps.items()],
        is_done=found.is_done,
        is_dismissed=found.is_dismissed,
        people=found.facts.people,
        departments=found.facts.departments,
        course=course,
        waiting=found.waiting,
        has_mail=has_mail,
    )


handlers = [first, dismiss]
