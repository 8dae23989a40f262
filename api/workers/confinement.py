"""What a query worker gives up before it sees a query: its parent's life, the network, memory, priority.

The engine is native code, so nothing done in Python keeps it from the network; the kernel does. The filter
(seccomp-BPF, Linux on x86-64 and arm64) makes the calls that would open a connection or start a program fail.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_SECCOMP_MODE_FILTER = 2
_ALLOW, _ERRNO_EACCES = 0x7FFF0000, 0x00050000 | 13
# The numbers of socket, socketpair, connect, accept, bind, listen, sendto, sendmsg, ptrace, execve, execveat,
# accept4, io_uring_setup (Linux, arch/*/entry/syscalls, include/uapi/asm-generic/unistd.h).
_CALLS = {
    "x86_64": (0xC000003E, (41, 53, 42, 43, 49, 50, 44, 46, 101, 59, 322, 288, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 202, 200, 201, 206, 211, 117, 221, 281, 242, 425)),
}


def die_with_parent(parent: int) -> None:
    """End when the process that started us ends, even when it is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(0)


def leave_the_network() -> bool:
    """Refuse every call that opens a connection or starts a program; False where the kernel cannot."""
    known = _CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    audit_arch, calls = known
    load_arch, load_number = _bpf(0x20, 0, 0, 4), _bpf(0x20, 0, 0, 0)
    checks = [_bpf(0x15, len(calls) - index, 0, number) for index, number in enumerate(calls)]
    program = b"".join(
        [
            load_arch,
            _bpf(0x15, 0, len(calls) + 2, audit_arch),  # another architecture: refuse
            load_number,
            *checks,
            _bpf(0x06, 0, 0, _ALLOW),
            _bpf(0x06, 0, 0, _ERRNO_EACCES),
        ]
    )
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    held = ctypes.create_string_buffer(header, len(header))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(held), 0, 0) == 0)


def _bpf(code: int, true: int, false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, true, false, value)


def in_use() -> int:
    """The bytes of address space that this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def bound_memory(megabytes: int | None, *, beyond: int | None = None) -> None:
    """Allow this much more address space than ``beyond``, or than is in use now; None: any."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if megabytes is None:
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        return
    limit = (in_use() if beyond is None else beyond) + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def bound_time(seconds: float) -> None:
    """End this process when the time is up, whatever it is doing; 0: never mind."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
