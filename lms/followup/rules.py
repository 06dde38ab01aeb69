"""What training says about an inspection."""

from datetime import date

from courses.models import Completion
from lms.people.models import Person

# Kiểm tra trên môi trường số: the course a team leader needs (Điều 12.2 NĐ 217/2025).
LEADERS_COURSE = "DS11"


def trained_to_lead(person: Person, on: date) -> bool | None:
    """Tell whether the person had passed the leaders' course by that day."""
    done = Completion.objects.of(person).counting_on(on).filter(course_code=LEADERS_COURSE)
    return done.exists()
