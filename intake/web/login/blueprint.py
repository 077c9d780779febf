"""Blueprint of the pages for people who are not logged in yet, and of logging out."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
