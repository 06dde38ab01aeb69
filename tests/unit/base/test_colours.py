"""Every colour that is read stands at 5 : 1 or more on the grounds it is used on, by day and by night."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[3] / "lms" / "frontend" / "theme" / "_colours.scss"
DAY, NIGHT = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in SHEET.read_text().split("@media")[:2]
)
ON_GROUNDS = [
    (word, ground)
    for word in ("ink", "ink-soft", "river", "river-deep", "lotus", "leaf", "amber")
    for ground in ("ground", "surface", "sunk")
]
ON_TINTS = [(word, f"{word}-soft") for word in ("river", "lotus", "leaf", "amber")]
PAIRS = [
    *ON_GROUNDS,
    *ON_TINTS,
    ("ink", "lotus-soft"),
    ("ink", "river-soft"),
    ("on-river", "river"),
    ("on-river", "river-deep"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_words_are_readable(palette, word, ground):
    assert contrast(palette[word], palette[ground]) >= 5


@pytest.mark.parametrize("palette", [DAY, NIGHT], ids=["day", "night"])
def test_the_edge_of_a_field_can_be_seen(palette):
    assert contrast(palette["line-strong"], palette["surface"]) >= 3
    assert contrast(palette["line-strong"], palette["ground"]) >= 3


def test_night_has_every_colour_of_the_day():
    assert DAY.keys() == NIGHT.keys()
