"""Hashing of passwords for the command line, in the same way as the web application."""


class TooShort(Exception):
    """The password is shorter than the web application allows. The message is shown to the user."""


def hashed(password: str) -> str:
    """Hash a password with Argon2id. Raises TooShort."""
    from flask_security import hash_password

    from intake.web import create_app
    from intake.web.forms.fields import PASSWORD_CHARACTERS

    if len(password) < PASSWORD_CHARACTERS:
        raise TooShort(
            f"A password needs at least {PASSWORD_CHARACTERS} characters. Four words are a good choice."
        )
    with create_app().app_context():
        result: str = hash_password(password)
    return result
