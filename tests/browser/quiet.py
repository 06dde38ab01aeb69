"""Wait until a page has nothing under way.

Playwright's own `networkidle` waits half a second of silence each time; a page of this site that has been still
for two looks is still. Requests that begin and end are counted from the window's first page on.
"""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakKeyDictionary

PATIENCE = 30  # seconds
LOOK = 50  # ms

_under_way: WeakKeyDictionary[Any, set[Any]] = WeakKeyDictionary()


def watch(context: Any) -> None:
    """Keep count of the requests that are under way in this window."""
    if context in _under_way:
        return
    requests = _under_way[context] = set()

    def begins(request: Any) -> None:
        requests.add(request)

    def ends(request: Any) -> None:
        requests.discard(request)

    context.on("request", begins)
    context.on("requestfinished", ends)
    context.on("requestfailed", ends)


def until_quiet(page: Any) -> None:
    """Return once the page is loaded and two looks in a row find no request under way; raise TimeoutError."""
    page.wait_for_load_state()
    requests = _under_way[page.context]
    until = time.monotonic() + PATIENCE
    still = 0
    while still < 2:
        page.wait_for_timeout(LOOK)
        still = 0 if requests else still + 1
        if time.monotonic() > until:
            raise TimeoutError(f"never quiet: {sorted(request.url for request in requests)}")
