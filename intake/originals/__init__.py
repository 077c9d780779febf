"""Sealed originals: unchanged files of photos, for magazines that must verify them. Off unless an admin sets a number of days.

A contributor has to allow it. Two named people together open one, each with the own passphrase.
"""

MOST_DAYS = 90
"""Largest number of days for which originals may be kept."""
HOLDERS = 2
"""Number of holders with a key who must exist before anything is kept."""
MOST_HOLDERS = 6
"""Largest number of holders. Each two of them have shares of each original."""
ASK_MINUTES = 30
"""Minutes in which a second holder may agree to an opening."""
OPEN_MINUTES = 15
"""Minutes for which both may look."""
