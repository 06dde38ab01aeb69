"""What this room holds about persons, field by field."""

from lms.people.personal_data import PLAIN, TRAINING, WORK, declare

declare(
    "followup.NationalFile",
    (WORK, "asked_by asked_at accepted_at returned_at return_reason"),
    (TRAINING, "file_name"),
    (PLAIN, "id job count sha256 made_at receipt"),
)
declare("followup.NationalEntry", (TRAINING, "file completion change"), (PLAIN, "id"))
declare(
    "followup.Assignment",
    (TRAINING, "person course due_on completion"),
    (WORK, "asked_by asked_at"),
    (PLAIN, "id remedy"),
)
