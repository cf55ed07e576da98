"""Chromium with every other host refused, and what it was asked; for tests and the screenshot script."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
# Resolves when no script of the page has run for so many milliseconds.
QUIET = """quiet => new Promise(done => {
  const app = document.querySelector("[data-testid=stApp]");
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    if (app.getAttribute("data-test-script-state") !== "notRunning") last = now;
    if (now - last > quiet) done();
    else setTimeout(look, 20);
  };
  look();
})"""
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

    def settled(self, *, quiet_ms: int = 1_000) -> None:
        """Wait until no script of the page has run for a while."""
        self.page.wait_for_selector("[data-testid=stApp]")
        self.page.evaluate(QUIET, quiet_ms)

    def said(self) -> list[str]:
        """Return what the page warns of and what it calls wrong."""
        told: list[str] = self.page.get_by_test_id("stAlert").all_inner_texts()
        return told


class Shared:
    """One Chromium for many pages, started for the first of them, and anew where it has ended."""

    def __init__(self, until: ExitStack) -> None:
        self.until = until
        self.play: Any = None
        self.browser: Any = None

    def running(self) -> Any:
        """Return the browser."""
        from playwright.sync_api import sync_playwright

        if self.play is None:
            self.play = self.until.enter_context(sync_playwright())
        if self.browser is None or not self.browser.is_connected():
            self.browser = self.play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            self.until.callback(self.browser.close)
        return self.browser


SHARED: list[Shared] = []


@contextmanager
def one_browser() -> Iterator[None]:
    """Let all pages that are opened meanwhile share one browser, each with storage of its own."""
    with ExitStack() as until:
        SHARED.append(Shared(until))
        yield
        SHARED.pop()


@contextmanager
def opened(
    *, width: int = 1366, height: int = 768, touch: bool = False, dark: bool = False
) -> Iterator[Watched]:
    """Yield a watched page that knows of no other, of a new browser unless one is shared."""
    with ExitStack() as until:
        shared = SHARED[-1] if SHARED else Shared(until)
        context = shared.running().new_context(
            viewport={"width": width, "height": height},
            has_touch=touch,
            color_scheme="dark" if dark else "light",
        )
        until.callback(context.close)
        yield Watched(context.new_page())
