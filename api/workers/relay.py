"""Strangers' queries when the store is a SPARQL service: handed on to it, bounded, answered whole."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from api.service import Service, now
from api.workers.worker import Answer
from graph.answering import Question
from graph.errors import ClaimspineError
from graph.sparql import refuse_remote


class Relay:
    """Hands queries on. The SPARQL service bounds their memory; time and bytes are bounded here."""

    alive = 0

    def __init__(self, service: Service, *, said: Callable[[str], None] = lambda outcome: None) -> None:
        """``said`` is told the outcome of each query."""
        self.service = service
        self.settings = service.settings
        self._said = said

    async def ask(self, question: Question, *, client: str = "") -> Answer:
        """As ``Pool.ask``; the SPARQL service sees to whose turn it is."""
        threads = self.service.waiting
        return await asyncio.get_running_loop().run_in_executor(threads, self._answer, question)

    by_worker = ask

    def at_once(self, question: Question) -> Answer | None:
        """Nothing is kept: the SPARQL service may change without us."""
        return None

    def close(self) -> None:
        """Nothing is kept."""

    def _answer(self, question: Question) -> Answer:
        refuse_remote(question.query)
        store: Any = self.service.store
        descriptor, name = tempfile.mkstemp(prefix="claimspine-answer-")
        path = Path(name)
        outcome = "failed"
        try:
            with os.fdopen(descriptor, "wb") as handle:
                size = store.relay(
                    question.query,
                    question.format,
                    handle,
                    default_graphs=question.default_graphs,
                    named_graphs=question.named_graphs,
                    seconds=self.settings.query_seconds,
                    limit=self.settings.answer_mb * 1_000_000,
                )
            outcome = "answered"
        except ClaimspineError as exc:
            path.unlink(missing_ok=True)
            outcome = exc.code
            raise
        finally:
            self._said(outcome)
        return Answer(None, path, size, f"taken={now()}; writes-since=0")
