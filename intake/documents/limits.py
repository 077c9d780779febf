"""Limits on documents. Each is far above what contributors write, and bounds the cost of the worst file."""

MAX_BYTES = 20 * 1024 * 1024
"""Size of any document, with the pictures inside."""
MAX_TEXT_BYTES = 2 * 1024 * 1024
"""Size of a .txt or .md file. UTF-32 takes four bytes for each letter."""
MAX_HTML_BYTES = 300 * 1024
"""Default size of the text of a document as HTML, in UTF-8. Equals the default of TRANSOM_MAX_TEXT_BYTES."""
MAX_PARTS = 10_000
"""Files in a ZIP archive. A long Word file has a few hundred."""
MAX_PICTURES = 10_000
"""Pictures in a document. A submission takes far fewer."""
