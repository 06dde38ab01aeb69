"""`manage.py indicators`: what it prints, and the sentence it ends with when it cannot answer."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from lms.targets.actions import ensure_rules
from lms.targets.models import RuleVersion, Threshold
from tests.factories.people import agency, person
from tests.factories.sheets import indicators
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db


def table(*arguments, language="vi"):
    out = StringIO()
    with translation.override(language):
        call_command("indicators", *arguments, stdout=out)
    return out.getvalue()


def test_the_object_has_exactly_the_contracts_keys():
    completion(person(agency=agency()))
    answer = indicators("--as-of", "2025-12-31")
    assert list(answer) == ["as_of", "variant", "rule_version", "i1", "i2", "i3"]
    assert (answer["as_of"], answer["variant"], answer["rule_version"]) == ("2025-12-31", "headline", "1")
    ratio = ["num", "den", "pct", "target", "met", "missing"]
    assert list(answer["i1"]) == list(answer["i2"]) == ratio
    beside = ["partial", "paper", "remote_num", "remote_pct", "subjects_num", "subjects_den", "subjects_pct"]
    assert list(answer["i3"]) == [*ratio, *beside]
    assert answer["i3"]["pct"] is answer["i3"]["met"] is answer["i3"]["remote_pct"] is None
    assert answer["i3"]["missing"] == 0


def test_the_table_speaks_the_readers_language():
    office = agency()
    for number in range(6):
        found = person(agency=office)
        if number:
            completion(found)
    assert "83,33%" in table("--as-of", "2025-12-31")
    assert "83.33%" in table("--as-of", "2025-12-31", language="en")
    assert "none arose" in table("--as-of", "2025-12-31", language="en")


def test_the_table_says_what_it_is_of():
    agency("SNV", name="Sở Nội vụ")
    text = table("--as-of", "31/12/2025", "--known-at", "2026-01-10", "--agency", "SNV", language="en")
    for expected in ("31/12/2025", "10/01/2026", "Sở Nội vụ", "Rule version: 1", "01/01/2025"):
        assert expected in text
    assert "PROVISIONAL" not in text
    assert "PROVISIONAL" in table("--as-of", "2199-01-01", language="en")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--agency", "KHÔNG-CÓ"],
        ["--as-of", "2025-02-31"],
        ["--known-at", "hôm qua"],
        ["--from", "2025-07-01", "--to", "2025-07-01"],
        ["--target3", "101"],
        ["--as-of", "9999-12-31"],
    ],
)
def test_a_question_that_cannot_be_answered_ends_with_a_sentence_and_exit_2(arguments):
    with pytest.raises(CommandError) as refusal:
        call_command("indicators", *arguments)
    assert refusal.value.returncode == 2
    assert str(refusal.value)


def test_the_shell_sees_exit_2_and_no_stack_trace():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings.test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "indicators", "--as-of", "ngày mai"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "ngày mai" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_alone_brings_version_1_and_the_thresholds_and_keeps_what_was_changed():
    assert set(RuleVersion.objects.values_list("indicator", "version")) == {
        ("I1", "1"),
        ("I2", "1"),
        ("I3", "1"),
    }
    Threshold.objects.filter(indicator="I2").update(percent=35)
    Threshold.objects.filter(indicator="I1").delete()
    ensure_rules()
    found = sorted(Threshold.objects.values_list("indicator", "percent"))
    assert found == [("I1", 100), ("I2", 35), ("I3", 50), ("I3", 70)]
