"""In whose name a document is signed: TM., KT., TL., TUQ. (NĐ 30/2020/NĐ-CP, Điều 13; Phụ lục I, ô số 7a)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Authority(TextChoices):
    """The word before the title; none where the head signs for a body led by one person."""

    OWN = "", _("The head signs")
    TM = "TM", _("TM. – on behalf of the collective")
    KT = "KT", _("KT. – deputy for the head")
    TM_KT = "TM_KT", _("TM. and KT. – deputy for the head of a collective")
    TL = "TL", _("TL. – by order of the head")
    TUQ = "TUQ", _("TUQ. – by authorisation of the head")


def authority_lines(authority: str, head: str, own: str, collective: str) -> list[str]:
    """Return the lines over the signature.

    >>> authority_lines("KT", "Giám đốc", "Phó Giám đốc", "")
    ['KT. Giám đốc', 'Phó Giám đốc']
    """
    if authority == Authority.TM:
        return [f"TM. {collective}", head]
    if authority == Authority.TM_KT:
        return [f"TM. {collective}", f"KT. {head}", own]
    if authority in (Authority.KT, Authority.TL, Authority.TUQ):
        return [f"{authority}. {head}", own]
    return [head] if head else []


def without_agency(position: str, agency: str) -> str:
    """Return the position without the agency's name, which the letterhead bears already.

    >>> without_agency("Giám đốc Sở Nội vụ", "Sở Nội vụ")
    'Giám đốc'
    """
    if agency and position.casefold().endswith(agency.casefold()):
        return position[: -len(agency)].rstrip(" ,")
    return position.strip()
