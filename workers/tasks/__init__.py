"""The work of each kind of job. Nothing here knows of Celery."""
