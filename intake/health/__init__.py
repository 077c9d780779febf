"""One verdict on whether work is done, status, metrics, database version, `transom doctor`."""
