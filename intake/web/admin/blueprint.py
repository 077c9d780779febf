"""What the admin's pages share."""

from flask import Blueprint

from intake.queues import QUEUES

bp = Blueprint("admin", __name__, url_prefix="/admin")

BIGINT = 2**63 - 1
QUEUE = f"<any({', '.join(QUEUES)}):queue>"
