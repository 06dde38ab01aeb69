"""What this room holds about persons, field by field."""

from lms.people.personal_data import CONTACT, PLAIN, WORK, declare

declare(
    "notices.Notice",
    (WORK, "person title text params url made_at read_at mailed_at"),
    (PLAIN, "id key is_grave"),
)
declare("notices.Preference", (CONTACT, "person by_email"), (PLAIN, "id"))
