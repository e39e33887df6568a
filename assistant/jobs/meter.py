"""The progress of several jobs, as one."""

from collections.abc import Sequence

from assistant.jobs.service import Jobs, OnProgress


class Meter:
    """The progress of several jobs as one."""

    def __init__(self, jobs: Jobs, ids: Sequence[str], on_progress: OnProgress | None) -> None:
        self._jobs = jobs
        self._ids = ids
        self._on_progress = on_progress

    def watch(self, _job: str) -> OnProgress | None:
        """Whenever one of them moves, tell how far all of them are."""
        return None if self._on_progress is None else self._tell

    def _tell(self, _done: int, _total: int, doing: str) -> None:
        assert self._on_progress is not None
        seen = [self._jobs.progress(job) for job in self._ids]
        self._on_progress(sum(p.done for p in seen), sum(p.total for p in seen), doing)
