"""The blueprint, and what actions refuse as problem documents (RFC 9457); `code` tells a program which it is."""

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
    """Of the jobs that were named some are where this cannot be done, and nothing was."""
    why = {str(number): said for number, said in error.why.items()}
    return problem(
        409, "That cannot be done with all of these", f"{error} Nothing was done.", code="not_these", jobs=why
    )


@bp.errorhandler(JobCountChanged)
def miscounted(error: JobCountChanged) -> Response:
    """Answer 409: the filter now matches other jobs than the program saw."""
    detail = f"The filter chooses {error.count} by now. Look again, then decide whether you still want this."
    return problem(409, "It is another number by now", detail, code="miscounted", count=error.count)


def below(endpoint: str, **parts: Any) -> str:
    """The whole address of a route of this API."""
    return config().base_url + url_for(f"admin_api.{endpoint}", **parts)
