"""Passwords given on the command line, hashed as the web application does it."""


class TooShort(Exception):
    """The password has fewer characters than the web application would take; the message is for people."""


def hashed(password: str) -> str:
    """Argon2id of `password`; TooShort."""
    from flask_security import hash_password

    from intake.web import create_app
    from intake.web.forms.fields import PASSWORD_CHARACTERS

    if len(password) < PASSWORD_CHARACTERS:
        raise TooShort(f"A password needs at least {PASSWORD_CHARACTERS} characters; four words are good.")
    with create_app().app_context():
        result: str = hash_password(password)
    return result
