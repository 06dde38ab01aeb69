"""Keeping the catalogue: courses with versions, the page at /courses/, what authors may do."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from courses.models import CatalogPage, Course
from lms.base.actions import Actor, record_event

# The groups follow the roles (lms/people/roles.py): both hold courses.author.
AUTHOR_GROUPS = ("Authors", "Administrators")
SNIPPETS: dict[str, tuple[str, ...]] = {
    "course": ("add", "change", "view"),
    "exam": ("add", "change", "view"),
    "questionbank": ("add", "change", "view"),
    "question": ("add", "change", "delete", "view"),
    "content": ("add", "change", "view"),
    "library": ("view",),
}
PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILES = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}
CATALOGUE_TITLE = "Khóa học"
CATALOGUE_SLUG = "courses"


@transaction.atomic
def save_course(*, course: Course, by: Actor | None) -> Course:
    """Write a course; a change of what completions freeze makes its next version."""
    before = Course.objects.select_for_update().filter(pk=course.pk).first()
    old = _versioned(before) if before else {}
    new = _versioned(course)
    if before and old != new:
        course.version = before.version + 1
    course.save()
    action = "courses.change_course" if before else "courses.add_course"
    if old != new:
        record_event(by=by, action=action, target=course, old=old, new={**new, "version": course.version})
    return course


def _versioned(course: Course) -> dict[str, object]:
    return {field: getattr(course, field) for field in Course.VERSIONED}


@transaction.atomic
def ensure_catalogue() -> CatalogPage | None:
    """Put the catalogue under the site's home page, at /courses/; without a site there is none yet."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    home: Page = site.root_page
    catalogue: CatalogPage | None = CatalogPage.objects.first()
    if catalogue is None:
        catalogue = CatalogPage(title=CATALOGUE_TITLE, slug=CATALOGUE_SLUG, show_in_menus=True)
        home.add_child(instance=catalogue)
    elif not _is_within_a_site(catalogue):
        catalogue.move(home, pos="last-child")
        catalogue.refresh_from_db()
    return catalogue


def _is_within_a_site(page: Page) -> bool:
    roots = Site.objects.values_list("root_page__path", flat=True)
    return any(page.path.startswith(path) for path in roots)


@transaction.atomic
def ensure_author_permissions() -> None:
    """Let the groups of course authors write pages, files, courses, questions and exams."""
    # post_migrate may come before Django has made the permissions of a new room.
    for label in ("courses", "wagtailadmin", "wagtailimages", "wagtaildocs", "wagtailcore"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    for name in AUTHOR_GROUPS:
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_model_permissions())
        _allow_pages(group)
        _allow_files(group)


def _model_permissions() -> list[Permission]:
    codenames = [f"{verb}_{model}" for model, verbs in SNIPPETS.items() for verb in verbs]
    own = Permission.objects.filter(content_type__app_label="courses", codename__in=codenames)
    door = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    return [*own, *door]


def _allow_pages(group: Group) -> None:
    catalogue = CatalogPage.objects.first()
    if catalogue is None:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page_id=catalogue.pk, permission=permission)


def _allow_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    for label, codenames in FILES.items():
        for permission in Permission.objects.filter(content_type__app_label=label, codename__in=codenames):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
