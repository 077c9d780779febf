"""What a job may say of itself."""


class Refused(Exception):
    """This job can never succeed; the message says why, and says nothing of the content."""
