"""What the admin's pages share."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")
