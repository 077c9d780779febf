"""Handlers: one function for each kind of job, which does the work. This package does not use Celery."""
