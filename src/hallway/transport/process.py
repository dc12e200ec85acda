"""A serving process and its components: each room puts its own together, and all of them open and close as one."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from litestar import Litestar
from prometheus_client.core import Metric

from hallway.transport import metrics
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import Handler, Worker
from hallway.transport.metrics import Metrics, Source
from hallway.usecases.broker import Broker, Hear, Miss


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What a room adds to a serving process.

    `listeners` hear the events of all processes, `local` those of this one, `remote` those of the others. `lifespans` are
    entered before anything is served, `works` run beside the requests, `handlers` carry out durable jobs, `sources` give
    the metrics, `account_sources` those of each account, where the operator asks for them, and `state` is what requests find in the
    application's state.
    """

    listeners: Sequence[tuple[Hear, Miss]] = ()
    local: Sequence[Hear] = ()
    remote: Sequence[Hear] = ()
    lifespans: Sequence[Callable[[], AbstractAsyncContextManager[None]]] = ()
    works: Sequence[Callable[[], Coroutine[None, None, None]]] = ()
    handlers: Sequence[Handler] = ()
    sources: Sequence[Source] = ()
    account_sources: Sequence[Source] = ()
    state: Mapping[str, object] = field(default_factory=dict[str, object])


class Process:
    """One serving process over one store: its worker, its metrics, and the components that were added."""

    def __init__(self, store: AsyncStore, local: Broker, broker: Broker, numbers: Metrics) -> None:
        """Begin with the worker and the metrics; `local` carries the events of this process, `broker` those of all."""
        self.store = store
        self.broker = broker
        self.worker = Worker(store)
        self.state: dict[str, object] = {}
        self._local = local
        self._metrics = numbers
        self._components: list[Component] = []
        self.add(
            Component(
                local=[numbers.hear],
                works=[self.worker.work],
                sources=[self._of_jobs],
                state={"worker": self.worker, "metrics": numbers},
            )
        )

    def add(self, *components: Component) -> None:
        """Add components, which take part once the process opens."""
        for component in components:
            self._components.append(component)
            self.worker.add(component.handlers)
            self.state |= component.state
            for source in (*component.sources, *(component.account_sources if self._metrics.is_per_account else ())):
                self._metrics.watch(source)

    def _of_jobs(self) -> Iterable[Metric]:
        worker, now = self.worker, self.store.clock.now()
        return metrics.of_jobs(worker.counts, worker.done, worker.failed, now)

    @asynccontextmanager
    async def open(self, _: Litestar) -> AsyncGenerator[None]:
        """Subscribe to events, then start the components; they end in reverse order."""
        async with AsyncExitStack() as stack:
            stack.callback(self.store.close)
            self._listen(stack)
            await self.broker.open()
            stack.push_async_callback(self.broker.close)
            await self._follow()
            for lifespan in (lifespan for component in self._components for lifespan in component.lifespans):
                await stack.enter_async_context(lifespan())
            works = [work for component in self._components for work in component.works]
            await stack.enter_async_context(_working(works))
            yield

    def _listen(self, stack: AsyncExitStack) -> None:
        for component in self._components:
            for hear, missed in component.listeners:
                self.broker.subscribe(hear, missed)
                stack.callback(self.broker.unsubscribe, hear)
            for hear in component.remote:
                self.broker.overhear(hear)
                stack.callback(self.broker.unsubscribe, hear)
            for hear in component.local:
                self._local.subscribe(hear, _miss_nothing)
                stack.callback(self._local.unsubscribe, hear)

    async def _follow(self) -> None:
        """Follow the default account from the start; the others are followed when one of their people connects."""
        account = await self.store.read(lambda tx: tx.accounts.default())
        if account is not None:
            await self.broker.follow(account.id)


@asynccontextmanager
async def _working(works: Sequence[Callable[[], Coroutine[None, None, None]]]) -> AsyncGenerator[None]:
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


def _miss_nothing(_: object) -> None:
    """Do nothing: no event is lost inside one process."""
