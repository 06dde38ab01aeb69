"""What every type of question can do, and reading its content from JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, Protocol, Self
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.utils.translation import gettext as _

from courses.questions.workbook import Workbook
from lms.base.vietnamese import nfc

Json = dict[str, Any]
Uploads = Mapping[str, Workbook]
NO_UPLOADS: Uploads = {}
NOTHING, EVERYTHING = Fraction(0), Fraction(1)
MAX_ITEMS = 50
MAX_WORDS = 2_000


class Malformed(ValueError):
    """The JSON is no content of this type; the message says why."""


class Posted(Protocol):
    """What a plain form sent: one or several values under a name."""

    def get(self, name: str, default: str, /) -> str:
        """Return the last value under a name."""

    def getlist(self, name: str, /) -> list[str]:
        """Return all values under a name."""


class Content(ABC):
    """The content of one type of question, its key included."""

    kinds: ClassVar[tuple[str, ...]]
    kind: str

    @classmethod
    @abstractmethod
    def from_json(cls, kind: str, data: Json) -> Self:
        """Read the content; raise Malformed for what is none."""

    @abstractmethod
    def to_json(self) -> Json:
        """Return the content as it is stored."""

    @abstractmethod
    def problems(self) -> Iterator[str]:
        """Say in sentences what an author still has to mend."""

    @abstractmethod
    def shown(self, rng: Random) -> Json:
        """Return what a learner may see, in the order of one attempt; nothing of the key."""

    @abstractmethod
    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the credit a response earns, from 0 to 1."""

    @abstractmethod
    def key(self) -> Json:
        """Return the response that earns everything."""

    @staticmethod
    @abstractmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Say why a response does not fit what was shown, or None where it does."""

    @staticmethod
    @abstractmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read the response out of a plain form, whose fields begin with `name`; {} where there is none."""


def member(data: Any, name: str, kind: type, default: Any) -> Any:
    """Return a member of an object, of one JSON type; raise Malformed for another type."""
    if not isinstance(data, dict):
        raise Malformed(_("The content is not an object."))
    value = data.get(name, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Malformed(_("“%(name)s” cannot be read.") % {"name": name})
    return value


def words(data: Any, name: str) -> str:
    """Return a text in one Unicode form, without blanks around it."""
    return nfc(member(data, name, str, "")).strip()


def flag(data: Any, name: str) -> bool:
    """Return a yes or no."""
    return bool(member(data, name, bool, False))


def rows(data: Any, name: str) -> list[Any]:
    """Return a list; raise Malformed for one longer than any question needs."""
    found: list[Any] = member(data, name, list, [])
    if len(found) > MAX_ITEMS:
        raise Malformed(
            _("“%(name)s” holds more than %(limit)s entries.") % {"name": name, "limit": MAX_ITEMS}
        )
    return found


def texts(data: Any, name: str) -> list[str]:
    """Return a list of texts."""
    found = rows(data, name)
    if not all(isinstance(one, str) for one in found):
        raise Malformed(_("“%(name)s” cannot be read.") % {"name": name})
    return [nfc(one).strip() for one in found]


def opaque(data: Any) -> str:
    """Return the key of an entry: a UUID, so that it tells nothing of place or truth. A missing one is made."""
    given = member(data, "key", str, "")
    if not given:
        return str(uuid4())
    try:
        return str(UUID(given))
    except ValueError:
        raise Malformed(_("The key of an entry must be a UUID.")) from None


def key_for(text: str) -> str:
    """Return the key of an entry an author writes: the same words keep it, and it tells nothing of place or truth."""
    return str(uuid5(NAMESPACE_OID, nfc(text)))


def one_of(data: Any, name: str, allowed: tuple[str, ...]) -> str:
    """Return one of a few words, the first where none is given."""
    value: str = member(data, name, str, allowed[0])
    if value not in allowed:
        raise Malformed(
            _("“%(name)s” must be one of: %(allowed)s.") % {"name": name, "allowed": ", ".join(allowed)}
        )
    return value


def repeated(entries: list[str]) -> list[str]:
    """Return the texts that stand more than once."""
    return sorted({one for one in entries if entries.count(one) > 1})


def only(response: Json, *names: str) -> bool:
    """Say whether a response has no member but these."""
    return set(response) <= set(names)


def said(response: Json, name: str) -> str:
    """Return a text of a response, "" where there is none."""
    value = response.get(name, "")
    return value if isinstance(value, str) else ""


def mapping(response: Json, name: str) -> dict[str, Any]:
    """Return an object of a response, {} where there is none."""
    value = response.get(name, {})
    return value if isinstance(value, dict) else {}


def unreadable() -> str:
    """Say that a response has another shape than its question asks for."""
    return _("The answer could not be read; it was not saved.")
