"""A process that does nothing but fork: workers begin in milliseconds with the data set in memory.

A server has threads and open connections, and a fork of it may inherit a lock that nobody will
release. So one process is forked early and keeps still; workers are forked from that. It ends, and
its workers with it, when the server closes the socket between them or dies.
"""

import gc
import os
import signal
import socket
import struct
import warnings
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import NoReturn

_ORDER = struct.Struct("!cI")
_FORK, _KILL = b"F", b"K"
_REAP_SECONDS = 0.2
Serve = Callable[[socket.socket], None]


class Nursery:
    """The server's hold on the process that forks workers."""

    def __init__(self, serve: Serve) -> None:
        """Fork now.

        Args:
            serve: what a worker does with its end of a socket; when it returns, the worker ends.
        """
        ours, theirs = socket.socketpair()
        self.pid = _fork()
        if self.pid == 0:
            _end_after(lambda: _tend(theirs, serve))
        theirs.close()
        self._control = ours
        self._keys = count(1)

    def fork(self) -> tuple[int, socket.socket]:
        """Start a worker; return its key and the server's end of the socket to it.

        Raises:
            OSError: the forking process is gone.
        """
        key = next(self._keys)
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [_ORDER.pack(_FORK, key)], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return key, ours

    def kill(self, key: int) -> None:
        """Kill a worker; nothing happens where it has ended."""
        with suppress(OSError):
            self._control.sendall(_ORDER.pack(_KILL, key))

    def close(self) -> None:
        """End the forking process and every worker, and wait until they are gone."""
        self._control.close()
        if self.pid:
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self.pid = 0


def _fork() -> int:
    with warnings.catch_warnings():
        # Python 3.12 warns where there are threads. The child takes none of their locks.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _end_after(work: Callable[[], None]) -> NoReturn:
    """Do a child's work and end it here: it may never return into the code of its parent."""
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _tend(control: socket.socket, serve: Serve) -> None:
    """Fork and kill as told until the server is gone."""
    # What the server has open stays the server's: a connection that two processes hold never ends.
    _close_all_but(control.fileno())
    signal.set_wakeup_fd(-1)
    # Ctrl-C reaches the whole group of processes; the server says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # The server's objects are never freed here: that would close files by numbers used anew.
    gc.disable()
    gc.freeze()
    children: dict[int, int] = {}
    dying: set[int] = set()
    while True:
        control.settimeout(_REAP_SECONDS if dying else None)
        try:
            order, files, _, _ = socket.recv_fds(control, _ORDER.size, 1)
        except TimeoutError:
            dying -= {pid for pid in dying if os.waitpid(pid, os.WNOHANG)[0]}
            continue
        if len(order) < _ORDER.size:
            break
        what, key = _ORDER.unpack(order)
        if what == _FORK:
            if pid := _start(files[0], serve):
                children[key] = pid
            os.close(files[0])
        elif pid := children.pop(key, 0):
            os.kill(pid, signal.SIGKILL)
            dying.add(pid)
    for pid in children.values():
        os.kill(pid, signal.SIGKILL)
    for pid in (*children.values(), *dying):
        os.waitpid(pid, 0)


def _start(file: int, serve: Serve) -> int:
    """Return the id of a new worker; 0 where there can be no more processes."""
    try:
        pid = os.fork()
    except OSError:
        return 0
    if pid == 0:
        _close_all_but(file)
        _end_after(lambda: _work(file, serve))
    return pid


def _work(file: int, serve: Serve) -> None:
    # A worker that runs out of memory says so at length, and the server says it better.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    if nowhere > 2:  # noqa: PLR2004 - the three standard files
        os.close(nowhere)
    serve(socket.socket(fileno=file))


def _close_all_but(file: int) -> None:
    os.closerange(3, file)
    os.closerange(file + 1, os.sysconf("SC_OPEN_MAX"))
