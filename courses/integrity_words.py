"""What was noticed about an attempt, in words for the person who looks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import IntegrityFlag
from courses.states import Signal

# What was counted, and why it may well be harmless: both stand beside each flag.
COUNTED: dict[str, Promise | str] = {
    Signal.FAST_WHOLE: gettext_lazy("%(answered)s questions were answered within %(seconds)s seconds."),
    Signal.FAST_QUESTION: gettext_lazy(
        "%(quick)s of %(answered)s answers came within %(within)s seconds of the one before."
    ),
    Signal.SAME_ANSWERS: gettext_lazy(
        "%(same)s of %(of)s answers, %(wrong)s wrong ones among them, are the same as in another person's attempt"
        " from the same address."
    ),
    Signal.SHARED_DEVICE: gettext_lazy("%(persons)s other persons sat this exam in the same browser."),
    Signal.FOCUS_LOST: gettext_lazy("The page was left %(times)s times."),
    Signal.MANY_ADDRESSES: gettext_lazy("Answers came from %(addresses)s addresses."),
}
HARMLESS: dict[str, Promise | str] = {
    Signal.FAST_WHOLE: gettext_lazy(
        "Somebody who knows the subject well, or repeats the exam, can be that quick."
    ),
    Signal.FAST_QUESTION: gettext_lazy(
        "Answers kept on a device while the network was away arrive together, although they were given one by one."
    ),
    Signal.SAME_ANSWERS: gettext_lazy(
        "An office shares one address, and a common mistake in the lesson leads to common wrong answers."
    ),
    Signal.SHARED_DEVICE: gettext_lazy(
        "Computer rooms and shared office machines are the rule in many units."
    ),
    Signal.FOCUS_LOST: gettext_lazy("A message, a call or a screen lock takes the focus too."),
    Signal.MANY_ADDRESSES: gettext_lazy("A phone changes its address on the way; so does a weak connection."),
}


def explained(flag: IntegrityFlag) -> dict[str, str]:
    """Return what was counted and what may explain it."""
    return {
        "counted": str(COUNTED[flag.signal]) % flag.facts,
        "harmless": str(HARMLESS[flag.signal]),
        "advice": _("A flag is a question to you, never a proof. Nothing happens by itself."),
    }
