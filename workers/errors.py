"""What a job may say of itself."""


class Refused(Exception):
    """This job can never succeed; the message says why, and says nothing of the content."""


class CanaryDied(Exception):
    """Our own text or photo did not come out as it must; the message says what of it."""
