"""The magazine's logo, for everybody."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from intake.errors import NotFound
from intake.magazine import logos
from intake.web.access import public
from intake.web.bundles import CACHE
from intake.web.current import reading
from intake.web.headers import FILE_CSP

bp = Blueprint("magazine", __name__)


@bp.get("/logo/<digest>")
@public
def logo(digest: str) -> ResponseReturnValue:
    """Return the picture with this digest. The URL has the digest, so browsers may cache it forever. 404 if unknown."""
    with reading() as session:
        found = logos.read(session, digest)
    if found is None:
        raise NotFound
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Cache-Control"] = CACHE
    response.headers["Content-Security-Policy"] = FILE_CSP
    return response
