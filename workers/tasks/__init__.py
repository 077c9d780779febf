"""Handlers: one function for each kind of job, which does its work. This package does not use Celery."""
