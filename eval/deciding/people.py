"""Reviewers and writers who work at the same time, and keep account of every answer."""

import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import Any

from eval.deciding.furnish import Person, Stage
from eval.suites.house import PASSPHRASE

_PATIENCE = 120.0
_TWICE = 0.15
"""How often a decision is sent twice at the same moment, as by an impatient hand."""
_UNCLAIMED = 0.2
"""How often somebody decides without claiming first, perhaps on what another is about to decide."""
OUTCOMES = {"approve": "approved", "request-changes": "changes_requested", "reject": "rejected"}
_MIX = (55, 38, 7)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A decision to which the server said yes."""

    task: str
    by: str
    outcome: str


@dataclass(slots=True)
class Account:
    """What all of them were answered."""

    accepted: list[Accepted] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    """Of the decisions that were accepted."""
    unanswered: int = 0
    submissions: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def faults(self) -> int:
        """Answers of 500 and above."""
        return sum(count for status, count in self.statuses.items() if status >= 500)  # noqa: PLR2004  HTTP


@dataclass(slots=True)
class Floor:
    """Which pieces are in review as far as anybody knows, and which wait for their writers."""

    address: str
    stage: Stage
    account: Account
    until: float
    open: list[str]
    returned: "Queue[str]"
    lock: threading.Lock = field(default_factory=threading.Lock)

    def pick(self, chance: random.Random) -> str | None:
        """Any of the open ones."""
        with self.lock:
            return chance.choice(self.open) if self.open else None

    def closed(self, piece: str) -> None:
        """It is not in review any more."""
        with self.lock:
            if piece in self.open:
                self.open.remove(piece)

    def ask(self, who: Person, method: str, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        """The status and the answer; 0 where none came."""
        wanted = urllib.request.Request(  # noqa: S310  our own server
            self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Authorization": f"Bearer {who.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(wanted, timeout=_PATIENCE) as answer:  # noqa: S310
                status, said = answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                status, said = error.code, _refusal(error.read())
        except OSError:
            status, said = 0, {}
        with self.account.lock:
            if status:
                self.account.statuses[status] += 1
            else:
                self.account.unanswered += 1
            if "error" in said:
                self.account.refusals[said["error"]["code"]] += 1
        return status, said


def _refusal(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


OK = 200


def decide_until_the_end(floor: Floor, who: Person, seed: int) -> None:
    """One reviewer's working day."""
    chance = random.Random(seed)  # noqa: S311  the same mix every time
    while time.monotonic() < floor.until:
        piece = floor.pick(chance)
        if piece is None:
            time.sleep(0.05)
            continue
        status, shown = floor.ask(who, "GET", f"/api/pieces/{piece}/review")
        if status == OK and shown["piece"]["status"] != "in_review":
            floor.closed(piece)
            continue
        if chance.random() > _UNCLAIMED:
            status, shown = floor.ask(who, "POST", f"/api/reviews/{piece}/claim")
        if status != OK:
            continue
        wanted = chance.choices(list(OUTCOMES), _MIX)[0]
        body = {"reason": "So that it is decided."}
        if wanted == "approve":
            body = {"password": PASSPHRASE, "manifest_hash": shown["manifest"]["hash"]}
        _send(floor, who, (piece, wanted, body), twice=chance.random() < _TWICE)


def _send(floor: Floor, who: Person, what: tuple[str, str, dict[str, str]], *, twice: bool) -> None:
    if not twice:
        _decide(floor, who, what)
        return
    hands = [threading.Thread(target=_decide, args=(floor, who, what)) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def _decide(floor: Floor, who: Person, what: tuple[str, str, dict[str, str]]) -> None:
    piece, wanted, body = what
    began = time.perf_counter()
    status, said = floor.ask(who, "POST", f"/api/reviews/{piece}/{wanted}", body)
    if status != OK:
        return
    took = (time.perf_counter() - began) * 1000
    with floor.account.lock:
        floor.account.accepted.append(Accepted(said["task"]["id"], who.id, OUTCOMES[wanted]))
        floor.account.milliseconds.append(took)
    if said["piece"]["status"] == "in_review":
        return
    floor.closed(piece)
    if wanted == "request-changes":
        floor.returned.put(piece)


def submit_until_the_end(floor: Floor) -> None:
    """What comes back goes to review again, by its author."""
    while time.monotonic() < floor.until:
        try:
            piece = floor.returned.get(timeout=0.2)
        except Empty:
            continue
        status, _ = floor.ask(floor.stage.authors[piece], "POST", f"/api/pieces/{piece}/submit", {})
        if status == OK:
            with floor.lock, floor.account.lock:
                floor.open.append(piece)
                floor.account.submissions += 1


def work(address: str, stage: Stage, seconds: float) -> Account:
    """Let all of them work for so long; returns what they were answered."""
    account = Account()
    floor = Floor(address, stage, account, time.monotonic() + seconds, list(stage.pieces), Queue())
    threads: Sequence[threading.Thread] = [
        *(
            threading.Thread(target=decide_until_the_end, args=(floor, who, seed))
            for seed, who in enumerate(stage.reviewers)
        ),
        *(threading.Thread(target=submit_until_the_end, args=(floor,)) for _ in stage.writers),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return account
