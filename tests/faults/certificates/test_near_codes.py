"""Short codes with one or two wrong signs, or exchanged ones, never lead to another certificate."""

import random

from certificates.codes import SIGNS, is_short_code, new_short_code

CODES = 2_000
LOOK_ALIKES = {"0": "O", "1": "I", "5": "S", "2": "Z", "8": "B", "U": "V", "V": "Y", "G": "6", "Q": "O"}


def near(code, chance):
    """One wrong sign everywhere, every exchange of neighbours, two wrong signs at random, look-alikes."""
    for place in range(15):
        for sign in SIGNS:
            yield code[:place] + sign + code[place + 1 :]
        for one, other in LOOK_ALIKES.items():
            if code[place] in (one, other):
                yield code[:place] + (other if code[place] == one else one) + code[place + 1 :]
    for place in range(14):
        yield code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    for _turn in range(40):
        first, second = sorted(chance.sample(range(15), 2))
        yield (
            code[:first]
            + chance.choice(SIGNS)
            + code[first + 1 : second]
            + chance.choice(SIGNS)
            + code[second + 1 :]
        )


def test_no_near_code_is_a_code():
    chance, tried, hits = random.Random(31), 0, []
    for _code in range(CODES):
        code = new_short_code()
        assert is_short_code(code)
        for one in near(code, chance):
            if one != code:
                tried += 1
                hits += [one] if is_short_code(one) else []
    print(f"\n{tried} near codes of {CODES} tried, {len(hits)} hit")
    assert tried > 900_000
    assert hits == []


def test_the_control_without_check_signs_they_would_be_codes():
    chance = random.Random(31)
    accepted = [one for one in near(new_short_code(), chance) if len(one) == 15 and set(one) <= set(SIGNS)]
    assert len(accepted) > 400
