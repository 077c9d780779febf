"""The public API: submissions, receipts, feeds."""
