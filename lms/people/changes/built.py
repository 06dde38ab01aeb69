"""What has been built on a change: while there is nothing, it can be undone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lms.people.changes.plan import listed
from lms.people.changes.request import Request
from lms.people.changes.words import title_of
from lms.people.models import Grant, OrganisationChange, Post
from lms.people.organisation import history
from lms.people.ports import Built, built_since


def built_on(change: OrganisationChange, drifted: int) -> list[str]:
    """Return a sentence for each thing that rests on the change; none means that it can be undone.

    `drifted` is how many of its rows have been changed by something else since.
    """
    agencies = frozenset(change.agencies.values_list("pk", flat=True))
    sentences = [
        _("“%(title)s” was carried out on it: undo that first.")
        % {"title": title_of(Request.from_json(later.request), history())}
        for later in _later_changes(change)
    ]
    if drifted:
        sentences.append(
            _("%(count)d of its rows have been changed since, by an import or a correction.")
            % {"count": drifted}
        )
    found = [
        *_own(change, agencies),
        *built_since(agencies, change.on, change.applied_at or change.prepared_at),
    ]
    if found:
        things = [f"{item.what}: {item.count}" for item in found]
        names = listed(str(agency) for agency in change.agencies.order_by("pk"))
        sentences.append(
            _("Since then there are new records at %(agencies)s: %(things)s.")
            % {"agencies": names, "things": "; ".join(things)}
        )
    return sentences


def _later_changes(change: OrganisationChange) -> list[OrganisationChange]:
    """The changes carried out after it that change, or put something under, an agency it made or changed."""
    mine = set(change.agencies.values_list("pk", flat=True))
    later = OrganisationChange.objects.filter(
        state=OrganisationChange.State.APPLIED, applied_at__gt=change.applied_at
    )
    return [
        other
        for other in later.order_by("pk").prefetch_related("agencies")
        if mine & ({agency.pk for agency in other.agencies.all()} | set(other.record.get("parents", ())))
    ]


def _own(change: OrganisationChange, agencies: frozenset[int]) -> list[Built]:
    marks = change.record["marks"]
    made = {row["pk"] for row in change.record["rows"] if row["kind"] == "post"}
    posts = Post.objects.filter(agency__in=agencies, pk__gt=marks["post"], valid_from__gte=change.on)
    grants = Grant.objects.filter(agency__in=agencies, pk__gt=marks["grant"])
    found = [
        Built(_("posts"), len(set(posts.values_list("pk", flat=True)) - made)),
        Built(_("roles"), grants.count()),
    ]
    return [item for item in found if item.count]
