"""What rests on a post: completions keep the agency and position of their day, without a foreign key to the post.

And what rests on a completion that a file corrected: on one that a file brought in, foreign keys say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courses.models import Completion, Decision, Revocation
from lms.base.importing import Entry, depends_on
from lms.people.importing.lookups import in_chunks
from lms.people.models import Post


@depends_on("people.Post")
def completions_on_posts(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """Yield the posts on whose agency a completion written since rests."""
    for chunk in in_chunks({entry.pk for entry in entries}):
        posts = list(Post.objects.filter(pk__in=chunk).only("pk", "person", "agency"))
        written = Completion.objects.filter(
            person__in={post.person_id for post in posts}, created_at__gte=since
        ).values_list("person_id", "agency_id", "course_name", "completed_on")
        resting = {(person, agency): (name, on) for person, agency, name, on in written}
        for post in posts:
            if found := resting.get((post.person_id, post.agency_id)):
                name, on = found
                yield (
                    post.pk,
                    _("the completion of “%(course)s” on %(day)s rests on it")
                    % {
                        "course": name,
                        "day": on.strftime("%d/%m/%Y"),
                    },
                )


@depends_on("courses.Completion")
def decided_on_completions(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """Yield the corrected completions that somebody has decided on, or withdrawn, since."""
    for chunk in in_chunks({entry.pk for entry in entries if entry.kind == "changed"}):
        decided = Decision.objects.filter(completion__in=chunk, decided_at__gte=since)
        for pk in decided.values_list("completion", flat=True):
            yield pk, _("it was decided on since")


@depends_on("courses.Revocation")
def withdrawn_otherwise(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """Yield the withdrawals taken out by the import whose completion has been withdrawn anew since."""
    gone = {(entry.before or {})["completion_id"]: entry.pk for entry in entries if entry.kind == "deleted"}
    made = {entry.pk for entry in entries if entry.kind == "made"}
    for chunk in in_chunks(gone):
        anew = Revocation.objects.filter(completion__in=chunk).exclude(pk__in=made)
        for revocation in anew.select_related("completion"):
            words = {"completion": revocation.completion}
            yield gone[revocation.completion_id], _("“%(completion)s” was withdrawn anew since") % words
