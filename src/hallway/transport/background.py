"""The work in the background, put together: upkeep, imports, bulk actions, scheduled messages, the index of messages, and
jobs of one function each.
"""

from hallway.transport import metrics, search_keys
from hallway.transport.app_context import AppContext
from hallway.transport.bulk import BulkWorker
from hallway.transport.file_sweep import FileSweep
from hallway.transport.importer import Importer
from hallway.transport.jobs import Wake
from hallway.transport.pictures import Pictures
from hallway.transport.process import Component
from hallway.transport.scheduled import ScheduledSender
from hallway.transport.search_index import SearchIndexer
from hallway.transport.slices import Slices
from hallway.transport.upkeep import Upkeep
from hallway.usecases.files import checking


def background_component(context: AppContext, wake: Wake) -> Component:
    """Carry out durable jobs; `wake` lets those that they queue begin at once."""
    store, slices = context.store, Slices()
    sweep = FileSweep(store, context.attachments.blobs)
    indexer = SearchIndexer(store, wake)
    sender = ScheduledSender(store)
    pictures = Pictures(store, context.files.read_picture)
    upkeep = Upkeep(store, pictures.draw_anew, sweep.sweep, indexer.sweep, sender.set_clocks)
    context.attachments.checks.wake = lambda: wake(checking.WORK.kind)
    return Component(
        local=[indexer.hear, sender.hear],
        remote=[indexer.overhear],
        works=[upkeep.watch, indexer.watch, indexer.work, sender.work],
        handlers=[
            upkeep.handler,
            BulkWorker(store, slices, has_mail=context.has_mail, wake=wake).handler(),
            Importer(store, slices).handler(),
            search_keys.handler(store),
            context.attachments.checks.handler,
            indexer.handler,
        ],
        sources=[
            lambda: metrics.of_upkeep(upkeep.overview, upkeep.removed),
            lambda: metrics.of_scheduled(sender.counts),
            lambda: metrics.of_search_index(indexer.indexed, indexer.waiting, indexer.lag, len(indexer.incomplete)),
        ],
    )
