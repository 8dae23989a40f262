"""The page in Debian's Chromium, over services of its own on loopback. Pictures go to build/screenshots."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.http import create_app, pages
from api.settings import Settings
from api.tokens import Tokens
from graph.sources import load
from graph.store import Store, open_store

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True)
class Site:
    """A running service: its address, a token that may curate, its store."""

    url: str
    token: str
    store: Store


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Start services over stores with these files; all are stopped at the end."""
    import uvicorn

    running: list[tuple[uvicorn.Server, threading.Thread, Store]] = []

    def start(*files: Path) -> Site:
        store = open_store("memory")
        if files:
            load(store, list(files))
        tokens = Tokens(tmp_path_factory.mktemp("tokens") / "tokens.json")
        _, written = tokens.add("editor", ["curate"], "2026-01-01T00:00:00Z")
        settings = Settings(requests_per_minute=0, audits_per_minute=0, query_workers=1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        app = create_app(store, settings=settings, tokens=tokens)
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        assert server.started, "the service did not start"
        running.append((server, thread, store))
        return Site(f"http://127.0.0.1:{port}", written, store)

    yield start
    for server, thread, store in running:
        server.should_exit = True
        thread.join(timeout=10)
        store.close()


@pytest.fixture(scope="session")
def built() -> None:
    if pages.read("index.html") is None:
        pytest.skip("the page is not built: make web")


@pytest.fixture(scope="session")
def site(serve: Callable[..., Site], walking: Path, built: None) -> Site:
    """The walking example's evidence, read only by the tests that share it."""
    return serve(walking / "evidence")


@pytest.fixture(scope="session")
def bare(serve: Callable[..., Site], built: None) -> Site:
    """A service that holds nothing."""
    return serve()


@pytest.fixture(scope="session")
def browser(built: None) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as run:
        started = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def stopped(said: str, url: str) -> bool:
    """Whether this message says that the page's policy stopped something.

    Where a selection is typed over in an editor, Chromium itself tries to keep its look by a style
    attribute; the policy stops that too, and the editor sets its lines anew.
    """
    if said.startswith("Applying inline style") and url.endswith(("#/ask", "#/sources")):
        return False
    return "Content Security Policy" in said or "Trusted" in said


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a place of a site. What the page's policy stops, and any error of its script, fails the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(
        site: Site,
        place: str = "",
        *,
        width: int = 1280,
        dark: bool = False,
        token: bool = False,
        toured: bool = True,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 860},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(60_000)  # a full machine is slow; a page that is wrong is wrong at once
        contexts.append(context)
        if toured:
            context.add_init_script("try { localStorage.setItem('claimspine-toured', 'yes') } catch {}")
        if token:
            context.add_init_script(
                f"try {{ sessionStorage.setItem('claimspine-token', '{site.token}') }} catch {{}}"
            )
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error of the script: {error}"))
        page.on("console", lambda said: wrong.append(said.text) if stopped(said.text, page.url) else None)
        page.goto(f"{site.url}/#/{place}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture
def example(site: Site, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """The walking example, reviewed."""

    def reviewed(**how: Any) -> Any:
        page = open_page(site, "review", **how)
        page.get_by_role("button", name="Open the example").click()
        page.get_by_role("heading", name="Walking for a healthy spine").first.wait_for()
        return page

    return reviewed


@pytest.fixture(scope="session")
def picture() -> Callable[[Any, str], None]:
    """Keep a picture of the page for people to look at."""

    def taken(page: Any, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png")

    return taken
