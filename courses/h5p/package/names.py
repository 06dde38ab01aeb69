"""Names of a package's entries: refused when they could mean another place than they say."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from courses.h5p.package.limits import MAX_NAME_BYTES
from courses.h5p.package.refusal import PackageRefused

_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def check_name(name: str) -> None:
    """Refuse a name that is absolute, climbs, hides or cannot be stored everywhere."""
    shown = name.encode("unicode_escape").decode("ascii")[:120] if _CONTROL.search(name) else name[:120]
    if _CONTROL.search(name):
        raise PackageRefused(_("The file name “%(name)s” holds a control character.") % {"name": shown})
    if "\\" in name:
        raise PackageRefused(_("The file name “%(name)s” holds a backslash.") % {"name": shown})
    if name.startswith("/") or _DRIVE.match(name):
        raise PackageRefused(_("The file name “%(name)s” is an absolute path.") % {"name": shown})
    parts = name.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise PackageRefused(_("The file name “%(name)s” leads outside its folder.") % {"name": shown})
    if any(len(part.encode()) > MAX_NAME_BYTES for part in parts) or len(name.encode()) > 4 * MAX_NAME_BYTES:
        raise PackageRefused(_("The file name “%(name)s” is too long.") % {"name": shown})


def check_distinct(names: Iterable[str]) -> None:
    """Refuse two names that are one file where case or Unicode form is not told apart."""
    seen: dict[str, str] = {}
    for name in names:
        key = unicodedata.normalize("NFC", name.removesuffix("/")).casefold()
        if key in seen:
            raise PackageRefused(
                _("The file names “%(one)s” and “%(other)s” are the same but for upper and lower case.")
                % {"one": seen[key][:120], "other": name[:120]}
            )
        seen[key] = name


def is_skipped(name: str) -> bool:
    """Whether H5P's own validator passes over the entry: a part starting with a dot or underscore."""
    return any(part.startswith((".", "_")) for part in name.split("/"))


def extension(name: str) -> str:
    """Return the lower-case extension without its dot, or nothing."""
    last = name.rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[1].lower() if "." in last else ""
