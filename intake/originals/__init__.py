"""Sealed originals: unchanged files of photos, for magazines that must verify them. Off unless an admin sets a number of days.

Contributors must consent. An original opens only if two named holders give their passphrases.
"""

MOST_DAYS = 90
"""Largest number of days for which originals may be kept."""
HOLDERS = 2
"""Minimum number of holders with a key. With fewer, no original is kept."""
MOST_HOLDERS = 6
"""Largest number of holders. Each pair of holders has its own shares of each original."""
ASK_MINUTES = 30
"""Minutes in which a second holder may agree to an opening."""
OPEN_MINUTES = 15
"""Minutes for which both holders may view the originals."""
