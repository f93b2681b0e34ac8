"""Forbid this process the system calls with which a document could get out of it (Linux).

After :func:`forbid` no system call opens a socket, starts a program, opens a file for writing,
changes a folder or the attributes of a file, or reaches another process: each fails with EPERM, so
that a library goes on without. Files can still be read. The filter is a program for the
Berkeley Packet Filter (seccomp(2), filter mode), which the kernel keeps until the process ends.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import struct
import sys
from collections.abc import Iterable

# Numbers of system calls, from asm/unistd_64.h and asm-generic/unistd.h of Linux 6.
_SINCE_5 = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426,
    "io_uring_register": 427, "open_tree": 428, "move_mount": 429, "fsopen": 430,
    "pidfd_open": 434, "openat2": 437, "pidfd_getfd": 438, "fchmodat2": 452,
    "setxattrat": 463, "removexattrat": 466,
}  # fmt: skip
_FORBIDDEN = {
    "x86_64": _SINCE_5 | {
        "socket": 41, "connect": 42, "accept": 43, "sendto": 44, "sendmsg": 46, "bind": 49,
        "listen": 50, "socketpair": 53, "accept4": 288, "sendmmsg": 307,
        "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
        "truncate": 76, "ftruncate": 77, "creat": 85, "fallocate": 285,
        "rename": 82, "mkdir": 83, "rmdir": 84, "link": 86, "unlink": 87, "symlink": 88,
        "mknod": 133, "mkdirat": 258, "mknodat": 259, "unlinkat": 263, "renameat": 264,
        "linkat": 265, "symlinkat": 266, "renameat2": 316,
        "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "utime": 132,
        "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "removexattr": 197,
        "lremovexattr": 198, "fremovexattr": 199, "utimes": 235, "fchownat": 260,
        "futimesat": 261, "fchmodat": 268, "utimensat": 280,
        "ptrace": 101, "rt_sigqueueinfo": 129, "tkill": 200, "rt_tgsigqueueinfo": 297,
        "process_vm_readv": 310, "process_vm_writev": 311,
        "shmget": 29, "semget": 64, "msgget": 68, "mq_open": 240,
        "add_key": 248, "request_key": 249, "keyctl": 250,
        "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "reboot": 169,
        "init_module": 175, "kexec_load": 246, "unshare": 272, "perf_event_open": 298,
        "open_by_handle_at": 304, "setns": 308, "finit_module": 313, "bpf": 321,
    },
    "aarch64": _SINCE_5 | {
        "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202,
        "connect": 203, "sendto": 206, "sendmsg": 211, "accept4": 242, "sendmmsg": 269,
        "execve": 221, "execveat": 281,
        "truncate": 45, "ftruncate": 46, "fallocate": 47,
        "mknodat": 33, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37,
        "renameat": 38, "renameat2": 276,
        "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "removexattr": 14, "lremovexattr": 15,
        "fremovexattr": 16, "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55,
        "utimensat": 88,
        "ptrace": 117, "tkill": 130, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240,
        "process_vm_readv": 270, "process_vm_writev": 271,
        "mq_open": 180, "msgget": 186, "semget": 190, "shmget": 194,
        "add_key": 217, "request_key": 218, "keyctl": 219,
        "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "unshare": 97,
        "kexec_load": 104, "init_module": 105, "reboot": 142, "perf_event_open": 241,
        "open_by_handle_at": 265, "setns": 268, "finit_module": 273, "bpf": 280,
    },
}  # fmt: skip

# Machine → its AUDIT_ARCH, and calls that are allowed with some arguments.
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_OPEN = {"x86_64": {2: 1, 257: 2}, "aarch64": {56: 2}}
"""``open`` and ``openat``: number → which argument has the flags."""
_KILL = {"x86_64": (62, 234), "aarch64": (129, 131)}
"""``kill`` and ``tgkill``: a process may still end itself."""
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_X32_CALLS = 0x40000000
"""Numbers from here on are a second table of calls on x86_64."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CLONE_THREAD = 0x00010000

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW = (_RETURN, 0, 0, 0x7FFF0000)
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
"""Offsets in ``struct seccomp_data``."""

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, and a constant."""


def forbid() -> bool:
    """Forbid the calls for the rest of this process. Return False if the system cannot do it."""
    if sys.platform != "linux" or (machine := os.uname().machine) not in _FORBIDDEN:
        return False
    program = b"".join(struct.pack("HBBI", *step) for step in _program(machine, os.getpid()))
    buffer = ctypes.create_string_buffer(program, len(program))
    description = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    prctl = ctypes.CDLL(None).prctl
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, description, 0, 0)


def end_with_parent() -> None:
    """Let the system kill this process as soon as its parent is gone (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _program(machine: str, own_process: int) -> list[Instruction]:
    """Return the filter. Each rule jumps over its ``return``, so that rules can be joined."""
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        _refuse(errno.EPERM),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_AT_LEAST, 0, 1, _X32_CALLS),
        _refuse(errno.EPERM),
        (_JUMP_EQUAL, 0, 1, _CLONE3),
        _refuse(errno.ENOSYS),  # its flags lie in memory; the C library then calls clone
    ]
    for number in sorted(_FORBIDDEN[machine].values()):
        program += [(_JUMP_EQUAL, 0, 1, number), _refuse(errno.EPERM)]
    for number, argument in _OPEN[machine].items():
        program += _with_argument(number, argument, [(_JUMP_ANY_BIT, 0, 1, _WRITING)])
    for number in _KILL[machine]:
        program += _with_argument(number, 0, [(_JUMP_EQUAL, 1, 0, own_process)])
    program += _with_argument(_CLONE[machine], 0, [(_JUMP_ANY_BIT, 1, 0, _CLONE_THREAD)])
    return [*program, _ALLOW]


def _with_argument(number: int, argument: int, test: Iterable[Instruction]) -> list[Instruction]:
    """Return the rule for one call: load an argument, and refuse unless ``test`` jumps by one."""
    body = [
        (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),  # the lower half: both are little-endian
        *test,
        _refuse(errno.EPERM),
        _ALLOW,
    ]
    return [(_JUMP_EQUAL, 0, len(body), number), *body]


def _refuse(number: int) -> Instruction:
    return (_RETURN, 0, 0, 0x00050000 | number)
