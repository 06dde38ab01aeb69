"""A visitor in real Chromium, who looks at every page as a careful reader would.

`visit(width=360, who=person)` opens a browser window; `visitor.go("/courses/")` opens a page and looks at it;
`visitor.look()` looks again after something has changed. To look: nothing is wider than the window, axe finds
nothing, no request has left the site, and no script has failed. `visit(width=360, also=1440)` walks in a narrow
window and looks at each page in a wide one as well.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.quiet import until_quiet, watch
from tests.factories.people import sign_in

# The build without windows first: it is the same Chromium and takes a fifth less of a core.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Midway through its fading in, a text is paler than anybody will read it. Endless ones cannot be finished.
END_OF_ANIMATIONS = (
    "document.getAnimations()"
    ".filter(one => one.effect.getComputedTiming().endTime !== Infinity).forEach(one => one.finish())"
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start Chromium once."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), "")
    if not path or not AXE.exists() or not (settings.ASSETS_DIR / "app.css").exists():
        pytest.skip("needs Chromium and the built front end (npm ci && npm run build)")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse its database to it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visitor:
    """One browser window and what went wrong in it."""

    def __init__(self, context: Any, address: str, also: int | None = None) -> None:
        self.address = address
        self.also = also
        self.complaints: list[str] = []
        watch(context)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)

    def _hear(self, message: Any) -> None:
        # A page that answers 403 or 404 on purpose is no failure of a script.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.complaints.append(f"left the site: {request.url}")

    def go(self, path: str) -> Any:
        """Open a page of the site and look at it; return Playwright's page."""
        self.page.goto(self.address + path)
        self.look()
        return self.page

    def look(self) -> None:
        """Find nothing wrong with the page once it is quiet."""
        until_quiet(self.page)
        self.look_now()

    def look_now(self) -> None:
        """Find nothing wrong with the page as it stands; some pages never fall silent."""
        self._look_at_this_width()
        if self.also:
            narrow = self.page.viewport_size
            self.page.set_viewport_size({**narrow, "width": self.also})
            self._look_at_this_width()
            self.page.set_viewport_size(narrow)
        assert self.complaints == []

    def _look_at_this_width(self) -> None:
        self.page.evaluate(END_OF_ANIMATIONS)
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, f"wider than {width} px"
        assert self.axe() == []

    def axe(self) -> list[str]:
        """Return what axe finds: rule, and where."""
        if self.page.evaluate("typeof axe") != "object":
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'], preload: false})"
            ".then(answer => answer.violations)",
            RULES,
        )
        return [
            f"{item['id']}: {node['target']} {node['failureSummary']}"
            for item in found
            for node in item["nodes"]
        ]


@pytest.fixture
def visit(chromium: Any, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Open windows: `visit(width=360, also=1440, scheme="dark", who=person)`."""
    contexts = []

    def open_window(
        width: int = 1440,
        scheme: str = "light",
        who: Any = None,
        language: str = "vi",
        also: int | None = None,
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, **(_session(who) if who else {})}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        return Visitor(context, live_server.url, also)

    yield open_window
    for context in contexts:
        context.close()


def _session(who: Any) -> dict[str, str]:
    client = sign_in(Client(), who)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
