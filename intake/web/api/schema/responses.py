"""What the desk answers."""

from intake.lifecycle import PHOTO_STATUSES, STATUSES
from intake.models.decision import STATES, VERDICTS
from intake.web.api.schema.parts import (
    MAYBE_TEXT,
    MAYBE_TIME,
    NUMBER,
    TEXT,
    TIME,
    URL,
    UUID,
    YES_OR_NO,
    Json,
    listed,
    reference,
    shape,
)

STATUS: Json = {"enum": list(STATUSES)}
_ITEM = shape(
    {
        "id": UUID,
        "version": NUMBER,
        "url": URL,
        "title": TEXT,
        "excerpt": TEXT,
        "status": STATUS,
        "lane": TEXT,
        "section": TEXT,
        "language": TEXT,
        "region": MAYBE_TEXT,
        "tags": listed(TEXT),
        "print_name": MAYBE_TEXT,
        "received_at": TIME,
        "waiting_since": TIME,
        "settles_at": {**MAYBE_TIME, "description": "Until when `verdict` can be taken back."},
        "verdict": MAYBE_TEXT,
        "approved": {**YES_OR_NO, "description": "A first of two editors has approved it."},
        "overdue": YES_OR_NO,
        "flagged": YES_OR_NO,
        "claimant": MAYBE_TEXT,
        "mine": YES_OR_NO,
        "photos": NUMBER,
        "refused": NUMBER,
        "graphic": YES_OR_NO,
        "words": NUMBER,
        "readable": {**YES_OR_NO, "description": "False while its text is not yet clean."},
        "decidable": YES_OR_NO,
        "thumb": {**UUID, "type": ["string", "null"], "description": "The id of a clean photo."},
    }
)
_COUNT = shape({"number": NUMBER, "more": {**YES_OR_NO, "description": "At least so many."}})
_REVISION = shape(
    {
        "number": NUMBER,
        "title": TEXT,
        "html": {**TEXT, "description": "Cleaned HTML, as it is stored."},
        "author": {**MAYBE_TEXT, "description": "null: the contributor."},
        "created_at": TIME,
        "words": NUMBER,
        "minutes": NUMBER,
        "note": MAYBE_TEXT,
    }
)
_PART: Json = {"type": "number", "minimum": 0, "maximum": 1}
_POINT = shape({"x": _PART, "y": _PART})
_AREA = shape(dict.fromkeys(("x", "y", "width", "height"), _PART), description="In parts of the whole.")
_WISH = shape(
    {
        "id": {**NUMBER, "description": "DELETE …/retouches/{retouch_id} takes it back until `due_at`."},
        "kind": {"enum": ["redaction", "crop"]},
        "by": TEXT,
        "due_at": TIME,
        "marks": listed(reference("Area")),
        "crop": {"anyOf": [reference("Area"), {"type": "null"}], "description": "null in a crop: the whole."},
    }
)
_PHOTO = shape(
    {
        "id": UUID,
        "position": NUMBER,
        "status": {"enum": list(PHOTO_STATUSES)},
        "caption": MAYBE_TEXT,
        "credit": MAYBE_TEXT,
        "alt": MAYBE_TEXT,
        "graphic": YES_OR_NO,
        "width": {"type": ["integer", "null"]},
        "height": {"type": ["integer", "null"]},
        "format": MAYBE_TEXT,
        "sentence": {**TEXT, "description": "Why it was refused."},
        "removed": {**TEXT, "description": "What cleaning took out of it."},
        "crop": {"anyOf": [reference("Area"), {"type": "null"}], "description": "What is left of the whole."},
        "focus": {"anyOf": [_POINT, {"type": "null"}], "description": "The focal point, in the whole."},
        "wishes": {**listed(reference("Wish")), "description": "What is asked for and not done yet."},
        "failure": {**MAYBE_TEXT, "description": "Which was the last wish, if it could not be done."},
        "urls": {
            "type": "object",
            "additionalProperties": URL,
            "description": "Of its clean copies: full, web, thumb; of a cropped one also base, the whole. Empty where there is none.",
        },
    }
)
_WRITING = shape({"id": NUMBER, "author": MAYBE_TEXT, "body": TEXT, "at": TIME})
_MOMENT = shape({"event": TEXT, "at": TIME, "actor": MAYBE_TEXT, "sentence": TEXT})
_DECISION = shape(
    {
        "id": {**NUMBER, "description": "DELETE …/decisions/{decision_id} takes it back until `settles_at`."},
        "verdict": {"enum": list(VERDICTS)},
        "state": {"enum": list(STATES)},
        "code": MAYBE_TEXT,
        "message": MAYBE_TEXT,
        "editor": TEXT,
        "at": TIME,
        "settles_at": MAYBE_TIME,
    }
)
_CLAIM = shape({"name": TEXT, "until": TIME})
_SUBMISSION = shape(
    {
        "id": UUID,
        "url": URL,
        "version": {**NUMBER, "description": "Send it with every edit, decision, reopening and publication."},
        "status": STATUS,
        "may": {**listed(TEXT), "description": "What can be done with it now."},
        "section": TEXT,
        "language": TEXT,
        "region": MAYBE_TEXT,
        "tags": listed(TEXT),
        "print_name": MAYBE_TEXT,
        "has_contact": YES_OR_NO,
        "received_at": TIME,
        "consent_version": TEXT,
        "published_at": MAYBE_TIME,
        "published_url": MAYBE_TEXT,
        "export_url": {"type": ["string", "null"], "format": "uri"},
        "claim": {"anyOf": [reference("Claim"), {"type": "null"}]},
        "decision": {"anyOf": [reference("Decision"), {"type": "null"}]},
        "revisions": {
            **listed(reference("Revision")),
            "description": "The newest first: the text as it stands.",
        },
        "photos": listed(reference("Photo")),
        "notes": listed(reference("Writing")),
        "messages": listed(reference("Writing")),
        "timeline": listed(reference("Moment")),
        "removed": {**TEXT, "description": "What cleaning took out of the text."},
        "warnings": {**listed(TEXT), "description": "What to look at twice in the text as it stands."},
    }
)
_QUEUE = shape(
    {
        "items": listed(reference("Item")),
        "next": {"type": ["string", "null"], "format": "uri", "description": "The next page."},
        "counts": {"type": "object", "additionalProperties": reference("Count"), "description": "By lane."},
    }
)
_CLEANING = shape(
    {
        "title": TEXT,
        "language": TEXT,
        "fields": listed(shape({"field": TEXT, "changes": listed({"type": "object"})})),
    }
)
SCHEMAS = {
    "Queue": _QUEUE, "Item": _ITEM, "Count": _COUNT, "Submission": _SUBMISSION, "Revision": _REVISION, "Photo": _PHOTO, "Area": _AREA, "Wish": _WISH, "Writing": _WRITING,
    "Moment": _MOMENT, "Decision": _DECISION, "Claim": _CLAIM, "Cleaning": _CLEANING, "Contact": shape({"contact": TEXT}),
}  # fmt: skip
