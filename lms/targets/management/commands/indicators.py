"""Print the three figures for a day."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.targets.figures import BadQuestion, ask, figures, read_day
from lms.targets.states import OrgView, Variant
from lms.targets.tables import figures_table


class Command(BaseCommand):
    """Prints the figures of `rules.py` version 1 as a table or as one JSON object."""

    help = "Print the three figures (digital skills, data analysis, digital inspections) for a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", help="the day the figures are of (default: today)")
        parser.add_argument("--known-at", help="what was known on this day (default: the as-of day)")
        parser.add_argument("--agency", action="append", default=[], metavar="CODE", help="and all below it")
        parser.add_argument("--variant", choices=Variant.values, default=Variant.HEADLINE.value)
        parser.add_argument("--from", dest="start", help="first day of the period of I3")
        parser.add_argument("--to", dest="end", help="first day after the period of I3")
        parser.add_argument("--org-view", choices=OrgView.values, default=OrgView.HISTORIC.value)
        parser.add_argument("--target3", type=int, help="hold I3 against this percent")
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer on standard output; a question that cannot be answered ends with a sentence and exit code 2."""
        try:
            answer = figures(
                ask(
                    as_of=read_day(options["as_of"]),
                    known_at=read_day(options["known_at"]),
                    codes=options["agency"],
                    variant=options["variant"],
                    org_view=options["org_view"],
                    start=read_day(options["start"]),
                    end=read_day(options["end"]),
                    target3=options["target3"],
                )
            )
        except BadQuestion as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if options["format"] == "json":
            self.stdout.write(json.dumps(answer.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(figures_table(answer))
