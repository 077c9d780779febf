"""Redaction and crop of photos: requested by an editor, applied by a worker."""
