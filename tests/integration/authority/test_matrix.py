"""Every address × method × role × place: who should come in does, nobody else, nothing crosses.

The addresses come from the URL configuration, what is right from the classification and the roles (`law.py`).
When an address is named here as not classified: add one line to `classification.py`.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from dataclasses import dataclass, field
from itertools import product as product_of

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.base import Template
from django.test import override_settings
from django.test.utils import _TestState
from django.urls import URLPattern, get_resolver

import lms.urls as product
from lms.people.actions.organisation import note_organisation_changed
from lms.people.models import Agency
from tests.integration.authority.classification import FAMILIES, URLS
from tests.integration.authority.law import ACTORS, METHODS, Actor, Url
from tests.integration.authority.world import World

LOGIN = ("/accounts/login/", "/admin/login/")
PARTY_DOOR = "/party/sign-in/"
# These ask in every run with the methods an address does not offer, too; everybody does in tests/faults/authority.
ASKING_ALL = (
    Actor("anonymous"),
    Actor("learner"),
    Actor("owner"),
    Actor("party", "own"),
    Actor("hr_officer", "own"),
    Actor("inspector", "sibling"),
    Actor("administrator", "own"),
)


def addresses(resolver=None, prefix=""):
    """Yield every address of the URL configuration, its parts as <name>."""
    for entry in (resolver or get_resolver()).url_patterns:
        shape = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(entry.pattern)).replace("\\", "")
        route = prefix + re.sub(r"<\w+:(\w+)>", r"<\1>", shape.replace("^", "").replace("$", ""))
        if isinstance(entry, URLPattern):
            yield "" if re.fullmatch(r"[(\[].*", route) else route
        else:
            yield from addresses(entry, route)


def family_of(route):
    return next((start for start in FAMILIES if route.startswith(start)), None)


ROUTES = sorted(set(addresses()))


def test_every_address_is_classified():
    missing = [route for route in ROUTES if route not in URLS and not family_of(route)]
    assert not missing, (
        f"not classified: {missing}. Add one line each to tests/integration/authority/classification.py."
    )


def test_nothing_is_classified_that_is_gone():
    gone = [route for route in URLS if route not in ROUTES]
    assert not gone, f"no longer in the URL configuration: {gone}. Take the lines out of classification.py."


class Undo(Exception):
    pass


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Build the world once; everything is undone after the module."""
    # Ten thousand refusals, each with its page and its traceback in colours, take longer than all the rest;
    # so do sessions in the database and the copy of each page's context that tests are given.
    logging.disable(logging.CRITICAL)
    # Nor is anybody asked again who they are because the walk took longer than some minutes.
    in_memory = override_settings(
        SESSION_ENGINE="django.contrib.sessions.backends.cache", ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400
    )
    in_memory.enable()
    copying, Template._render = Template._render, _TestState.saved_data.template_render
    said_of_what_is_gone = product.handler404
    product.handler403 = lambda request, exception: HttpResponse(status=403)
    product.handler404 = lambda request, exception: HttpResponse(status=404)
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield World()
                raise Undo
        except Undo:
            note_organisation_changed()
            connection.close()
    del product.handler403
    product.handler404 = said_of_what_is_gone
    Template._render = copying
    in_memory.disable()
    logging.disable(logging.NOTSET)


@dataclass
class Tally:
    """What a walk through the matrix found."""

    cells: int = 0
    opened: int = 0
    crossings: list[str] = field(default_factory=list)
    locked_out: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def example(world, route, row: Url):
    path = re.sub(
        r"<(\w+)>", lambda part: str(world.named(row.fill[part[1]]) if part[1] in row.fill else "a"), route
    )
    query = world.words(row.query)
    return f"/{path}", f"?{query}" if query else ""


def is_refusal(answer):
    if answer.status_code in (301, 302):
        return answer.url.startswith(LOGIN) or answer.url == PARTY_DOOR
    return answer.status_code in (401, 403, 404, 405)


def send(world, actor: Actor, method, path, query, row: Url):
    data = {name: world.words(text) for name, text in row.data.items()}
    given = {"data": data} if method == "post" else {}
    return getattr(world.browsers[actor], method)(f"{path}{query}", **given)


def asked_in_every_run(row: Url, actor: Actor, method: str) -> bool:
    offered = row.offered(method) or (row.public and method == "get")
    return bool(offered) or actor in ASKING_ALL


def asked_by_all(row: Url, actor: Actor, method: str) -> bool:
    return True


def walk(world, routes, actors=ACTORS, methods=METHODS, asked=asked_in_every_run) -> Tally:
    tally = Tally()
    for route in routes:
        row = URLS[route]
        path, query = example(world, route, row)
        for actor, method in product_of(actors, methods):
            if asked(row, actor, method):
                try:
                    with transaction.atomic():
                        answer = send(world, actor, method, path, query, row)
                        judge(tally, world, row, route, actor, method, answer)
                        raise Undo
                except Undo:
                    pass
    return tally


def judge(tally, world, row: Url, route, actor, method, answer):
    tally.cells += 1
    cell = f"{method.upper()} /{route} by {actor}: {answer.status_code}"
    if answer.status_code >= 500:
        tally.broken.append(cell)
    if row.public:
        return
    came_in, way = not is_refusal(answer), row.offered(method)
    tally.opened += came_in
    if came_in and not (way(actor) if way else row.open_to(actor)):
        tally.crossings.append(cell)
    if way and way(actor) and not came_in:
        tally.locked_out.append(cell)
    if row.shows and method == "get" and came_in:
        text, readers = row.shows
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        is_read = world.words(text).encode() in body
        if is_read and not readers(actor):
            tally.crossings.append(f"{cell} and reads {text}")
        if readers(actor) and not is_read:
            tally.locked_out.append(f"{cell} and does not find {text}")


def nothing_crosses(world, asked) -> int:
    """Walk all addresses; return how many cells were asked."""
    started = time.process_time()
    tally = walk(world, [route for route in ROUTES if not family_of(route)], asked=asked)
    took = time.process_time() - started
    print(
        f"\n{connection.vendor}: {len(URLS)} addresses × {len(METHODS)} methods × {len(ACTORS)} actors: "
        f"{tally.cells} cells asked, {tally.opened} let in, {len(tally.crossings)} crossings, "
        f"{len(tally.locked_out)} locked out, {took:.0f} s"
    )
    assert not tally.crossings, tally.crossings[:20]
    assert not tally.locked_out, tally.locked_out[:20]
    assert not tally.broken, tally.broken[:20]
    return tally.cells


def test_every_word_that_is_looked_for_is_the_world_s(world):
    texts = [
        text for row in URLS.values() for text in (row.query, *row.data.values(), *(row.shows or ())[:1])
    ]
    assert all("{" not in world.words(text) for text in texts)


def test_the_matrix_has_no_crossing(world):
    cells = sum(
        asked_in_every_run(row, actor, method)
        for row, actor, method in product_of(URLS.values(), ACTORS, METHODS)
    )
    assert nothing_crosses(world, asked_in_every_run) == cells > 10_000


BESIDE = [actor for actor in ACTORS if actor.place in ("sibling", "child", "foreign")]


def test_control_a_reach_without_end_is_seen_as_crossings(world, monkeypatch):
    monkeypatch.setattr(
        "lms.people.rules._reach",
        lambda agency_id, day: frozenset(Agency.objects.values_list("pk", flat=True)),
    )
    routes = ["inspections/<pk>/", "certificates/<code>/file/", "certificates/", "targets/lists/people/"]
    tally = walk(world, routes, BESIDE, ["get"])
    assert {route for route in routes for cell in tally.crossings if f"/{route} by" in cell} == set(routes)


def test_control_a_door_left_open_is_seen_as_a_crossing(world, monkeypatch):
    monkeypatch.setattr("lms.people.access.may", lambda person, permission: True)
    tally = walk(world, ["people/roles/"], [Actor("learner")], ["get"])
    assert tally.crossings == ["GET /people/roles/ by learner: 200"]


def test_control_one_permission_check_switched_off_is_seen_as_a_crossing(world, monkeypatch):
    module = sys.modules["certificates.views.register"]  # its package names a view so too
    monkeypatch.setattr(module, "may_revoke", lambda person, certificate: True)
    tally = walk(world, ["certificates/<code>/revoke/"], BESIDE, ["get"])
    assert tally.crossings


def test_control_without_the_switch_the_same_cells_hold(world):
    routes = ["certificates/<code>/revoke/", "people/roles/", "inspections/<pk>/"]
    assert not walk(world, routes, [*BESIDE, Actor("learner")], ["get"]).crossings


def test_wagtail_s_admin_lets_in_authors_and_administrators_only(world):
    for actor in ACTORS:
        answer = world.browsers[actor].get("/admin/")
        may_enter = actor.role in ("author", "administrator") and actor.place != "nobody"
        assert (answer.status_code == 200) is may_enter, (str(actor), answer.status_code)


@override_settings(ROOT_URLCONF="tests.integration.authority.more_urls")
def test_control_an_address_nobody_classified_is_named():
    assert "people/backdoor/" in set(addresses()) - set(URLS)
