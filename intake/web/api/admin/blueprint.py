"""Blueprint of the admin API.

Refused actions become problem documents (RFC 9457) with a `code` for programs.
"""

from typing import Any

from flask import Blueprint, Response, url_for

from intake.errors import IneligibleJobs, JobCountChanged
from intake.web.api.request_body import InvalidBody, invalid
from intake.web.current import config
from intake.web.errors import problem

bp = Blueprint("admin_api", __name__, url_prefix="/api/v1/admin")
bp.register_error_handler(InvalidBody, invalid)


@bp.errorhandler(IneligibleJobs)
def not_these(error: IneligibleJobs) -> Response:
    """Answer 409: the action is impossible for some of the listed jobs, so no job was changed."""
    why = {str(number): said for number, said in error.why.items()}
    return problem(
        409, "That cannot be done with all of these", f"{error} Nothing was done.", code="not_these", jobs=why
    )


@bp.errorhandler(JobCountChanged)
def miscounted(error: JobCountChanged) -> Response:
    """Answer 409: the filter now matches another number of jobs than the request's `count`."""
    detail = f"The filter chooses {error.count} by now. Look again, then decide whether you still want this."
    return problem(409, "It is another number by now", detail, code="miscounted", count=error.count)


def below(endpoint: str, **parts: Any) -> str:
    """Return the absolute URL of an endpoint of the admin API."""
    return config().desk_base_url + url_for(f"admin_api.{endpoint}", **parts)
