"""The chain over the audit log: nobody changes the past by SQL without being found (docs/audit.md)."""

from lms.base.audit.asking import CHECK_JOB, ask_check
from lms.base.audit.heads import last_daily_head, printed_head
from lms.base.audit.sequencer import chain_waiting, close_day
from lms.base.audit.verification import verify

__all__ = [
    "CHECK_JOB",
    "ask_check",
    "chain_waiting",
    "close_day",
    "last_daily_head",
    "printed_head",
    "verify",
]
