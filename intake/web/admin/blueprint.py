"""What the admin's pages share."""

from flask import Blueprint

from intake.queues import QUEUES

bp = Blueprint("admin", __name__, url_prefix="/admin")

QUEUE = f"<any({', '.join(QUEUES)}):queue>"
