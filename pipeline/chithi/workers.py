"""Processes that do one call at a time and can be stopped in the middle of it, even inside C code.

A pool of the standard library cannot end a call that hangs, and cannot say which call cost a process its life.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Literal, TypeVar, cast

from chithi.errors import ChithiError, UsageError

Task = TypeVar("Task")
Reply = TypeVar("Reply")
Setup = Callable[[], Callable[[Task], Iterable[Reply]]]
"""Builds what answers tasks, once in each process; must be picklable. A `ChithiError` in it is raised in the parent."""

Loss = Literal["timeout", "worker_died"]

_GRACE = 1.0  # seconds that a stopped process has to end what it has started
_RENEWED = 10_000  # tasks after which a process gives way to a new one: libraries' caches grow a little with each
_AHEAD = 8  # tasks for each worker that may wait for the output, which bounds memory


class WorkerError(Exception):
    """A worker did not answer: it took too long, or it died."""

    def __init__(self, why: Loss) -> None:
        super().__init__(why)
        self.why: Loss = why


class Worker(Generic[Task, Reply]):
    """One process, which starts at once. Its connection gives None when it is ready and after each task's answers.

    Args:
        setup: builds its function.
        max_memory: bytes of address space, on systems that can limit it.
    """

    def __init__(self, setup: Setup[Task, Reply], *, max_memory: int | None = None) -> None:
        # Spawned, not forked: the same on every platform, and the parent's progress thread holds locks.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, setup, max_memory), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.done = 0

    def send(self, task: Task) -> None:
        """Hand a task over.

        Raises:
            WorkerError: the process has died.
        """
        try:
            self.connection.send(task)
        except OSError as e:
            raise WorkerError("worker_died") from e

    def receive(self, *, seconds: float | None = None) -> tuple[Reply] | None:
        """Give the next answer, or None where there are no more.

        Raises:
            WorkerError: the process has died or takes too long.
            ChithiError: it could not even start.
        """
        try:
            if not self.connection.poll(seconds):
                raise WorkerError("timeout")
            answer = self.connection.recv()
        except (EOFError, OSError) as e:
            if not self.ready:
                raise UsageError(
                    "a worker process died while it started. Give it more with --max-memory, or none with --jobs 0",
                    code="worker_died",
                ) from e
            raise WorkerError("worker_died") from e
        if isinstance(answer, ChithiError):
            raise answer
        self.ready = True
        return answer  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End the process with all that it has started."""
        self.process.terminate()
        wait([self.process.sentinel], _GRACE)
        _end_group(self.process.pid)  # before the process is joined: until then nobody else gets its number
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(connection: Connection, setup: Setup[Any, Any], max_memory: int | None) -> None:
    """Answer tasks until the parent goes: each answer in a tuple, None after the last."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers itself
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that converters are ended by those who started them
    if sys.platform != "win32":
        os.setpgid(0, 0)
    _limit_memory(max_memory)
    with suppress(EOFError, BrokenPipeError):
        try:
            function = setup()
        except ChithiError as e:
            connection.send(e)
            return
        connection.send(None)
        while True:
            for answer in function(connection.recv()):
                connection.send((answer,))
            connection.send(None)


def _limit_memory(size: int | None) -> None:
    if sys.platform != "win32" and size is not None:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):  # macOS knows the limit and refuses it
            resource.setrlimit(resource.RLIMIT_AS, (size if most < 0 else min(size, most), most))


def _end_group(group: int | None) -> None:
    if sys.platform != "win32" and group is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


@dataclass(slots=True, eq=False)
class _Slot(Generic[Task, Reply]):
    """A task's place in the order of the output."""

    task: Task
    answer: Reply | Loss | None = None
    ends: float = 0.0


class Pool(Generic[Task, Reply]):
    """Several workers, started as they are needed, and the tasks in their hands."""

    def __init__(self, setup: Setup[Task, Reply], *, jobs: int, seconds: float, max_memory: int | None = None) -> None:
        self.start = partial(Worker, setup, max_memory=max_memory)
        self.jobs, self.seconds = jobs, seconds
        self.workers: dict[Connection, Worker[Task, Reply]] = {}
        self.busy: dict[Connection, _Slot[Task, Reply]] = {}
        self.idle: list[Connection] = []

    def answers(
        self, tasks: Iterable[Task], *, known: Callable[[Task], Reply | None] | None = None
    ) -> Iterator[tuple[Task, Reply | Loss]]:
        """Yield each task with its one answer, or with why it has none, in their order.

        Tasks are taken as they are needed, a few ahead of the output. A process whose task takes too long is replaced.
        A task whose answer is known goes to no process.
        """
        todo: Iterator[_Slot[Task, Reply]] | None = (_Slot(task, known(task) if known else None) for task in tasks)
        window: deque[_Slot[Task, Reply]] = deque()
        waiting: deque[_Slot[Task, Reply]] = deque()
        while True:
            while window and window[0].answer is not None:
                slot = window.popleft()
                yield slot.task, slot.answer  # type: ignore[misc]
            if todo is not None and len(waiting) < self.jobs and len(window) < self.jobs * _AHEAD:
                if (slot_or_none := next(todo, None)) is None:
                    todo = None
                else:
                    window.append(slot_or_none)
                    if slot_or_none.answer is not None:
                        continue
                    waiting.append(slot_or_none)
            if todo is None and not window:
                return
            self._hand_out(waiting)
            more = todo is not None and len(waiting) < self.jobs and len(window) < self.jobs * _AHEAD
            self._collect(wait_for_one=not more)

    def _hand_out(self, waiting: deque[_Slot[Task, Reply]]) -> None:
        starting = len(self.workers) - len(self.busy) - len(self.idle)
        while len(self.workers) < self.jobs and len(waiting) > starting + len(self.idle):
            worker = self.start()
            self.workers[worker.connection] = worker
            starting += 1
        while waiting and self.idle:
            connection = self.idle.pop()
            slot = waiting.popleft()
            slot.ends = time.monotonic() + self.seconds
            self.busy[connection] = slot
            try:
                self.workers[connection].send(slot.task)
            except WorkerError as e:
                self._lose(connection, e.why)

    def _collect(self, *, wait_for_one: bool) -> None:
        ends = min((slot.ends for slot in self.busy.values()), default=None)
        timeout = None if ends is None else max(0.0, ends - time.monotonic())
        ready = wait(list(self.workers), timeout if wait_for_one else 0)
        for connection in cast("list[Connection]", ready):
            try:
                answer = self.workers[connection].receive()
            except WorkerError as e:
                self._lose(connection, e.why)
                continue
            if answer is not None:
                self.busy[connection].answer = answer[0]
            else:
                worker = self.workers[connection]
                worker.done += self.busy.pop(connection, None) is not None
                if worker.done < _RENEWED:
                    self.idle.append(connection)
                else:
                    self.workers.pop(connection).stop()
        now = time.monotonic()
        for connection, slot in list(self.busy.items()):
            if slot.answer is None and slot.ends <= now and not connection.poll():
                self._lose(connection, "timeout")

    def _lose(self, connection: Connection, why: Loss) -> None:
        slot = self.busy.pop(connection, None)
        if slot is not None and slot.answer is None:
            slot.answer = why
        if connection in self.idle:
            self.idle.remove(connection)
        self.workers.pop(connection).stop()

    def stop(self) -> None:
        """End all workers, whatever they are at."""
        for worker in self.workers.values():
            worker.process.terminate()  # all at once: each may need its time
        while self.workers:
            self.workers.popitem()[1].stop()
