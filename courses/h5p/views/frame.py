"""The frame's own addresses. Each carries a token; no cookie is read, set or needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from courses.h5p import actions, store, tokens, xapi
from courses.h5p.dependencies import libraries_for
from courses.h5p.models import Library, Play
from courses.h5p.package import LibraryName
from courses.h5p.player import Player
from courses.h5p.rules import may_play
from courses.h5p.serving import file_response, is_served, open_to_frames

_FOLDER = re.compile(r"([A-Za-z0-9_.-]{1,255})-(\d{1,9})\.(\d{1,9})")
_Answer = Callable[..., HttpResponseBase]


def _for_bearer(method: str) -> Callable[[_Answer], _Answer]:
    """Let in who carries a valid token for a play that still may go on, and answer the preflight."""

    def guard(view: _Answer) -> _Answer:
        @csrf_exempt  # no cookie is used, so nobody's cookie can be abused
        @xframe_options_exempt  # the policy's frame-ancestors says who may frame
        @wraps(view)
        def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return open_to_frames(HttpResponse(status=204))
            if request.method not in (method, "HEAD" if method == "GET" else method):
                return open_to_frames(_refusal(_("Not allowed."), 405))
            play = _play_of(token)
            if play is None:
                return open_to_frames(_refusal(_("This address is no longer valid. Reload the page."), 403))
            return open_to_frames(view(request, play, token, *args, **kwargs))

        return guarded

    return guard


def _play_of(token: str) -> Play | None:
    """Return the play a token speaks for, everything it was bound to checked against today's rows."""
    bearer = tokens.read(token)
    if bearer is None:
        return None
    play = Play.objects.with_content().filter(key=bearer.play).first()
    if play is None or (play.person_id, play.content_id, play.content_sha256) != (
        bearer.person,
        bearer.content,
        bearer.content_sha256,
    ):
        return None
    replaced = play.content.sha256 != play.content_sha256
    return None if replaced or not may_play(play) else play


def _refusal(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status)


@_for_bearer("GET")
def embed(request: HttpRequest, play: Play, token: str) -> HttpResponseBase:
    """Show the page inside the frame."""
    origin = settings.CONTENT_ORIGIN.rstrip("/") or f"{request.scheme}://{request.get_host()}"
    player = Player(play, token, origin, libraries_for(play.content))
    response = render(request, "courses/h5p/embed.html", {"player": player, "settings": player.settings()})
    response["Content-Security-Policy"] = player.policy()
    response["Cache-Control"] = "no-store"
    return response


@_for_bearer("GET")
def library_file(request: HttpRequest, play: Play, token: str, folder: str, path: str) -> HttpResponseBase:
    """Serve a file of an approved library."""
    named = _FOLDER.fullmatch(folder)
    if not named:
        raise Http404
    name = LibraryName(named[1], int(named[2]), int(named[3]))
    library = Library.objects.approved().named(name).defer("semantics", "manifest").first()
    if library is None or path not in library.files or not is_served(path):
        raise Http404
    return file_response(request, store.open_file(library.folder, path), library.files[path][0], path)


@_for_bearer("GET")
def content_file(request: HttpRequest, play: Play, token: str, path: str) -> HttpResponseBase:
    """Serve a file of the play's own content."""
    content = play.content
    if path not in content.files or not is_served(path):
        raise Http404
    return file_response(request, store.open_file(content.folder, path), content.files[path][0], path)


def core_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve H5P's own core, which is the same for everybody; its fonts need an answer to a null origin."""
    root = settings.ASSETS_DIR / "h5p"
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file() or not is_served(path):
        raise Http404
    return open_to_frames(file_response(request, file.open("rb"), file.stat().st_size, path))


@_for_bearer("POST")
def state(request: HttpRequest, play: Play, token: str) -> HttpResponse:
    """Keep the state to resume from."""
    try:
        actions.save_state(play=play, state=request.body.decode(), by=play.person)
    except (UnicodeDecodeError, ValueError) as error:
        return _refusal(str(error), 400)
    return HttpResponse(status=204)


@_for_bearer("POST")
def statements(request: HttpRequest, play: Play, token: str) -> HttpResponse:
    """Store one xAPI statement."""
    try:
        reported = xapi.read_statement(request.body)
        statement = actions.record_statement(play=play, reported=reported, by=play.person)
    except xapi.StatementRefused as error:
        return _refusal(str(error), 400)
    except actions.SameIdOtherStatement:
        return _refusal(_("Another statement already has this id; both are kept."), 409)
    return JsonResponse({"id": str(statement.identifier), "score_source": statement.score_source})
