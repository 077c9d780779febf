"""The job ledger, recovery of lost jobs, admin actions on jobs, queues, schedules, figures.

The job ledger is the table `jobs` in PostgreSQL, which records every background job.
"""
