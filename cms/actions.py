"""What `migrate` brings to the public face: a home page, help, navigation. Never overwrites an editor's work."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from cms.blocks import text_body
from cms.models import HomePage, SiteFrame, StandardPage
from lms.base.actions import Actor, record_event
from lms.people.actions.roles import GROUPS
from lms.people.models import Agency

FIRST_PAGES: tuple[dict[str, str], ...] = (
    {"slug": "tro-giup", "title": "Trợ giúp", "title_en": "Help", "text": "help"},
    {"slug": "gioi-thieu", "title": "Giới thiệu", "title_en": "About", "text": "about"},
)
TOP_LINKS = ({"label": "Trợ giúp", "label_en": "Help", "address": "/tro-giup/"},)
FOOT_LINKS = (
    {"label": "Giới thiệu", "label_en": "About", "address": "/gioi-thieu/"},
    {"label": "Trợ giúp", "label_en": "Help", "address": "/tro-giup/"},
    {"label": "Tra cứu giấy chứng nhận", "label_en": "Verify a certificate", "address": "/verify/"},
)
SITE_PERMISSIONS = (("wagtailadmin", "access_admin"), ("cms", "change_siteframe"))
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILE_PERMISSIONS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)


@transaction.atomic
def ensure_site() -> HomePage:
    """Make home page, site, first pages and navigation where they are missing; return the home page."""
    ContentType.objects.clear_cache()  # a flushed database numbers its content types anew
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    home = HomePage.objects.first() or _found_home()
    _point_site_at(home)
    _ensure_frame()
    return home


def _found_home() -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    home: HomePage = root.add_child(instance=HomePage(slug="trang-chu", **_home_texts()))
    for page in FIRST_PAGES:
        home.add_child(instance=StandardPage(**_page_texts(page)))
    _replace_welcome(root, home)
    return home


def _replace_welcome(root: Page, home: HomePage) -> None:
    """Take away Wagtail's own first page, which only says that Wagtail works; keep what hangs below it."""
    for welcome in root.get_children().filter(slug="home", content_type__model="page"):
        for child in welcome.get_children():
            child.move(home, pos="last-child")
        Site.objects.filter(root_page=welcome).update(root_page=home)
        welcome.refresh_from_db()
        welcome.delete()
    home.refresh_from_db()


def _home_texts() -> dict[str, Any]:
    return {
        "title": "Bồi dưỡng kỹ năng số, kiểm tra trên môi trường số",
        "title_en": "Digital skills learned, inspections run digitally",
        "introduction": (
            "Nơi cán bộ, công chức, viên chức học và được công nhận; nơi một cuộc kiểm tra đi trọn từ quyết định"
            " đến biên bản; và nơi thấy rõ, đến từng đơn vị, tỉnh đang ở đâu so với chỉ tiêu."
        ),
        "introduction_en": (
            "Where civil servants learn and are recognised; where an inspection runs whole, from its decision to its"
            " minutes; and where everybody sees, down to each unit, how far the province is from its targets."
        ),
    }


def _page_texts(page: dict[str, str]) -> dict[str, Any]:
    return {
        "slug": page["slug"],
        "title": page["title"],
        "title_en": page["title_en"],
        "body": text_body(_text(page["text"], "vi")),
        "body_en": text_body(_text(page["text"], "en")),
    }


def _text(name: str, language: str) -> str:
    with override(language):
        return render_to_string(f"cms/defaults/{name}.{language}.html").strip()


def _point_site_at(home: HomePage) -> None:
    if (
        Site.objects.filter(is_default_site=True, root_page__depth__gt=1)
        .exclude(hostname="localhost")
        .exists()
    ):
        return
    address = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": home,
        },
    )
    Site.clear_site_root_paths_cache()


def _ensure_frame() -> None:
    if SiteFrame.objects.exists():
        return
    SiteFrame.objects.create(
        top_links=[{"type": "link", "value": dict(link)} for link in TOP_LINKS],
        foot_links=[{"type": "link", "value": dict(link)} for link in FOOT_LINKS],
    )


@transaction.atomic
def name_owner(*, agency: Agency, by: Actor | None) -> None:
    """Put the agency that runs the site into the footer; the same one again changes nothing."""
    frame: SiteFrame = SiteFrame.load()
    if frame.agency_id == agency.pk:
        return
    old = {"agency": frame.agency_id}
    frame.agency = agency
    frame.save(update_fields=["agency"])
    record_event(by=by, action="cms.name_owner", target=frame, old=old, new={"agency": agency.pk})


@transaction.atomic
def ensure_editors() -> None:
    """Let administrators keep public pages, pictures, files and the frame."""
    group, _created = Group.objects.get_or_create(name=GROUPS["administrator"])
    for app, codename in SITE_PERMISSIONS:
        group.permissions.add(_permission(app, codename))
    root, files = Page.get_first_root_node(), Collection.get_first_root_node()
    for codename in PAGE_PERMISSIONS:
        permission = _permission("wagtailcore", codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for app, codename in FILE_PERMISSIONS:
        permission = _permission(app, codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
