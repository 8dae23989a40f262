"""Take the pictures of the README and the docs from the running program: docs/pictures/*.png.

Needs the built page (``make web``) and Chromium. ``make pictures`` runs it.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
WALK = ROOT / "examples" / "walking-spine"


@contextmanager
def service() -> Iterator[str]:
    """The service over the walking example, on a free port of loopback."""
    import uvicorn

    from api.http import create_app
    from graph.sources import load
    from graph.store import open_store

    with open_store("memory") as store:
        load(store, [WALK / "evidence"])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(store), port=port, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


def report(folder: Path) -> Path:
    """The HTML report of the example."""
    path = folder / "report.html"
    command = ["audit", WALK / "article.md", "--evidence", WALK / "evidence", "--format", "html"]
    subprocess.run(
        [sys.executable, "-m", "claimspine", *map(str, command), "--fail-on", "never", "--output", str(path)],
        check=True,
        cwd=ROOT,
    )
    return path


def take(browser: Any, url: str, html: Path) -> None:
    """All of them."""
    look: dict[str, Any] = {"color_scheme": "light", "reduced_motion": "reduce", "device_scale_factor": 1}
    context = browser.new_context(viewport={"width": 1280, "height": 860}, **look)
    context.add_init_script("try { localStorage.setItem('claimspine-toured', 'yes') } catch {}")
    page = context.new_page()

    def keep(name: str) -> None:
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{name}.png")
        print(f"docs/pictures/{name}.png", file=sys.stderr)

    page.goto(f"{url}/#/review")
    page.get_by_role("button", name="Open the example").click()
    page.locator("mark", has_text="nearly halved").click()
    page.get_by_role("button", name="Accept the fix").wait_for()
    keep("review")
    page.goto(f"{url}/#/recommendations/walking-most-days")
    page.get_by_role("heading", name="The evidence path").wait_for()
    page.get_by_role("heading", name="The evidence path").evaluate("one => scrollTo(0, one.offsetTop - 80)")
    keep("evidence-path")
    page.goto(f"{url}/#/mechanisms")
    page.locator(".chain").wait_for()
    keep("mechanisms")
    page.goto(f"{url}/#/ask")
    page.get_by_role("button", name="Ask", exact=False).first.wait_for()
    page.locator("button.example").first.click()
    page.locator(".answer tbody tr").first.wait_for()
    page.mouse.move(0, 0)  # nothing but the chosen example is lit
    keep("ask")
    context.close()

    context = browser.new_context(viewport={"width": 390, "height": 844}, **look)
    context.add_init_script("try { localStorage.setItem('claimspine-toured', 'yes') } catch {}")
    page = context.new_page()
    page.goto(f"{url}/#/review")
    page.get_by_role("button", name="Open the example").click()
    page.locator("mark", has_text="nearly halved").click()
    keep("review-phone")
    context.close()

    context = browser.new_context(viewport={"width": 1280, "height": 900}, **look)
    page = context.new_page()
    page.goto(html.as_uri())
    keep("report")
    context.close()


def main() -> int:
    """Take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is not installed; on Debian: sudo apt-get install chromium", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, service() as url, sync_playwright() as run:
        browser = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take(browser, url, report(Path(folder)))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
