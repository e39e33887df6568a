"""For all tests: properties are neither timed nor left to chance. Sockets to other hosts are off (pyproject.toml)."""

import os

from hypothesis import HealthCheck, settings

# A slow machine is no defect, so no deadline; the same examples every time, so that a landing is judged by its code.
settings.register_profile(
    "ancrage", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ancrage")

os.environ["ANCRAGE_EGRESS"] = "off"
os.environ["ANCRAGE_BETTER"] = "off"  # no test waits for, or leaves behind, the work of the slower model
