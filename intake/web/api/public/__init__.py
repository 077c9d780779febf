"""Public API: submissions, receipts and feeds."""
