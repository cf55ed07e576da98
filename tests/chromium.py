"""Chromium with every other host refused, and what it was asked; for tests and the screenshot script."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlparse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HERE = ("localhost", "127.0.0.1", None)
MAP = '[data-testid=diaban-map][data-ready="1"]'


class Watched:
    """A page, the addresses it asked of other hosts, and what went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.outside: list[str] = []
        self.faults: list[str] = []
        page.route("**/*", self._route)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._listen)

    def _route(self, route: Any) -> None:
        if urlparse(route.request.url).hostname in HERE:
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _listen(self, line: Any) -> None:
        # On a page's own address the client first looks for the server below it, then at the root.
        probe = "/_stcore/" in (line.location or {}).get("url", "")
        if line.type == "error" and not probe:
            self.faults.append(line.text)

    def drawn(self, *, timeout_s: float = 60) -> dict[str, str]:
        """Wait for the map and return what it says of itself."""
        self.page.wait_for_selector(MAP, timeout=timeout_s * 1000)
        found: dict[str, str] = self.page.locator(MAP).first.evaluate("e => ({...e.dataset})")
        return found


@contextmanager
def opened(
    *, width: int = 1366, height: int = 768, touch: bool = False, dark: bool = False
) -> Iterator[Watched]:
    """Yield a watched page of a new browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(
            viewport={"width": width, "height": height},
            has_touch=touch,
            color_scheme="dark" if dark else "light",
        )
        yield Watched(page)
        browser.close()
