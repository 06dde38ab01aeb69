"""Nightly: what nobody decided in time lapses."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lms.people.actions.approvals import expire_proposals


@db_periodic_task(crontab(hour="0", minute="20"))
def let_proposals_lapse() -> None:
    """Let the proposals lapse that nobody decided in time."""
    expire_proposals()
