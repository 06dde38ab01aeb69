"""Every personal field is classified; the page says so in words."""

import re

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from lms.people import personal_data
from lms.people.models import Person
from lms.people.personal_data import KINDS, LEARNING, declaration_of, declared_labels
from tests.factories.people import person, sign_in

OURS = ("lms", "courses", "certificates", "inspections", "cms")
# Names of fields that hold a person without a key to them.
COPIES = re.compile(
    r"person|signer|actor|birth|reader_|_by(_id|_name)?$|representative|witness|gender|salutation"
)


def _ours(model):
    return model.__module__.split(".")[0] in OURS


def _is_about_people(model):
    fields = model._meta.local_concrete_fields
    return model is Person or any(
        field.related_model is Person or (_ours(model) and COPIES.search(field.name)) for field in fields
    )


def _holds_learning(model):
    said = declaration_of(model._meta.label)
    return said is not None and any(
        said.fields.get(field.name) is LEARNING and field.related_model is Person
        for field in model._meta.local_concrete_fields
    )


def models_about_people():
    """Return the models with a key to a person or a copy of one, and what rests on how somebody learns."""
    every = list(apps.get_models(include_auto_created=True))
    found = {model for model in every if _is_about_people(model)}
    learning = {model for model in found if _holds_learning(model)}
    while True:
        more = {
            model
            for model in set(every) - learning
            if _ours(model)
            and any(field.related_model in learning for field in model._meta.local_concrete_fields)
        }
        if not more:
            return found | learning
        learning |= more


def unclassified(models):
    """Return what nobody has declared: models, and fields of ours."""
    missing = []
    for model in models:
        said = declaration_of(model._meta.label)
        if said is None:
            missing.append(model._meta.label)
        elif said.whole is None:
            names = {field.name for field in model._meta.local_concrete_fields}
            missing += [f"{model._meta.label}.{name}" for name in names - set(said.fields)]
            missing += [f"{model._meta.label}.{name} (gone)" for name in set(said.fields) - names]
        elif _ours(model) and not model._meta.auto_created:
            missing.append(f"{model._meta.label}: ours, so each field is declared")
    return missing


def test_every_field_about_people_is_classified():
    models = models_about_people()
    assert len(models) > 40
    assert unclassified(models) == []


def test_a_new_field_fails_until_it_is_classified(monkeypatch):
    fields = dict(declaration_of("people.Person").fields)
    del fields["birth_date"]
    monkeypatch.setattr(declaration_of("people.Person"), "fields", fields)
    assert unclassified([Person]) == ["people.Person.birth_date"]


def test_a_new_model_fails_until_it_is_classified(monkeypatch):
    monkeypatch.delitem(personal_data._declared, "people.Leave")
    assert "people.Leave" in unclassified(models_about_people())


def test_what_is_declared_exists():
    for label in declared_labels():
        apps.get_model(label)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_says_purpose_basis_readers_and_retention(language):
    with translation.override(language):
        for kind in KINDS:
            assert all(
                str(part).strip() for part in (kind.name, kind.purpose, kind.basis, kind.seen_by, kind.kept)
            )


@pytest.mark.django_db
def test_the_page_says_it_in_words(client):
    answer = sign_in(client, person()).get(reverse("purposes"))
    shown = answer.content.decode()
    assert answer.status_code == 200
    for kind in KINDS:
        assert f"kind-{kind.code}" in shown
