"""Signals of bots and of people, their weights, and the rule that makes a submission suspicious. Pure.

No signal depends on whether scripts are off, on the use of Tor, or on the IP address.
"""

from collections.abc import Iterable

from intake.plurals import READER, desk_noop

ENOUGH = 3
"""Weight from which a submission is suspicious."""
ENOUGH_IF_BUSY = 2
"""Weight from which a submission is suspicious while more of them arrive than the budget allows."""

PROOF = "proof_of_work"
"""Signal of a browser that did a proof of work. Its absence has no weight."""

# Signal → weight. A negative weight is a sign of a person.
WEIGHTS = {
    "honeypot": 3,
    "too_fast": 2,
    "many_too_fast": 1,
    "hasty_draft": 2,
    "same_text": 2,
    "same_text_often": 3,
    "similar_text": 2,
    "similar_text_often": 3,
    "phrase": 1,
    "phrases": 3,
    "some_links": 1,
    "many_links": 2,
    "mostly_links": 3,
    "busy": 0,
    "code_typed": -1,
    PROOF: -1,
}
# Signal → reason for editors. Signs of people are no reasons.
REASONS = {
    "honeypot": desk_noop("A field was filled in that people do not see."),
    "too_fast": desk_noop("The form was sent sooner after it was opened than a person can fill it in."),
    "many_too_fast": desk_noop("Several forms were sent as fast in this hour."),
    "hasty_draft": desk_noop("Its code was confirmed sooner than a person can write it down."),
    "same_text": desk_noop("Another submission of the last days has the same text."),
    "same_text_often": desk_noop("Several submissions of the last days have the same text."),
    "similar_text": desk_noop("Another submission of the last days has nearly the same text."),
    "similar_text_often": desk_noop("Several submissions of the last days have nearly the same text."),
    "phrase": desk_noop("A phrase of the admins’ list occurs in it."),
    "phrases": desk_noop("Several phrases of the admins’ list occur in it."),
    "some_links": desk_noop("It has links, and few words for each."),
    "many_links": desk_noop("It has many links for its length."),
    "mostly_links": desk_noop("It consists mostly of links."),
    "busy": desk_noop("More submissions arrived in this hour than usual, so fewer signs were enough."),
}


def is_suspicious(signals: Iterable[str]) -> bool:
    """Return whether the signals together make a submission suspicious. Unknown signals count nothing.

    A proof of work outweighs weak signals only, because bots can do it too.
    """
    found = set(signals)
    if any(WEIGHTS.get(signal, 0) >= ENOUGH for signal in found):
        found.discard(PROOF)
    weight = sum(WEIGHTS.get(signal, 0) for signal in found)
    return weight >= (ENOUGH_IF_BUSY if "busy" in found else ENOUGH)


def reasons(signals: Iterable[str]) -> list[str]:
    """Return the reasons in words, in the order of the table. Signs of people and unknown signals are left out."""
    found = set(signals)
    return [READER.gettext(sentence) for signal, sentence in REASONS.items() if signal in found]
