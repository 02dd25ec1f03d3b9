"""Questions of a service that stops."""

from __future__ import annotations

from functools import partial
from queue import Queue
from threading import Event

import anyio
from anyio import to_thread

from bot.web.queue import AskQueue, BusyError, TakingTurns
from tests.bot.web.stub import StubBot


def test_a_conversation_that_outlives_its_service_is_sent_away() -> None:
    taking = TakingTurns(StubBot(), AskQueue(StubBot()))
    begun, stopped, told = Event(), Event(), Queue[str]()

    def conversation() -> None:
        begun.set()
        stopped.wait(60)
        try:
            taking.ask("快递?")
        except BusyError:
            told.put("busy")
        except Exception as error:
            told.put(repr(error))

    async def service() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(partial(to_thread.run_sync, conversation, abandon_on_cancel=True))
            await to_thread.run_sync(begun.wait)
            group.cancel_scope.cancel()

    anyio.run(service)
    stopped.set()
    assert told.get(timeout=60) == "busy"
