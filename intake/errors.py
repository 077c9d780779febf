"""What an action may refuse, in the words of the domain. The web maps these to pages."""


class StaleRevision(Exception):
    """The page was made on an older version than the one in the database; somebody else was quicker."""


class NotFound(Exception):
    """There is no such thing, or not for this person: the two look alike."""


class ReasonMissing(Exception):
    """A rejection needs a reason code."""


class MessageMissing(Exception):
    """Who asks a contributor for changes has to say for which."""


class SecondEditorNeeded(Exception):
    """This section asks for two approvals, and the first was this editor's own."""


class RetouchWaits(Exception):
    """A photo still shows what an editor wants destroyed; in a moment it will not."""


class Claimed(Exception):
    """Somebody else has this submission; the message is their name."""


class KeyReused(Exception):
    """The same Idempotency-Key came with another text: a mistake of the program, not a retry."""


class AlreadySubmitted(Exception):
    """The form's token was used before: a second click, or a retry after a lost answer."""


class TooMany(Exception):
    """There is no room for another of these."""


class EmptyAnswer(Exception):
    """Neither a word, nor a change of the text, nor a photo that could be taken or left out."""


class NotThese(Exception):
    """Of the jobs that were named some cannot be retried or discarded, and so none was: `why` is {number: sentence}."""

    def __init__(self, why: dict[int, str]) -> None:
        super().__init__(" ".join(f"Job {number}: {said}" for number, said in why.items()))
        self.why = why


class Miscounted(Exception):
    """It would have been another number of jobs than the one that somebody agreed to."""

    def __init__(self, count: int) -> None:
        super().__init__(f"there are {count} now")
        self.count = count


class NameTaken(Exception):
    """There is one of this name already."""
