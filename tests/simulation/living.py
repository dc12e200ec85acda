"""Letting a world live: random steps, a check every few of them, and the diary when something is wrong."""

from collections.abc import Callable
from datetime import timedelta

from tests.simulation import habits, ordering, wording
from tests.simulation.attached import handle_files
from tests.simulation.changes import change_facts
from tests.simulation.checks import check, check_sides
from tests.simulation.later import let_due_go, plan
from tests.simulation.prying import pry
from tests.simulation.sends import send_some
from tests.simulation.talks import Talk
from tests.simulation.world import World

HABITS: tuple[Callable[[World, Talk], None], ...] = (
    *(habits.read, habits.read, habits.hide, habits.hide, habits.restore, habits.restore),
    *(habits.mark_unread, habits.mark_unread, ordering.pin, ordering.archive, ordering.archive, ordering.mute),
    *(wording.edit, wording.edit, wording.edit, wording.react, wording.react, wording.react),
    *(habits.delete_for_everyone, habits.delete_for_everyone, habits.delete_chat, pry),
)
"""Each as often as it stands here."""


def live(world: World, steps: int, *, check_every: int) -> None:
    """So many steps, and as many of a neighbour; after every few all must be right for some people, in the end for everyone.

    Whatever fails carries the diary of the world with it.
    """
    try:
        for number in range(1, steps + 1):
            world.note(f"step {number}")
            for one in world.all:
                _step(one)
                if number % check_every == 0:
                    check(one, one.some(one.cast.people, 5))
        for one in world.all:
            check(one, one.cast.people)
    except BaseException as failure:
        failure.add_note("\n".join(["What happened:", *world.diary]))
        raise


def _step(world: World) -> None:
    """Time goes on, what is due goes mostly, then somebody writes, does something with a file or a chat, or the owner changes facts."""
    world.clock.wait(timedelta(minutes=world.random.randint(1, 240)))
    if world.is_lucky(0.8):
        let_due_go(world)
    talk, chance = world.some_talk(), world.random.random()
    if talk is None or chance < 0.25:
        send_some(world)
    elif chance < 0.35:
        handle_files(world)
    elif chance < 0.45:
        plan(world)
    elif chance < 0.8:
        world.random.choice(HABITS)(world, talk)
        check_sides(world, talk)
    else:
        change_facts(world)
