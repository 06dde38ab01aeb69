"""Work that must happen: rows in the job table, claimed by lease, done once in effect."""

from lms.base.jobs.registry import handles
from lms.base.jobs.running import LostLease, Running, run_due

__all__ = ["LostLease", "Running", "handles", "run_due"]
