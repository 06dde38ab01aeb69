"""Jobs of this room, one file a subject; each file is imported here, or no worker knows its kinds."""

from lms.people.tasks import accounts, approvals, erasure, organisation

__all__ = ["accounts", "approvals", "erasure", "organisation"]
