"""Durable work: it survives its process, and is done once."""

from assistant.jobs.refusals import JobFailed
from assistant.jobs.service import Jobs, OnProgress
from assistant.jobs.table import JobProgress

__all__ = ["JobFailed", "JobProgress", "Jobs", "OnProgress"]
