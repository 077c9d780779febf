"""The queue of submissions: filters, order, search, saved views, claims, presence."""
