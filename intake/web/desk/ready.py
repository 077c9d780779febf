"""The replies that are offered beside a piece."""

from flask import request

from intake.queries.piece import Piece
from intake.queries.replies import Ready, replies_for
from intake.replies.fill import filled
from intake.web.current import config, reading


def replies_of(current: Piece) -> list[Ready]:
    """Those for the contributor of a piece, their placeholders filled in."""
    with reading() as session:
        found = replies_for(session, current.submission.language)
    values = {"title": current.revision.title, "magazine": config().magazine}
    return [Ready(**{**vars(one), "body": filled(one.body, values)}) for one in found]


def chosen(ready: list[Ready]) -> str:
    """The words of the one that the address of this page names (`?reply=7`); none where it names none of them."""
    wanted = request.args.get("reply", "")
    return next((one.body for one in ready if str(one.id) == wanted), "")
