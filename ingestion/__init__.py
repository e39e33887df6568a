"""What does the approved file say, and where?"""

import os

# Measured: with one BLAS thread a process embeds five times more passages a second; the work is
# spread over processes instead. It must be set before numpy is imported, so it stands here.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
