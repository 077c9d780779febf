"""Health report, system status, metrics, database version, and the checks of `transom doctor`."""
