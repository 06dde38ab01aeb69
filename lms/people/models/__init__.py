"""Agencies and people, with the days on which each fact holds."""

from lms.people.models.agency import Agency, AgencyPeriod, OrganisationVersion, Succession
from lms.people.models.grant import Grant
from lms.people.models.person import Person
from lms.people.models.post import Leave, Post

__all__ = ["Agency", "AgencyPeriod", "Grant", "Leave", "OrganisationVersion", "Person", "Post", "Succession"]
