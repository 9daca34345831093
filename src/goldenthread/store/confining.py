"""What a worker process gives up before it answers strangers, as far as the platform lets it."""

import os
import sys
import time
from math import ceil
from pathlib import Path

from goldenthread.domain.limits import MIB, Limits


def confine(limits: Limits) -> tuple[int, int]:
    """Give up what a query has no need of; return a file for `resident`, and what that says now.

    Nothing can be opened afterwards, so neither file nor network can be reached, whatever the
    engine is made to do. Not every platform can: there the guard stands alone.
    """
    if sys.platform == "win32":
        return -1, 0
    import resource

    os.nice(10)
    statm = -1
    if Path("/proc/self/statm").exists():
        statm = os.open("/proc/self/statm", os.O_RDONLY)
        taken = int(os.pread(statm, 64, 0).split()[0]) * resource.getpagesize()
        most = taken + limits.memory * MIB
        _limit(resource.RLIMIT_AS, most)
    for each in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(each, (0, 0))
    return statm, resident(statm)


def resident(statm: int) -> int:
    """Return the bytes of memory that this process has in use; 0 where it cannot be told."""
    if statm < 0:
        return 0
    import resource

    return int(os.pread(statm, 64, 0).split()[1]) * resource.getpagesize()


def allow_seconds(seconds: float, allowed: int = 0) -> int:
    """End this process by itself, should the one that would kill it be gone.

    Args:
        seconds: how long it may work from now on, and a little more.
        allowed: what the last call returned.

    Returns:
        The processor seconds after which it ends.
    """
    if sys.platform == "win32":
        return 0
    import resource

    most = ceil(time.process_time() + seconds) + 2
    if most != allowed:
        _limit(resource.RLIMIT_CPU, most)
    return most


def _limit(which: int, most: int) -> None:
    """Set a limit that may be set again, no higher than whoever started the server allows."""
    if sys.platform == "win32":
        return
    import resource

    highest = resource.getrlimit(which)[1]
    if highest != resource.RLIM_INFINITY:
        most = min(most, highest)
    resource.setrlimit(which, (most, highest))
