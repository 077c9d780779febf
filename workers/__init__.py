"""The processes that work behind the web: Celery's workers, the relay and the scheduler."""
