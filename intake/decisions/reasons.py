"""Reasons of decisions: verdict → {code: label}.

Codes are for the desk and its statistics. Contributors get messages instead.
"""

REASONS: dict[str, dict[str, str]] = {
    "accept": {},
    "reject": {
        "off_topic": "Not our subject",
        "published_before": "Published before, here or elsewhere",
        "not_verified": "Cannot be verified",
        "unsafe": "Would endanger somebody",
        "rights": "Text or photos are not theirs to give",
        "quality": "Too much work to make it ready",
        "late": "Came too late",
        "other": "Something else",
    },
    "request_changes": {
        "sources": "Needs sources",
        "facts": "Facts to be made clear",
        "photos": "Photos to be replaced or added",
        "safety": "Somebody could be recognized",
        "length": "Too long or too short",
        "other": "Something else",
    },
    "hold": {
        "verifying": "Being verified",
        "safety": "Safer to publish later",
        "legal": "Needs legal advice",
        "space": "Waiting for space",
        "other": "Something else",
    },
    "spam": {
        "advertising": "Advertising",
        "abuse": "Abuse",
        "flood": "One of many alike",
        "nonsense": "Nonsense",
    },
}
