"""The job ledger, recovery of lost jobs, admin actions on jobs, queues, schedules, figures."""
