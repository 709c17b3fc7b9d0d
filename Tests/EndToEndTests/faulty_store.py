"""A real store seen through a proxy that makes faults on command: in its answers, its connections, its clock.

    with FaultyStore(store) as faulty:
        faulty.fail(SLOW_DOWN, times=2, method="PUT")
        …  # clients use faulty.access
"""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import store_clock
from fault_acts import HEAD_LIMIT, Act, Exchange
from faults import Fault
from http_wire import Head, reset
from store_client import StoreAccess


@dataclass
class _Plan:
    fault: Fault
    times: int
    method: str
    target: str

    def takes(self, head: Head) -> bool:
        """Whether this request meets the fault; counts it, then."""
        method, target, _ = head.words
        if not self.times or self.method not in ("", method) or self.target not in target:
            return False
        self.times -= 1
        return True


@dataclass
class FaultyStore:
    """Stands before a store on a port of its own, in a thread of its own. Change `latency` and `clock` at any time."""

    store: StoreAccess
    latency: float = 0
    """Seconds added to each request."""
    clock: timedelta = timedelta()
    """How far the store's clock is off: its Date headers, and what it takes for a valid time."""
    overlooked: set[str] = field(default_factory=set)
    """Names of request headers that the store does not look at, in lower case; with `content-length`, signed lengths."""
    exchanges: list[Exchange] = field(default_factory=list)
    """What was asked so far, with the answers' statuses and the bytes both ways."""

    def __enter__(self) -> "FaultyStore":
        self._plans: list[_Plan] = []
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop, self._server, self._port = asyncio.new_event_loop(), None, 0
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.revive()
        return self

    def __exit__(self, *_) -> None:
        self.die()
        self._await(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def access(self) -> StoreAccess:
        """The store as clients should see it: the same keys at the proxy's address."""
        return replace(self.store, endpoint=f"http://127.0.0.1:{self._port}")

    def fail(self, fault: Fault, times: int = 1, method: str = "", target: str = "") -> None:
        """The next so many requests of the method whose target holds the text meet the fault; -1 is all of them."""
        self._plans.append(_Plan(fault, times, method, target))

    def heal(self) -> None:
        """Forgets all faults that were planned, the latency and the wrong clock; revives the store if it was dead."""
        self._plans.clear()
        self.latency, self.clock = 0, timedelta()
        self.revive()

    def die(self, seconds: float | None = None) -> None:
        """Resets every connection and refuses new ones, for so long or until `revive`."""
        self._await(self._die(seconds))

    def revive(self) -> None:
        """Listens again, on the same port."""
        self._await(self._revive())

    def _await(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    async def _die(self, seconds: float | None) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for writer in list(self._writers):
            reset(writer)
        if seconds is not None:
            self._loop.call_later(seconds, lambda: self._loop.create_task(self._revive()))

    async def _revive(self) -> None:
        if not self._server:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port, limit=HEAD_LIMIT)
            self._port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: request after request, until either side has had enough."""
        self._writers.add(writer)
        try:
            with suppress(OSError, EOFError, asyncio.LimitOverrunError):
                while await self._answer_next(reader, writer):
                    pass
        finally:
            self._writers.discard(writer)
            writer.close()

    def _is_believed(self, head: Head) -> bool:
        return "content-length" in self.overlooked or store_clock.is_genuine(head, self.store)

    async def _answer_next(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await Head.read(reader)
        method, target, _ = head.words
        planned = next((plan.fault for plan in list(self._plans) if plan.takes(head)), None)
        if self.clock:
            planned = store_clock.refusal(head, self.clock) or planned
        if (self.clock or self.overlooked) and self._is_believed(head):
            head.set(**{name.replace("-", "_"): None for name in self.overlooked - {"content-length"}})
            store_clock.sign_again(head, self.store)
        exchange = Exchange(method, target, planned)
        self.exchanges.append(exchange)
        if self.latency:
            await asyncio.sleep(self.latency)
        return await Act(self.store.endpoint, self.clock, head, reader, writer, exchange).perform()
