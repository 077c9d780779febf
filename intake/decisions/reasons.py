"""Reasons of decisions: verdict → {code: label}.

Codes are for the desk and its statistics. Contributors get messages instead.
"""

from intake.plurals import desk_noop

REASONS: dict[str, dict[str, str]] = {
    "accept": {},
    "reject": {
        "off_topic": desk_noop("Not our subject"),
        "published_before": desk_noop("Published before, here or elsewhere"),
        "not_verified": desk_noop("Cannot be verified"),
        "unsafe": desk_noop("Would endanger somebody"),
        "rights": desk_noop("Text or photos are not theirs to give"),
        "quality": desk_noop("Too much work to make it ready"),
        "late": desk_noop("Came too late"),
        "other": desk_noop("Something else"),
    },
    "request_changes": {
        "sources": desk_noop("Needs sources"),
        "facts": desk_noop("Facts to be made clear"),
        "photos": desk_noop("Photos to be replaced or added"),
        "safety": desk_noop("Somebody could be recognized"),
        "length": desk_noop("Too long or too short"),
        "other": desk_noop("Something else"),
    },
    "hold": {
        "verifying": desk_noop("Being verified"),
        "safety": desk_noop("Safer to publish later"),
        "legal": desk_noop("Needs legal advice"),
        "space": desk_noop("Waiting for space"),
        "other": desk_noop("Something else"),
    },
    "spam": {
        "advertising": desk_noop("Advertising"),
        "abuse": desk_noop("Abuse"),
        "flood": desk_noop("One of many alike"),
        "nonsense": desk_noop("Nonsense"),
    },
}
