"""Who somebody is, shown once more before something grave: signing, withdrawing."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required

from lms.people.access import View


def asks_again(view: View) -> View:
    """Let only those on who have signed in, or shown who they are once more, within the last minutes.

    The others are asked for their password or second factor first; what they had filled in is done afterwards. How
    many minutes is ACCOUNT_REAUTHENTICATION_TIMEOUT. Whoever has neither, coming from a province's own sign-in
    only, shows it there. Stands below `requires`: a stranger is sent away before being asked anything.
    """
    return cast(View, reauthentication_required(app="lms")(view))
