"""Background processes: Celery workers, relay and scheduler."""
