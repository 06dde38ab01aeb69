"""A personal or case row is read for somebody or for a stated reason: asked of every model that holds such rows."""

import pytest
from django.apps import apps
from django.db import models
from wagtail.models import Page

from lms.people.models import Person
from lms.people.queries import ScopedManager, ScopeMissing
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db

OURS = ("lms", "courses", "certificates", "inspections", "cms")
SCOPED = [
    model
    for model in apps.get_models()
    if any(isinstance(manager, ScopedManager) for manager in model._meta.managers)
]
# Rows about one person that are only ever read through that person, or through a row that is scoped itself.
THROUGH_THEIR_PERSON = {
    "people.ErasureProposal": "read through the person",
    "people.AccessEvent": "who looked at a record: read through the person or the reader",
    "people.DistinctPair": "two records said to be two people: read through them",
    "people.Grant": "the administrator's list of roles, no personal fact",
    "people.Leave": "read through the person",
    "people.Merger": "read through the persons",
    "courses.Enrolment": "read through the learner, or by who examines the course",
    "courses.ExtraAttempts": "read through the enrolment",
    "courses.ExtraTime": "read through the enrolment",
    "courses.IntegrityFlag": "read through the attempt",
    "courses.Reopening": "read through the attempt",
    "courses.Resit": "read through the attempt",
    "courses.Revocation": "read through the completion",
    "courses.Decision": "read through the completion; names who decided",
    "courses.Play": "read through the learner",
    "courses.Content": "an activity; names who brought it",
    "courses.Library": "a library; names who approved it",
    "courses.Question": "a question of a bank; names who wrote and who reviewed it",
    "inspections.Announcement": "read through the case",
    "inspections.ChecklistConflict": "read through the case",
    "inspections.ResultDocument": "read through the case",
    "inspections.TeamMember": "read through the case",
    "inspections.Decision": "read through the case",
    "inspections.ChecklistRecord": "read through the case",
    "inspections.Evidence": "read through the case",
    "inspections.Minutes": "read through the case",
    "inspections.TransitionEntry": "read through the case",
    "inspections.FormerMember": "read through the case",
    "inspections.WorkPlan": "read through the case",
    "inspections.PaperSignature": "read through the document of the case",
    "inspections.DocumentRequest": "read through the case",
    "inspections.ReceivedFile": "read through the case, by the party through its subject",
    "inspections.PartyAccess": "read through the case",
    "inspections.ShownMinutes": "read through the case",
    "notices.Notice": "read by the person it was told to",
    "notices.Preference": "kept by the person themselves",
    "inspections.PlanVersion": "read through the plan",
    "inspections.PlanLine": "read through the plan",
    "inspections.PlanEntry": "read through the plan",
    "inspections.SkippedLine": "read through the plan",
    "inspections.SigningImage": "one's own, and the seals of the agencies whose registry one keeps",
    "inspections.WordTemplate": "holds no case: who added a template, seen by administrators",
    "inspections.DrawnSignature": "read through the minutes of the case",
    "inspections.KindVersion": "holds no case: who published a kind, seen by administrators",
    "certificates.Spoilt": "read through the certificate",
    "certificates.RegisterYear": "a closed book; names who closed it",
    "certificates.TemplateVersion": "a template; names who published it",
    "inspections.RemedyEntry": "read through the case",
    "inspections.RemedyEvidence": "read through the case",
    "followup.Assignment": "read through the finding's case, or by whoever was asked to learn",
    "followup.NationalFile": "read by the one who asked for it",
}


def names_a_person(model):
    return any(
        isinstance(field, models.ForeignKey) and field.related_model is Person
        for field in model._meta.get_fields()
    )


def test_every_model_of_ours_that_names_a_person_is_scoped_or_says_why_not():
    ours = [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and not issubclass(model, Page)  # Wagtail's own privacy
    ]
    bare = {model._meta.label for model in ours if names_a_person(model) and model not in SCOPED}
    assert bare - set(THROUGH_THEIR_PERSON) == set(), (
        "Give the model a ScopedManager, or one line in THROUGH_THEIR_PERSON that says through what it is read."
    )


def test_nothing_is_excused_that_needs_no_excuse():
    bare = {model._meta.label for model in apps.get_models() if names_a_person(model) and model not in SCOPED}
    assert set(THROUGH_THEIR_PERSON) <= bare


def test_personal_and_case_rows_are_scoped():
    assert {
        "people.Person",
        "people.Post",
        "people.Approval",
        "certificates.Certificate",
        "inspections.Inspection",
        "inspections.YearOverride",
    } <= {model._meta.label for model in SCOPED}


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("read", ["all", "count", "first", "exists"])
def test_reading_without_a_scope_raises(model, read):
    with pytest.raises(ScopeMissing):
        getattr(model.scoped, read)()
    with pytest.raises(ScopeMissing):
        model.scoped.filter(pk=1)


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_a_scope_that_reaches_nothing_reads_nothing_and_a_stated_reason_reads_all(model):
    unit = agency("SNV")
    person(agency=unit)
    nobody = person()
    assert not model.scoped.for_person(nobody, "people.view").exists()
    model.scoped.unscoped(reason="test").count()
