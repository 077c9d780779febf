"""Pages about stored records: legal holds, unchanged photos, and the hash chain of events."""

from intake.web.desk.blueprint import bp
from intake.web.desk.records import chain, holds, originals

__all__ = ["bp", "chain", "holds", "originals"]
