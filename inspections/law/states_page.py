"""The table of states as a page a lawyer reads: docs/inspection-states.md is made from here and from nothing else."""

from django.utils import translation
from django.utils.translation import gettext as _

from inspections.states import PERMISSIONS, TRANSITIONS, Status, Transition, Who


def states_page() -> str:
    """Return the page as Markdown, in Vietnamese."""
    with translation.override("vi"):
        title, who_heading, status_heading = _("The life of an inspection"), _("Who"), _("Statuses")
        lines = [
            f"# {title}",
            "",
            _(
                "Each row is one act: from which status, to which, by whom, what must exist, what it rests on. Whatever"
                " stands in no row is refused by the system and by the database. This page is made from the code."
            ),
            "",
            "| " + " | ".join(_head()) + " |",
            "|" + "---|" * len(_head()),
            *(_row(number, row) for number, row in enumerate(TRANSITIONS, start=1)),
            "",
            f"## {who_heading}",
            "",
            *(f"- **{who.label}**: {_rights(who)}" for who in Who),
            "",
            f"## {status_heading}",
            "",
            *(f"- `{status.value}`: {status.label}" for status in Status),
            "",
        ]
    return "\n".join(lines)


def _head() -> tuple[str, ...]:
    return (
        _("No."),
        _("Act"),
        _("From status"),
        _("To status"),
        _("By whom"),
        _("What must exist"),
        _("Reason"),
        _("Document it rests on"),
        _("Article"),
    )


def _row(number: int, row: Transition) -> str:
    sources = ", ".join(str(source.label) if source else _("nothing yet") for source in row.sources)
    cells = (
        str(number),
        str(row.event.label),
        sources,
        str(row.target.label) if row.target else _("as it was"),
        str(row.who.label),
        str(row.needs),
        _("needed") if row.reason else "–",
        str(row.paper.label) if row.paper else "–",
        row.article,
    )
    return "| " + " | ".join(cells) + " |"


def _rights(who: Who) -> str:
    codes = ", ".join(f"`{code}`" for code in PERMISSIONS[who])
    relation = {
        Who.RUNNER: _("a place in the team"),
        Who.LEADER: _("the leader's place in the team"),
        Who.SIGNER: _("the name under the decision"),
    }.get(who, "")
    return "; ".join(filter(None, (codes, relation)))
