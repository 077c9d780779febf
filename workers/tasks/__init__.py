"""Handlers: the work of each kind of job. This package does not know Celery."""
