"""What a certificate is, and what has become of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The paper: a short course earns a giấy chứng nhận, a programme of a training institution a chứng chỉ."""

    ATTENDANCE = "giay_chung_nhan", _("Certificate of completion")
    TRAINING = "chung_chi", _("Training certificate")


class Standing(TextChoices):
    """Whether a certificate counts on a day."""

    VALID = "valid", _("Valid")
    ENDED = "ended", _("Withdrawn from a date on")
    VOID = "void", _("Withdrawn as if it had never been issued")
