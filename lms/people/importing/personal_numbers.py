"""What a 12-digit personal number says of its bearer (place, century and sex, year of birth)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _


def doubts(number: str, birth_date: date | None, gender: str | None) -> Iterator[str]:
    """Yield a sentence for each contradiction; there is no check digit, so these only warn."""
    if len(number) != 12 or not number.isdecimal():
        return
    century_and_sex, year = int(number[3]), int(number[4:6])
    if birth_date and (1900 + 100 * (century_and_sex // 2) + year) != birth_date.year:
        yield _("the number's year of birth differs from the birth date")
    if gender and ("male", "female")[century_and_sex % 2] != gender:
        yield _("the number's sex differs from the gender column")
