"""Days off and weekend days worked in exchange, 2021–2027.

Điều 112 Bộ luật Lao động 45/2019/QH14 gives the holidays; the Prime Minister chooses the days
around Tết and 2 September and the exchanges each year. A weekend is off anyway, so only
weekdays off stand here. 2027's choice was not published when this was written: it follows the
shape of 2024 (Tết) and 2021 (2 September); an administrator corrects the rows, not this file.
"""

from datetime import date

NEW_YEAR, TET, HUNG_KINGS = "Tết Dương lịch", "Tết Nguyên đán", "Giỗ Tổ Hùng Vương"
APRIL_MAY, NATIONAL_DAY, EXCHANGE = (
    "Ngày Chiến thắng 30/4 và Quốc tế Lao động 1/5",
    "Quốc khánh 2/9",
    "Làm bù",
)

# Years whose choice was not yet published: their rows are marked as assumed.
ASSUMED_YEARS = frozenset({2027})

# (first day, last day, name): every weekday from first to last is off.
DAYS_OFF: tuple[tuple[date, date, str], ...] = (
    (date(2021, 1, 1), date(2021, 1, 1), NEW_YEAR),
    (date(2021, 2, 10), date(2021, 2, 16), TET),
    (date(2021, 4, 21), date(2021, 4, 21), HUNG_KINGS),
    (date(2021, 4, 30), date(2021, 5, 3), APRIL_MAY),
    (date(2021, 9, 2), date(2021, 9, 3), NATIONAL_DAY),
    (date(2022, 1, 3), date(2022, 1, 3), NEW_YEAR),
    (date(2022, 1, 31), date(2022, 2, 4), TET),
    (date(2022, 4, 11), date(2022, 4, 11), HUNG_KINGS),
    (date(2022, 5, 2), date(2022, 5, 3), APRIL_MAY),
    (date(2022, 9, 1), date(2022, 9, 2), NATIONAL_DAY),
    (date(2023, 1, 2), date(2023, 1, 2), NEW_YEAR),
    (date(2023, 1, 20), date(2023, 1, 26), TET),
    (date(2023, 5, 1), date(2023, 5, 3), APRIL_MAY),
    (date(2023, 9, 1), date(2023, 9, 4), NATIONAL_DAY),
    (date(2024, 1, 1), date(2024, 1, 1), NEW_YEAR),
    (date(2024, 2, 8), date(2024, 2, 14), TET),
    (date(2024, 4, 18), date(2024, 4, 18), HUNG_KINGS),
    (date(2024, 4, 29), date(2024, 5, 1), APRIL_MAY),
    (date(2024, 9, 2), date(2024, 9, 3), NATIONAL_DAY),
    (date(2025, 1, 1), date(2025, 1, 1), NEW_YEAR),
    (date(2025, 1, 27), date(2025, 1, 31), TET),
    (date(2025, 4, 7), date(2025, 4, 7), HUNG_KINGS),
    (date(2025, 4, 30), date(2025, 5, 2), APRIL_MAY),
    (date(2025, 9, 1), date(2025, 9, 2), NATIONAL_DAY),
    (date(2026, 1, 1), date(2026, 1, 2), NEW_YEAR),
    (date(2026, 2, 16), date(2026, 2, 20), TET),
    (date(2026, 4, 27), date(2026, 4, 27), HUNG_KINGS),
    (date(2026, 4, 30), date(2026, 5, 1), APRIL_MAY),
    (date(2026, 8, 31), date(2026, 9, 2), NATIONAL_DAY),
    (date(2027, 1, 1), date(2027, 1, 1), NEW_YEAR),
    (date(2027, 2, 4), date(2027, 2, 10), TET),
    (date(2027, 4, 16), date(2027, 4, 16), HUNG_KINGS),
    (date(2027, 4, 30), date(2027, 5, 3), APRIL_MAY),
    (date(2027, 9, 2), date(2027, 9, 3), NATIONAL_DAY),
)

# Saturdays worked in exchange for a weekday off.
DAYS_WORKED: tuple[date, ...] = (
    date(2024, 5, 4),
    date(2025, 4, 26),
    date(2026, 1, 10),
    date(2026, 8, 22),
)
