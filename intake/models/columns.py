"""Column types and checks that several tables share."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from sqlalchemy import BigInteger, ForeignKey, Identity, func, text
from sqlalchemy.orm import mapped_column

from intake import lifecycle
from intake.db import AwareDateTime
from intake.models import contribution_time

BIGINT_MAX = 2**63 - 1
"""The largest value of a bigint column."""

Number = Annotated[int, mapped_column(BigInteger, Identity(always=True), primary_key=True)]
# Primary key of rows with sealed texts. Fetched before the insertion, because the encryption includes the number.
TakenNumber = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
RandomId = Annotated[uuid.UUID, mapped_column(primary_key=True, default=uuid.uuid4)]
# Uses the database's clock, so that machines with different clocks agree on what is due.
Now = Annotated[datetime, mapped_column(AwareDateTime, server_default=func.now())]
# Coarse time of a contributor's act (setting `time_grain`). Editors' acts need `func.now()` in such a column.
ContributionTime = Annotated[
    datetime,
    mapped_column(
        AwareDateTime, default=contribution_time.now(), server_default=text(contribution_time.SERVER_DEFAULT)
    ),
]
Moment = Annotated[datetime | None, mapped_column(AwareDateTime)]
SubmissionId = Annotated[uuid.UUID, mapped_column(ForeignKey("submissions.id"), index=True)]
EditorId = Annotated[int, mapped_column(ForeignKey("editors.id"))]


def one_of(column: str, values: Iterable[str]) -> str:
    """Return the SQL of a check that `column` is one of `values`. Sort sets first, to keep the SQL stable."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


# SQL of the column `lane`. While a decision can still be undone, the submission is in the lane "machine".
LANE = (
    "CASE WHEN settles_at IS NOT NULL THEN 'machine' WHEN suspected AND {} THEN 'suspicious' {} END".format(
        one_of("status", lifecycle.LANES["suspicious"]),
        " ".join(
            f"WHEN {one_of('status', statuses)} THEN '{lane}'"
            for lane, statuses in lifecycle.LANES.items()
            if lane != "suspicious"
        ),
    )
)
