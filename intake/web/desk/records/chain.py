"""Page with the head (last hash) of the chain of events, for chief editors."""

from flask import render_template
from flask.typing import ResponseReturnValue

from intake.audit import heads
from intake.web.access import requires
from intake.web.current import config, reading
from intake.web.desk.blueprint import bp

__all__ = ["bp"]


@bp.get("/chain")
@requires("events.read")
def chain() -> ResponseReturnValue:
    """Page with the current head of the chain, and an explanation of its use."""
    with reading() as session:
        head = heads.current(session)
    return render_template("desk/chain.html", head=head, mails=config().mails)
