"""The job that sends one message by e-mail."""

from django.utils import timezone

from lms.base.jobs import Running, handles
from lms.notices.actions import MAIL, mail
from lms.notices.models import Notice


@handles(MAIL, long=True)
def send_by_mail(run: Running) -> None:
    """Send it and note when; a worker killed in between sends it once more rather than never."""
    notice = Notice.objects.select_related("person").filter(pk=run.payload["notice"]).first()
    sent = mail(notice) if notice else False
    with run.finish():
        if sent and notice:
            Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
