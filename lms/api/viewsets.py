"""Three resources under the same authority as the pages: agencies, figures, my certificates."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from certificates.models import Certificate
from lms.api.serializers import (
    AgencySerializer,
    CertificateSerializer,
    DaySerializer,
    FiguresSerializer,
    QuestionSerializer,
)
from lms.base.dates import today
from lms.people.models import Person
from lms.people.organisation import Organisation
from lms.reports.rules import may_see_figures
from lms.targets.figures import BadQuestion, Question, ask, figures


class AgencyViewSet(GenericViewSet):
    """The agencies of a day, as a tree by parent code."""

    serializer_class = AgencySerializer
    lookup_value_regex = "[^/]+"

    @extend_schema(parameters=[DaySerializer], responses=AgencySerializer(many=True))
    def list(self, request: Request) -> Response:
        """List the agencies of the day, each after the one above it."""
        tree = _tree(request)
        page = self.paginate_queryset(cast("Any", _walk(tree)))
        return self.get_paginated_response([_agency(tree, pk) for pk in page or []])

    @extend_schema(
        parameters=[DaySerializer, OpenApiParameter("id", OpenApiTypes.STR, OpenApiParameter.PATH)],
        responses=AgencySerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return the agency that bears the code on the day."""
        tree = _tree(request)
        found = tree.by_code(pk)
        if found is None:
            raise Http404(_("No agency bears the code “%(code)s” on that day.") % {"code": pk})
        return Response(_agency(tree, found))


def _tree(request: Request) -> Organisation:
    asked = DaySerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return Organisation.on(asked.validated_data.get("on") or today())


def _walk(tree: Organisation) -> list[int]:
    order: list[int] = []
    waiting = tree.roots()[::-1]
    while waiting:
        order.append(waiting.pop())
        waiting.extend(tree.children(order[-1])[::-1])
    return order


def _agency(tree: Organisation, pk: int) -> dict[str, Any]:
    parent = tree.parent(pk)
    return {
        "code": tree.code(pk),
        "name": tree.name(pk),
        "level": tree.level(pk),
        "parent_code": tree.code(parent) if parent else None,
        "place_name": tree.place_name(pk),
    }


class FiguresView(APIView):
    """The three figures of a day and scope."""

    @extend_schema(parameters=[QuestionSerializer], responses=FiguresSerializer)
    def get(self, request: Request) -> Response:
        """Answer as `manage.py indicators` does, to whom the pages would show it."""
        question = _question(request)
        if not may_see_figures(request.user, question):
            raise PermissionDenied(_("Your roles do not reach the figures of this agency."))
        return Response(figures(question).as_json())


def _question(request: Request) -> Question:
    asked = QuestionSerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    given: dict[str, Any] = asked.validated_data
    renamed = {"agency": "codes", "from": "start", "to": "end"}
    try:
        return ask(**{renamed.get(name, name): value for name, value in given.items()})
    except BadQuestion as problem:
        raise ValidationError({"detail": str(problem)}) from problem


class MyCertificatesView(ListAPIView):
    """One's own certificates, the latest first."""

    serializer_class = CertificateSerializer
    queryset = Certificate.objects.none()

    def get_queryset(self) -> Any:
        """Return those of the one who asks, under their duplicate records too."""
        if getattr(self, "swagger_fake_view", False):
            return Certificate.objects.none()
        return Certificate.objects.of(cast("Person", self.request.user)).shown().with_standing()
