"""Articles are checked in processes that can be ended: what becomes of hostile ones, and of the others."""

from __future__ import annotations

import io
import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from api import auditing
from api.auditing import Asked
from api.service import Service
from api.settings import Settings
from api.workers import carrying, checking
from api.workers.auditor import Auditor, _Careful, _written
from claims.model import Verdict
from graph.errors import ClaimspineError
from graph.store import Store

TEA = Asked("# Tea\n\nTea prevents colds.", None, "text/markdown", "tea", (), (), (), None, 1_000_000)


@pytest.fixture
def service(store: Store) -> Service:
    return Service(store, Settings(audit_seconds=60))


@pytest.fixture
def auditor(service: Service) -> Iterator[Auditor]:
    held = Auditor(service)
    yield held
    held.close()


#: Nearly as long as an article may be, with a claim in every sentence: some seconds on any machine.
LONG = "# Long\n\n" + 5_000 * (
    "Walking 30 minutes a day cut back pain by 20% (HR 0.72, 95% CI 0.60 to 0.85) in 2020. "
)


def test_it_says_what_the_checker_says(auditor: Auditor, service: Service) -> None:
    state = service.state()
    found = auditor.audit(TEA, state)
    assert found == auditing.audited(TEA, auditing.held(state.evidence))
    assert [one.code for one in found.report.diagnostics]


RECORD = (
    "INSERT DATA { GRAPH <urn:g> { <urn:w> a spine:Work ; dcterms:title 'Tea and colds: a randomised trial' ;"
    " bibo:doi '10.5555/tea' . <urn:c> a spine:Claim ; spine:text 'Tea prevents colds.' } }"
)
CITING = replace(TEA, text="# Tea\n\nTea prevents colds ([Roe, 2020](https://doi.org/10.5555/tea)).\n")


def test_after_a_write_the_worker_is_sent_what_differs(auditor: Auditor, service: Service) -> None:
    sent: list[tuple[str, int]] = []
    send = auditor._send

    def noted(asked: dict[str, Any]) -> Any:
        if asked["do"] != "audit":
            sent.append((asked["do"], Path(asked["path"]).stat().st_size))
        return send(asked)

    auditor._send = noted  # type: ignore[method-assign]
    first = auditor.audit(CITING, service.state())
    for update in (
        RECORD,
        "INSERT DATA { GRAPH <urn:g> { <urn:tea> a skos:Concept ; skos:prefLabel 'oolong' } }",
    ):
        with service.writing() as store:
            store.update(update)
        state = service.state()
        found = auditor.audit(CITING, state)
        assert found == auditing.audited(CITING, auditing.held(state.evidence))
        assert found != first
    with service.writing() as store:
        store.update("DROP GRAPH <urn:g>")
    assert auditor.audit(CITING, service.state()) == first
    assert [do for do, _ in sent] == ["hold", "renew", "renew", "renew"]
    assert max(size for _, size in sent[1:]) < sent[0][1] / 10


def test_where_most_differs_the_worker_is_sent_all(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sent"
    before = service.state().evidence
    with service.writing() as store:
        store.update(RECORD)
    after = service.state().evidence
    assert _written(path, before, after) == "renew"
    assert _written(path, None, after) == "hold"
    assert _written(path, replace(before, base="urn:x#"), after) == "hold"
    monkeypatch.setattr("api.workers.auditor.MOST_DIFFERING", 1)
    assert _written(path, before, after) == "hold"
    with path.open("rb") as source:
        assert carrying.read(source) == after


def test_evidence_is_carried_in_pieces(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = service.state().evidence
    whole, pieces = io.BytesIO(), io.BytesIO()
    carrying.write(evidence, whole)
    monkeypatch.setattr(carrying, "PIECE", 3)
    carrying.write(evidence, pieces)
    assert len(pieces.getvalue()) < 1.2 * len(whole.getvalue())  # what pieces share is not written again
    for written in (whole, pieces):
        written.seek(0)
        read = carrying.read(written)
        assert read == evidence
        assert list(read.works) == list(evidence.works)


def test_an_article_that_takes_too_long_is_ended_and_the_next_is_checked(service: Service) -> None:
    service.settings = service.settings.model_copy(update={"audit_seconds": 0.5})
    auditor = Auditor(service)
    try:
        auditor._hold(service.state())
        pid = auditor._worker.process.pid if auditor._worker else 0
        with pytest.raises(ClaimspineError) as caught:
            auditor.audit(replace(TEA, text=LONG), service.state())
        assert caught.value.code == "audit-too-long-running"
        auditor.settings = service.settings.model_copy(update={"audit_seconds": 60.0})
        assert auditor.audit(TEA, service.state()).report.claims
        assert auditor._worker is not None
        assert auditor._worker.process.pid == pid  # the evidence was not read again
    finally:
        auditor.close()


def test_an_article_that_needs_too_much_memory_is_refused(auditor: Auditor, service: Service) -> None:
    auditor.settings = service.settings.model_copy(update={"audit_mb": 1})
    with pytest.raises(ClaimspineError) as caught:
        auditor.audit(replace(TEA, text=LONG), service.state())
    assert caught.value.code == "audit-too-much-memory"


def test_a_short_one_does_not_wait_for_a_long_one(auditor: Auditor, service: Service) -> None:
    state = service.state()
    auditor.audit(TEA, state)
    ended: list[str] = []
    auditor.settings = service.settings.model_copy(update={"audit_seconds": 10.0})

    def run() -> None:
        try:
            auditor.audit(replace(TEA, text=LONG), state)
            ended.append("checked")
        except ClaimspineError as exc:
            ended.append(exc.code)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.3)
    auditor.audit(TEA, state)
    assert thread.is_alive()
    thread.join(60)
    assert ended in (["checked"], ["audit-too-long-running"])


def test_a_killed_worker_is_replaced(auditor: Auditor, service: Service) -> None:
    auditor.audit(TEA, service.state())
    assert auditor._worker is not None
    pid = auditor._worker.process.pid
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)
    auditor.audit(TEA, service.state())
    assert auditor._worker.process.pid != pid


def test_evidence_that_has_changed_is_read_again(auditor: Auditor, service: Service) -> None:
    auditor.audit(TEA, service.state())
    with service.writing() as store:
        store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
    auditor.audit(TEA, service.state())
    assert auditor._held is service.state().evidence
    assert service.state().generation == 1


def test_what_says_nothing_of_evidence_has_nothing_made_or_sent_again(
    auditor: Auditor, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor.audit(TEA, service.state())
    before, index, sent = service.state(), service.index(), list[str]()
    send = auditor._send
    monkeypatch.setattr(auditor, "_send", lambda asked: (sent.append(asked["do"]), send(asked))[1])
    with service.writing() as store:
        store.replace_graph("urn:audit", store.read_graph(store.graph_names()[0])[:0])
    auditor.audit(TEA, service.state())
    assert sent == ["audit"]
    after = service.state()
    assert after.generation == before.generation + 1
    assert after.evidence is before.evidence
    assert after.library is before.library
    assert after.directions is before.directions
    assert service.index() is index


def children(auditor: Auditor) -> list[int]:
    """The processes that check articles, once those that are ending have ended."""
    assert auditor._worker is not None
    pid = auditor._worker.process.pid
    for _ in range(100):
        listed = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        if len(listed) <= auditor.settings.audits_at_once:
            return listed
        time.sleep(0.05)
    raise AssertionError(listed)


def test_a_client_s_next_article_goes_to_the_same_process_and_another_s_never(
    auditor: Auditor, service: Service
) -> None:
    state = service.state()
    auditor.audit(TEA, state, "ana")
    (first,) = children(auditor)
    again = auditor.audit(TEA, state, "ana")
    assert children(auditor) == [first]
    auditor.audit(TEA, state, "ben")
    assert set(children(auditor)) > {first}
    auditor.audit(TEA, state, "cem")  # more than are kept: the one that has waited longest goes
    assert first not in children(auditor)
    assert auditor.audit(TEA, state, "ana") == again


def test_a_process_that_was_ended_between_articles_is_replaced(auditor: Auditor, service: Service) -> None:
    auditor.audit(TEA, service.state(), "ana")
    (first,) = children(auditor)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.3)
    assert auditor.audit(TEA, service.state(), "ana").report.claims
    assert children(auditor) != [first]


def test_no_process_is_kept_for_old_evidence(auditor: Auditor, service: Service) -> None:
    auditor.audit(TEA, service.state(), "ana")
    (first,) = children(auditor)
    with service.writing() as store:
        store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
    auditor.audit(TEA, service.state(), "ana")
    assert children(auditor) == [first], "what was written says nothing of evidence"
    with service.writing() as store:
        store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> a spine:Claim ; spine:text 'New.' } }")
    auditor.audit(TEA, service.state(), "ana")
    assert first not in children(auditor)


def test_a_process_is_not_kept_for_ever(auditor: Auditor, service: Service) -> None:
    seen = set()
    for _ in range(checking.ARTICLES + 1):
        auditor.audit(TEA, service.state(), "ana")
        seen.update(children(auditor))
    assert len(seen) == 2


def test_what_is_wrong_with_the_article_is_said_as_at_home(auditor: Auditor, service: Service) -> None:
    with pytest.raises(ClaimspineError) as caught:
        auditor.audit(replace(TEA, word=b"PK\x03\x04 no archive"), service.state())
    assert caught.value.path is None
    with pytest.raises(ClaimspineError) as caught:
        auditor.audit(replace(TEA, characters=5), service.state())
    assert caught.value.code == "article-too-large"


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, ("true",))


def test_only_our_own_values_are_read_from_a_child() -> None:
    for found in (Evil(), [os.system], Settings):
        with pytest.raises(pickle.UnpicklingError):
            _Careful(io.BytesIO(pickle.dumps(found))).load()


class OldPickler(pickle.Pickler):
    """Writes members of enums as Python 3.11.0 to 3.11.2 do: by ``getattr``."""

    def reducer_override(self, value: object) -> object:
        if isinstance(value, Enum):
            return getattr, (type(value), value.name)
        return NotImplemented


def test_members_of_enums_are_read_as_an_older_python_writes_them() -> None:
    """With the Python of Debian 12 every audit over HTTP was a 500."""
    written = io.BytesIO()
    OldPickler(written).dump([Verdict.SUPPORTED, {"x": Verdict.OVERSTATED}])
    assert _Careful(io.BytesIO(written.getvalue())).load() == [Verdict.SUPPORTED, {"x": Verdict.OVERSTATED}]


@pytest.mark.parametrize("name", ["__init__", "__members__", "mro", "_value2member_map_"])
def test_nothing_else_is_got_by_a_name(name: str) -> None:
    class Reaching:
        def __reduce__(self) -> tuple[object, ...]:
            return (getattr, (Verdict, name))

    with pytest.raises(pickle.UnpicklingError):
        _Careful(io.BytesIO(pickle.dumps(Reaching()))).load()
