"""Sentences about the traces that a deleted submission or draft leaves, from the settings and the last scrub."""

from intake.db import transaction
from intake.health import scrub
from intake.health.backups import promised_days
from intake.plurals import gettext_noop
from intake.web.current import config
from intake.web.language import gettext, ngettext

SOON = gettext_noop("The last traces in the files of our database are gone within a day.")
LATER = gettext_noop("Traces may stay in the files of our database for longer.")
OLDER_BACKUPS = gettext_noop("If there are older backups, they keep a copy until they are deleted.")


def traces() -> list[str]:
    """Return sentences for the contributor about the traces of the submission or draft that was deleted just now."""
    with transaction() as session:
        is_promised, days = scrub.is_promised(session), promised_days(session, config())
    backups = (
        ngettext(
            "Copies in our backups are deleted within a day.",
            "Copies in our backups are deleted within %(num)s days.",
            days,
        )
        if days
        else gettext(OLDER_BACKUPS)
    )
    return [gettext(SOON if is_promised else LATER), backups]
