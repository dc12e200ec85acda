"""The work in the background, put together: upkeep, imports, bulk actions, and jobs of one function each."""

from functools import partial

from hallway.transport import metrics, search_keys
from hallway.transport.app_context import AppContext
from hallway.transport.async_store import AsyncStore
from hallway.transport.bulk import BulkWorker
from hallway.transport.importer import Importer
from hallway.transport.jobs import Handler, Wake
from hallway.transport.pictures import Pictures
from hallway.transport.process import Component
from hallway.transport.slices import Slices
from hallway.transport.upkeep import Upkeep
from hallway.usecases.accounts import provisioning
from hallway.usecases.jobs.ports import Job


def background_component(context: AppContext, wake: Wake) -> Component:
    """Carry out durable jobs; `wake` lets those that they queue begin at once."""
    store, slices = context.store, Slices()
    upkeep = Upkeep(store, Pictures(store, context.files.read_picture).draw_anew)
    return Component(
        works=[upkeep.watch],
        handlers=[
            upkeep.handler,
            BulkWorker(store, slices, has_mail=context.has_mail, wake=wake).handler(),
            Importer(store, slices).handler(),
            Handler(provisioning.CLOSING, partial(_close, store)),
            search_keys.handler(store),
        ],
        sources=[lambda: metrics.of_upkeep(upkeep.overview, upkeep.removed)],
    )


async def _close(store: AsyncStore, job: Job) -> None:
    await store.write(lambda tx: provisioning.close(tx, job))
