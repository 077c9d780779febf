"""What the admin's pages share."""

from flask import Blueprint

from intake.job_kinds import QUEUES

bp = Blueprint("admin", __name__, url_prefix="/admin")

QUEUE = f"<any({', '.join(QUEUES)}):queue>"
