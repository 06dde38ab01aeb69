"""What each kind of change asks, and the request it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.changes.request import Founding, Request
from lms.people.forms.organisation import Choice, Kind, tree_choices
from lms.people.models import Agency
from lms.people.organisation import Organisation
from lms.people.rules import Scope

NEW, NOBODY = "new", "top"
UNSAID = ("", "—")  # nobody becomes a province because a select was overlooked


class ChangeForm(forms.Form):
    """What every change has: its decree. Subclasses add the rest and turn it into a request."""

    decree = forms.CharField(
        label=gettext_lazy("Decree"),
        max_length=200,
        help_text=gettext_lazy(
            "Number, kind and day of the document, such as “NQ 1663/NQ-UBTVQH15 (16/06/2025)”."
        ),
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        on: date,
        tree: Organisation,
        scope: Scope,
        agency: int | None,
        parts: int = 2,
    ) -> None:
        super().__init__(*args)
        self.parts = range(1, parts + 1)
        self.kind, self.on, self.tree, self.agency = kind, on, tree, agency
        self.places: list[Choice] = list(tree_choices(tree, scope))
        if scope.everything:
            self.places.insert(0, (NOBODY, str(_("Nobody: it stands at the top"))))
        self.add_fields()

    def add_fields(self) -> None:
        """Add the fields whose choices come from the day's tree."""

    def choose(self, name: str, label: Any, choices: Iterable[Choice], **more: Any) -> None:
        """Add a select."""
        self.fields[name] = forms.ChoiceField(label=label, choices=list(choices), **more)

    def request(self) -> Request:
        """Return what is asked for."""
        return Request(
            kind=self.kind,
            on=self.on,
            decree=self.cleaned_data["decree"].strip(),
            agencies=(self.agency,) if self.agency else (),
            **self.details(),
        )

    def details(self) -> dict[str, Any]:
        """Return what this kind of change says beyond agency, day and decree."""
        return {}

    def place(self, name: str) -> int | None:
        """Return the agency chosen in a select, None for nobody."""
        chosen = self.cleaned_data.get(name, "")
        return int(chosen) if chosen and chosen != NOBODY else None


class MergeForm(ChangeForm):
    """Which agencies merge, and into which."""

    def add_fields(self) -> None:
        """Offer every agency of the day, and a new one."""
        agencies = [choice for choice in self.places if choice[0] != NOBODY]
        self.fields["agencies"] = forms.MultipleChoiceField(
            label=_("Agencies that end"), choices=agencies, widget=forms.CheckboxSelectMultiple
        )
        if self.agency:
            self.fields["agencies"].initial = [str(self.agency)]
        self.choose("successor", _("They merge into"), [(NEW, _("a new agency")), *agencies], initial=NEW)
        for field in _founding_fields(self.places):
            self.fields[field[0]] = field[1]

    def clean(self) -> dict[str, Any]:
        """Ask for the new agency's name and code where there is one."""
        data = super().clean() or {}
        if data.get("successor") == NEW:
            for name in ("new_name", "new_code", "new_parent"):
                if not data.get(name):
                    self.add_error(name, _("A new agency needs it."))
        return data

    def request(self) -> Request:
        """Return the merger."""
        data = self.cleaned_data
        is_new = data["successor"] == NEW
        founded = (
            Founding(
                data["new_code"],
                data["new_name"],
                data["new_level"],
                data["new_kind"],
                data["new_place"],
                self.place("new_parent"),
            ),
        )
        return Request(
            Kind.MERGE,
            self.on,
            data["decree"].strip(),
            tuple(int(pk) for pk in data["agencies"]),
            founded=founded if is_new else (),
            successors=(-1,) if is_new else (int(data["successor"]),),
        )


def _founding_fields(places: list[Choice]) -> list[tuple[str, forms.Field]]:
    return [
        ("new_name", forms.CharField(label=_("Name of the new agency"), max_length=250, required=False)),
        ("new_code", forms.CharField(label=_("Code of the new agency"), max_length=40, required=False)),
        ("new_level", forms.ChoiceField(label=_("Level"), choices=Agency.Level.choices)),
        ("new_kind", forms.CharField(label=_("Kind"), max_length=60, required=False)),
        ("new_place", forms.CharField(label=_("Place name on documents"), max_length=120, required=False)),
        (
            "new_parent",
            forms.ChoiceField(label=_("It stands under"), choices=[UNSAID, *places], required=False),
        ),
    ]


class ChildrenMixin(ChangeForm):
    """Asks for each agency below an ended one under whom it goes."""

    def successor_choices(self) -> list[Choice]:
        """Return the agencies that the decree itself names."""
        return []

    def add_children(self) -> None:
        """Add a select for each agency directly below."""
        below = self.tree.children(self.agency) if self.agency else []
        for child in below:
            label = _("“%(name)s” goes under") % {"name": self.tree.name(child)}
            choices = [UNSAID, *self.successor_choices(), *self.places]
            initial = "" if self.successor_choices() else str(self.tree.parent(self.agency or 0) or "")
            self.choose(f"child_{child}", label, choices, initial=initial)

    def children(self, successors: Mapping[int, int]) -> dict[int, int | None]:
        """Return where each goes; “part:2” is the second successor of the form."""
        found: dict[int, int | None] = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("child_"):
                part = value.removeprefix("part:")
                found[int(name.removeprefix("child_"))] = (
                    successors[int(part)] if part != value else self.place(name)
                )
        return found


class AbolishForm(ChildrenMixin):
    """An agency ends and nobody goes on for it."""

    def add_fields(self) -> None:
        """Ask about the agencies below."""
        self.add_children()

    def details(self) -> dict[str, Any]:
        """Return where the agencies below go."""
        return {"children": self.children({})}


class SplitForm(ChildrenMixin):
    """Into which agencies one is split; its staff follows by a list."""

    def successor_choices(self) -> list[Choice]:
        """Name the successors by their number: the new ones have no other yet."""
        return [(f"part:{n}", _("successor %(number)d") % {"number": n}) for n in self.parts]

    def add_fields(self) -> None:
        """Offer each successor as a new agency or one that stands."""
        agencies = [(NEW, _("a new agency")), *(choice for choice in self.places if choice[0] != NOBODY)]
        for number in self.parts:
            self.choose(f"part_{number}", _("Successor %(number)d") % {"number": number}, agencies)
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Name, where it is new"), max_length=250, required=False
            )
            self.fields[f"code_{number}"] = forms.CharField(
                label=_("Code, where it is new"), max_length=40, required=False
            )
        self.add_children()

    def clean(self) -> dict[str, Any]:
        """Ask for the names and codes of new successors."""
        data = super().clean() or {}
        for number in self.parts:
            if data.get(f"part_{number}") == NEW:
                for name in (f"name_{number}", f"code_{number}"):
                    if not data.get(name):
                        self.add_error(name, _("A new agency needs it."))
        return data

    def details(self) -> dict[str, Any]:
        """Return the successors: new ones get level, kind, place and parent of the agency that is split."""
        successors: dict[int, int] = {}
        founded: list[Founding] = []
        for number in self.parts:
            chosen = self.cleaned_data[f"part_{number}"]
            if chosen == NEW:
                founded.append(
                    self._founding(self.cleaned_data[f"name_{number}"], self.cleaned_data[f"code_{number}"])
                )
            successors[number] = -len(founded) if chosen == NEW else int(chosen)
        return {
            "successors": tuple(successors.values()),
            "founded": tuple(founded),
            "children": self.children(successors),
        }

    def _founding(self, name: str, code: str) -> Founding:
        old = Agency.objects.get(pk=self.agency or 0)
        place = self.tree.place_name(old.pk)
        return Founding(code, name, old.level, old.kind, place, self.tree.parent(old.pk))


class RenameForm(ChangeForm):
    """What the agency is called from the day; what is left as it is does not change."""

    def add_fields(self) -> None:
        """Start from the names of the day."""
        agency = self.agency or 0
        for name, label, limit, value in (
            ("name", _("New name"), 250, self.tree.name(agency)),
            ("code", _("New code"), 40, self.tree.code(agency)),
            ("place_name", _("Place name on documents"), 120, self.tree.place_name(agency)),
        ):
            self.fields[name] = forms.CharField(
                label=label, max_length=limit, required=name != "place_name", initial=value
            )

    def details(self) -> dict[str, Any]:
        """Return the names."""
        return {name: self.cleaned_data[name].strip() for name in ("name", "code", "place_name")}


class MoveForm(ChangeForm):
    """Under whom the agency stands from the day."""

    def add_fields(self) -> None:
        """Offer every agency of the day."""
        self.choose("parent", _("It stands under"), [UNSAID, *self.places])

    def details(self) -> dict[str, Any]:
        """Return the parent."""
        return {"parent_id": self.place("parent")}


CHANGE_FORMS: dict[str, type[ChangeForm]] = {
    Kind.MERGE: MergeForm,
    Kind.SPLIT: SplitForm,
    Kind.RENAME: RenameForm,
    Kind.MOVE: MoveForm,
    Kind.ABOLISH: AbolishForm,
}
