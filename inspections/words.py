"""Words of the papers: what a case may be accompanied by, and the code of the template each is made from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperType(TextChoices):
    """A document of the chain. The value is also the code of its template unless a kind names another."""

    DECISION = "quyet-dinh-kiem-tra", _("Inspection decision")
    WORK_PLAN = "ke-hoach-tien-hanh", _("Work plan of the team")
    NOTICE = "thong-bao-kiem-tra", _("Notice of the inspection")
    OUTLINE = "de-cuong-bao-cao", _("Outline of the subject's report")
    ANNOUNCEMENT = "bien-ban-cong-bo", _("Minutes of the announcement")
    REQUEST = "yeu-cau-cung-cap", _("Request for documents")
    MINUTES = "bien-ban-kiem-tra", _("Inspection minutes")
    VIOLATION = "bien-ban-vi-pham", _("Record of an administrative violation")
    HAND_OVER = "van-ban-chuyen-ho-so", _("Letter handing the file over")
    HAND_OVER_RECORD = "bien-ban-ban-giao", _("Record of the file handed over")
    REPORT = "bao-cao-ket-qua", _("Report on the result")
    RESULT = "thong-bao-ket-qua", _("Notice of the result")
    RECTIFY = "yeu-cau-chan-chinh", _("Request to put right")
    EXTENSION = "quyet-dinh-gia-han", _("Decision to extend")
    SUSPENSION = "quyet-dinh-tam-dung", _("Decision to suspend")
    RESUMPTION = "quyet-dinh-tiep-tuc", _("Decision to go on")
    TERMINATION = "quyet-dinh-dinh-chi", _("Decision to terminate")
    TEAM_CHANGE = "quyet-dinh-thay-doi-thanh-vien", _("Decision to change the team")
    CANCELLATION = "quyet-dinh-huy-bo", _("Decision to cancel")


class Clock(TextChoices):
    """By whose time a record counts."""

    DEVICE = "device", _("clock of the device")
    ARRIVAL = "arrival", _("arrival in the system")
    DECLARED = "declared", _("declared, not measured")


class Level(TextChoices):
    """At which level the lead agency stands: Điều 13 NĐ 217/2025 gives each its days."""

    MINISTRY = "ministry", _("Unit of a ministry")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District (until 30/06/2025)")
    COMMUNE = "commune", _("Commune")


class Certainty(TextChoices):
    """How sure we are of a row of law: the register is data, an administrator corrects it."""

    FOUND = "F", _("Found in a published copy")
    KNOWN = "K", _("Reliably known")
    UNCERTAIN = "U", _("Uncertain: to be verified")


class SuccessionKind(TextChoices):
    """How one business or body went on as another."""

    CONVERSION = "CONVERSION", _("Converted (e.g. household business into company)")
    MERGER = "MERGER", _("Merged or absorbed")
    SPLIT = "SPLIT", _("Split or divided")
