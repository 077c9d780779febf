"""Pages of guests, who read one submission by a link: the button that opens it, the text, its photos, and notes.

Guests need no account. The secret in the address and the cookie of the browser that opened the link identify them.
"""

from intake.web.guest.views import bp

__all__ = ["bp"]
