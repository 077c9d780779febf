"""One sentence, and the figures behind it."""

from itertools import islice

from flask import render_template
from flask.typing import ResponseReturnValue

from intake import broker_troubles
from intake.db import transaction
from intake.queries.grounds import grounds
from intake.queries.machinery import machinery
from intake.queries.samples import days
from intake.storage import StorageAway, files
from intake.web.access import roles
from intake.web.admin.blueprint import bp
from intake.web.admin.sparkline import sparkline
from intake.web.current import config
from intake.web.display import size
from intake.web.forms.admin import RunForm

# S3 lists a thousand files in a tenth of a second, and whoever opens this page waits for it.
MOST_COUNTED = 20_000


@bp.get("/")
@roles("admin")
def overview() -> ResponseReturnValue:
    """Whether work is being done, by whom, and what is in the way."""
    with transaction() as session:
        found, below = machinery(session), grounds(session)
        lines = {queue: sparkline(day, found.now) for queue, day in days(session, found.now).items()}
    return render_template(
        "admin/overview.html", machinery=found, lines=lines, ended=sum(line.ended for line in lines.values()),
        grounds=below, storage=_storage(), mail_is_set=bool(config().smtp_url), run_form=RunForm(formdata=None),
        broker_trouble=broker_troubles.named,
    )  # fmt: skip


def _storage() -> dict[str, str]:
    """What is said of the storage, by area; `free` only where it tells, and `away` alone where it does not answer."""
    try:
        used = {area: _used(area) for area in ("quarantine", "clean")}
        free = files().free()
    except StorageAway as error:
        return {"away": f"{error} {error.advice}"}
    return used if free is None else used | {"free": size(free)}


def _used(area: str) -> str:
    """The bytes of the files in `area`; of very many, those of the first."""
    listing = files().listing(area)
    counted = size(sum(one.size for one in islice(listing, MOST_COUNTED)))
    return f"more than {counted}" if any(listing) else counted
