"""Planning the posts of a staff file, beside the known posts of the same people."""

from __future__ import annotations

from datetime import date

from lms.base.importing import Row, last_of_each
from lms.people.importing.described import Fact
from lms.people.importing.duplicates import Families
from lms.people.importing.full_list import FullList
from lms.people.importing.lookups import in_chunks
from lms.people.importing.staff_checks import has_post
from lms.people.importing.staff_plan import Ended, StaffPlan
from lms.people.importing.thresholds import leaving
from lms.people.importing.timelines import Held, check_timelines
from lms.people.models import Person, Post
from lms.people.organisation import History


def plan_posts(
    rows: list[Row], persons: dict[str, Person], families: Families, history: History, plan: StaffPlan
) -> None:
    """Plan what the rows say of posts, and what follows for the known ones."""
    old_posts = _posts_of({person.pk: person for person in families.everybody() if person.pk})
    held = _held(rows, old_posts, persons)
    unnamed = plan.full.end_unnamed(held, families.heads) if plan.full else []
    check_timelines(held, families.heads, history)
    plan.leaving = leaving(held, families.heads)
    for item in held:
        row = item.row
        if row is None:
            _plan_closing(item, plan)
        elif not row.refused:
            _plan_post(item, row, persons[row["person_id"]], plan)
    if plan.full is not None:
        named = {person.pk for person in families.everybody() if person.pk}
        _plan_endings(plan, plan.full, unnamed, named)


def _posts_of(persons: dict[int, Person]) -> list[Post]:
    posts: list[Post] = []
    for chunk in in_chunks(persons):
        posts.extend(Post.objects.filter(person__in=chunk))
    for post in posts:
        post.person = persons[post.person_id]
    return posts


def _held(rows: list[Row], old_posts: list[Post], persons: dict[str, Person]) -> list[Held]:
    known = {(post.person.code, post.agency_id, post.valid_from): post for post in old_posts}
    held: list[Held] = []
    for row in last_of_each(filter(_is_placed, rows), _post_key, "post_from"):
        post = known.pop(_post_key(row), None)
        item = Held(
            person_code=row["person_id"],
            agency_id=row["agency_id"],
            start=row["post_from"],
            end=row.said("post_to", post.valid_to if post else None),
            primary=row.said("primary", post.is_primary if post else True),
            row=row,
            post=post,
        )
        held.append(item)
    for post in known.values():
        item = Held(
            post.person.code, post.agency_id, post.valid_from, post.valid_to, post.is_primary, None, post
        )
        held.append(item)
    return held


def _is_placed(row: Row) -> bool:
    return has_post(row) and row.values.get("agency_id") is not None


def _post_key(row: Row) -> tuple[str, int, date]:
    return (row["person_id"], row["agency_id"], row["post_from"])


def _plan_closing(item: Held, plan: StaffPlan) -> None:
    """A known post that a new row's post, begun on the day its agency ended, brings to its end."""
    if item.post is not None and item.post.valid_to != item.end:
        plan.changed_posts.append((item.post, {"valid_to": item.post.valid_to}))
        item.post.valid_to = item.end


def _plan_endings(plan: StaffPlan, full: FullList, unnamed: list[Held], named: set[int]) -> None:
    """Note what the full list ends: posts of its own people (ended above), and of those it does not name at all."""
    old_ends = {post.pk: old["valid_to"] for post, old in plan.changed_posts if "valid_to" in old}
    plan.ended = [Ended(item.post, old_ends[item.post.pk]) for item in unnamed if item.post is not None]
    for post in full.posts_of_others(named):
        plan.ended.append(Ended(post, post.valid_to))
        plan.changed_posts.append((post, {"valid_to": post.valid_to}))
        post.valid_to = full.on


def _plan_post(item: Held, row: Row, person: Person, plan: StaffPlan) -> None:
    post = item.post
    new = {
        "category": row["category"],
        "position": row.said("position", post.position if post else "") or "",
        "rank": row.said("rank", post.rank if post else "") or "",
        "is_primary": item.primary,
        "valid_to": item.end,
    }
    if post is None:
        fresh = Post(agency_id=item.agency_id, valid_from=item.start, **new)
        plan.new_posts.append((person, fresh))
        row.values["effect"] = "added"
        plan.note(row, Fact(fresh))
        return
    old = {name: getattr(post, name) for name in new if getattr(post, name) != new[name]}
    if old:
        for name in old:
            setattr(post, name, new[name])
        plan.changed_posts.append((post, old))
        row.values["effect"] = "changed"
        plan.note(row, Fact(post, old))
