"""What HR sends: agencies, staff, leave."""

from lms.people.importing.agencies import AgencyImporter
from lms.people.importing.leave import LeaveImporter
from lms.people.importing.staff import StaffImporter

__all__ = ["AgencyImporter", "LeaveImporter", "StaffImporter"]
