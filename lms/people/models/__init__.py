"""Agencies and people, with the days on which each fact holds."""

from lms.people.models.access import AccessEvent
from lms.people.models.account import Invitation, InvitationRun
from lms.people.models.agency import Agency, AgencyPeriod, OrganisationVersion, Succession
from lms.people.models.approval import Approval
from lms.people.models.change import OrganisationChange
from lms.people.models.correction import CorrectionRequest
from lms.people.models.erasure import ErasureProposal
from lms.people.models.grant import Grant
from lms.people.models.merger import DistinctPair, Merger
from lms.people.models.person import Person
from lms.people.models.person_name import PersonName
from lms.people.models.post import Leave, Post

__all__ = [
    "AccessEvent",
    "Agency",
    "AgencyPeriod",
    "Approval",
    "CorrectionRequest",
    "DistinctPair",
    "ErasureProposal",
    "Grant",
    "Invitation",
    "InvitationRun",
    "Leave",
    "Merger",
    "OrganisationChange",
    "OrganisationVersion",
    "Person",
    "PersonName",
    "Post",
    "Succession",
]
