"""Hashing of passwords for the command line, in the same way as the web application."""


def hashed(password: str, *own_words: str) -> str:
    """Check a password and hash it with Argon2id. `own_words` are the person's name and address.

    Raises intake.accounts.passwords.WeakPassword, whose message says what to do.
    """
    from intake.accounts.passwords import check
    from intake.settings import settings
    from intake.web import create_app
    from intake.web.login import passwords

    check(password, (*own_words, settings().magazine))
    with create_app().app_context():
        return passwords.hashed(password)
