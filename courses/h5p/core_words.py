"""The words H5P's core puts on the screen, in the language of the page."""

from django.utils.translation import gettext as _

# Proper names of licences; core reads them at start whether it shows them or not.
_LICENCES = {
    "licenseCCBY": "CC BY",
    "licenseCCBYSA": "CC BY-SA",
    "licenseCCBYND": "CC BY-ND",
    "licenseCCBYNC": "CC BY-NC",
    "licenseCCBYNCSA": "CC BY-NC-SA",
    "licenseCCBYNCND": "CC BY-NC-ND",
    "licenseCC010": "CC0 1.0",
    "licenseCC10": "1.0",
    "licenseCC20": "2.0",
    "licenseCC25": "2.5",
    "licenseCC30": "3.0",
    "licenseCC40": "4.0",
    "licenseGPL": "GNU GPL",
    "licenseV1": "1",
    "licenseV2": "2",
    "licenseV3": "3",
    "licensePD": "Public Domain",
    "licensePDM": "Public Domain Mark",
}


def core_words() -> dict[str, str]:
    """Return core's texts by its own keys."""
    return {**_LICENCES, **_dialogues(), **_offline()}


def _dialogues() -> dict[str, str]:
    return {
        "fullscreen": _("Full screen"),
        "disableFullscreen": _("Leave full screen"),
        "close": _("Close"),
        "cancelLabel": _("Cancel"),
        "confirmLabel": _("Confirm"),
        "confirmDialogHeader": _("Please confirm"),
        "confirmDialogBody": _("Do you want to go on? This cannot be undone."),
        "contentChanged": _("This activity has changed since you used it last."),
        "startingOver": _("You will start over."),
        "size": _("Size"),
        "width": _("Width"),
        "showAdvanced": _("Show more"),
        "hideAdvanced": _("Show less"),
        "copyrightInformation": _("Rights of use"),
        "licenseU": _("Undisclosed"),
        "licenseC": _("All rights reserved"),
        "h5pDescription": "H5P",
        "reuseContent": _("Reuse"),
        "contentCopied": _("Copied"),
        "embed": _("Embed"),
        "advancedHelp": "",
    }


def _offline() -> dict[str, str]:
    return {
        "offlineDialogHeader": _("The connection was lost"),
        "offlineDialogBody": _("We could not send what you did in this activity. Check your connection."),
        "offlineDialogRetryMessage": _("Trying again in :num …"),
        "offlineDialogRetryButtonLabel": _("Try again now"),
        "offlineSuccessfulSubmit": _("Sent."),
    }
