"""The process that makes the better vectors is started again where it was killed."""

import os
import signal
import sys
import time
from pathlib import Path

from api.cli.improving import BackgroundImprover
from assistant.settings import Settings

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
FAILS = (sys.executable, "-c", "raise SystemExit(3)")
ENDS = (sys.executable, "-c", "pass")


def improver(words: tuple[str, ...], *, better: bool = True) -> BackgroundImprover:
    return BackgroundImprover(Settings(home=Path("/nowhere"), database_url="sqlite://", better=better), words)


def pid_of(one: BackgroundImprover) -> int:
    assert one._child is not None
    return one._child.pid


def wait(one: BackgroundImprover) -> None:
    assert one._child is not None
    one._child.wait(20)


def test_a_killed_process_is_started_again_and_a_living_one_is_left_alone() -> None:
    one = improver(SLEEPS)
    one()
    first = pid_of(one)
    one()
    assert (pid_of(one), one.look_after()) == (first, False)
    os.kill(first, signal.SIGKILL)
    wait(one)
    assert one.look_after()
    assert pid_of(one) != first
    os.kill(pid_of(one), signal.SIGKILL)
    wait(one)


def test_what_ended_well_stays_ended() -> None:
    one = improver(ENDS)
    one()
    wait(one)
    assert not one.look_after()


def test_what_fails_every_time_is_not_tried_for_ever() -> None:
    one = improver(FAILS)
    one()
    tried = 0
    until = time.monotonic() + 60
    while time.monotonic() < until:
        wait(one)
        if not one.look_after():
            break
        tried += 1
    assert tried == 5


def test_nothing_is_started_where_the_better_model_is_off() -> None:
    one = improver(SLEEPS, better=False)
    one()
    assert one._child is None
    assert not one.look_after()
