"""What an action may refuse, in the words of the domain. The web maps these to pages."""


class StaleRevision(Exception):
    """The page was made on an older version than the one in the database; somebody else was quicker."""


class NotFound(Exception):
    """There is no such thing, or not for this person: the two look alike."""


class ReasonMissing(Exception):
    """A rejection needs a reason, since the contributor reads it."""


class AlreadySubmitted(Exception):
    """The form's token was used before: a second click, or a retry after a lost answer."""
