"""A file that has taken over the process that reads it can do nothing there but be read."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.indexer.sandbox import landlock, seccomp
from citeguide.indexer.sandbox.guarded import Reader
from citeguide.indexer.sandbox.protection import Protection

MALICIOUS = """
import ctypes, json, os, resource, signal, socket, subprocess
from citeguide.indexer.document import ParsedGuide

system = ctypes.CDLL(None, use_errno=True).syscall

def call(number, *arguments):
    if system(ctypes.c_long(number), *arguments, *[0] * (6 - len(arguments))) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def reads(place):
    yield "open a file", lambda: open(f"{place}/secret").read()
    yield "open it through /proc", lambda: open(f"/proc/self/root{place}/secret").read()
    yield "list a folder", lambda: os.listdir(place)
    yield "see the users", lambda: open("/etc/passwd").read()
    yield "see its environment", lambda: open("/proc/self/environ").read()
    yield "see its parent's", lambda: open(f"/proc/{os.getppid()}/environ").read()

def writes(place):
    yield "make a file", lambda: open(f"{place}/new", "w")
    yield "write to a file", lambda: open(f"{place}/secret", "a")
    yield "make a nameless file", lambda: os.open(place, os.O_TMPFILE | os.O_RDWR)
    yield "make a folder", lambda: os.mkdir(f"{place}/folder")
    yield "make a link", lambda: os.symlink("/etc/passwd", f"{place}/link")
    yield "make a second name", lambda: os.link(f"{place}/secret", f"{place}/second")
    yield "make a pipe", lambda: os.mkfifo(f"{place}/pipe")
    yield "remove a file", lambda: os.unlink(f"{place}/secret")
    yield "remove a folder", lambda: os.rmdir(f"{place}/empty")
    yield "rename a file", lambda: os.rename(f"{place}/secret", f"{place}/renamed")
    yield "empty a file", lambda: os.truncate(f"{place}/secret", 0)

def calls(place):
    yield "change a mode", lambda: os.chmod(f"{place}/secret", 0o777)
    yield "change a time", lambda: os.utime(f"{place}/secret", (0, 0))
    yield "change an owner", lambda: os.chown(f"{place}/secret", 1, 1)
    yield "set an attribute", lambda: os.setxattr(f"{place}/secret", "user.a", b"b")
    yield "connect", lambda: socket.create_connection(("127.0.0.1", int(open_port)), timeout=5)
    yield "send a datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"a", ("127.0.0.1", 9))
    yield "open a local socket", lambda: socket.socket(socket.AF_UNIX)
    yield "open a pair of sockets", socket.socketpair
    yield "run a program", lambda: subprocess.run(["/bin/true"])
    yield "become a program", lambda: os.execv("/bin/true", ["true"])
    yield "spawn a program", lambda: os.posix_spawn("/bin/true", ["true"], {})
    yield "run one in a shell", lambda: os.system("exit 0") and 1 / 0
    yield "fork", lambda: os.fork() or os._exit(0)
    yield "hold a program in memory", lambda: os.memfd_create("a")
    yield "end its parent", lambda: os.kill(os.getppid(), signal.SIGTERM)
    yield "raise a limit", lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    yield "have a signal sent to its parent", lambda: __import__("fcntl").fcntl(0, 8, os.getppid())
    yield "type into the terminal", lambda: __import__("fcntl").ioctl(0, 0x5412, b"a")
    for name, number in [("io_uring", 425), ("pidfd_open", 434), ("clone3", 435), ("openat2", 437), ("mount", 165),
                         ("ptrace", 101), ("bpf", 321), ("unshare", 272), ("perf_event_open", 298), ("x32", 1 << 30)]:
        if os.uname().machine == "x86_64":
            yield name, lambda number=number: call(number)

def parse(data, name):
    global open_port
    place, open_port, which = data.decode().split("\\n")
    done = []
    for name, deed in globals()[which](place):
        try:
            deed()
            done.append(name)
        except (OSError, ValueError, ArithmeticError, subprocess.SubprocessError):
            pass
    return ParsedGuide("text", json.dumps(done), "", None, (), ())

def tell(data, name):
    return ParsedGuide("text", json.dumps(dict(os.environ)), "", None, (), ())
"""
"""Tries all of a kind of deeds and tells which were done."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that the reading process finds modules in, and the variables that lead there."""
    place = tmp_path_factory.mktemp("library")
    (place / "malicious.py").write_text(MALICIOUS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(place))
        patch.setenv("A_PASSWORD", "hunter2")
        yield place


@pytest.fixture(scope="module")
def protection(library: Path) -> Protection:
    """What this machine's kernel offers."""
    assert library.is_dir()
    with Reader() as reader:
        return reader.protection()


def done(tmp_path: Path, which: str) -> list[str]:
    """Which deeds of a kind a malicious parser manages, while somebody listens, beside a file that it may not see."""
    place = tmp_path / "place"
    (place / "empty").mkdir(parents=True)
    (place / "secret").write_text("a secret\n")
    before = sorted((path.name, path.stat().st_mode, path.stat().st_mtime_ns) for path in place.iterdir())
    with socket.create_server(("127.0.0.1", 0)) as listening, Reader(parser="malicious:parse") as reader:
        guide = tmp_path / "guide.txt"
        guide.write_text(f"{place}\n{listening.getsockname()[1]}\n{which}")
        managed = json.loads(reader(guide).guide.text)
    after = sorted((path.name, path.stat().st_mode, path.stat().st_mtime_ns) for path in place.iterdir())
    assert (after, (place / "secret").read_text()) == (before, "a secret\n")
    assert isinstance(managed, list)
    return managed


@pytest.mark.parametrize(("which", "deed"), [("reads", "opening other files"), ("writes", "writing files")])
def test_a_malicious_parser_reaches_no_file(protection: Protection, tmp_path: Path, which: str, deed: str) -> None:
    if not protection.deeds()[deed]:
        pytest.skip(f"nothing on this machine keeps a process from {deed}")
    assert done(tmp_path, which) == []


def test_a_malicious_parser_can_use_no_network_start_nothing_and_signal_nobody(
    protection: Protection, tmp_path: Path
) -> None:
    if not protection.seccomp:
        pytest.skip("the kernel has no seccomp filters, or this machine is not known")
    assert done(tmp_path, "calls") == []


def test_the_kernel_keeps_what_it_offers(protection: Protection) -> None:
    """Whatever the kernel has is in force; a process that failed to ask for it would be found out here."""
    assert protection.landlock == landlock.version()
    if seccomp.is_known():
        assert protection.seccomp == (Path("/proc/sys/kernel/seccomp").is_dir())


def test_the_environment_of_whoever_indexes_is_not_for_the_guides(library: Path, tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text("tell")
    with Reader(parser="malicious:tell") as reader:
        told = json.loads(reader(guide).guide.text)
    assert told["PYTHONPATH"] == str(library)
    assert "A_PASSWORD" not in told


# Landlock and seccomp by themselves

CONFINED = """
import sys
from pathlib import Path
from citeguide.indexer.sandbox import landlock
version = landlock.read_only([Path(sys.argv[1]), Path("/nowhere")])
for path in sys.argv[2:]:
    try:
        print(Path(path).read_text(), end="")
    except PermissionError:
        print("refused")
sys.exit(version)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Landlock is Linux's")
def test_landlock_leaves_what_was_named_readable(tmp_path: Path) -> None:
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(f"{name}\n")
    files = [str(tmp_path / name / "file") for name in ("open", "shut")]
    command = [sys.executable, "-c", CONFINED, str(tmp_path / "open"), *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == landlock.version()
    assert result.stdout == ("open\nrefused\n" if landlock.version() else "open\nshut\n")


def test_a_kernel_without_landlock_is_said_to_have_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(landlock, "_call", lambda *_: -1)
    assert landlock.read_only([tmp_path]) == 0
    assert (tmp_path / "still").write_text("there") == 5


ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSE, MISSING = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
CALLS = (
    ("read", (), ALLOW),
    ("openat", (0, 0, os.O_RDONLY), ALLOW),
    ("openat", (0, 0, os.O_WRONLY), REFUSE),
    ("openat", (0, 0, os.O_RDWR | 1 << 40), REFUSE),
    ("openat", (0, 0, os.O_RDONLY | os.O_CREAT), REFUSE),
    ("fcntl", (0, 1030), ALLOW),
    ("fcntl", (0, 8), REFUSE),
    ("ioctl", (0, 0x5401), ALLOW),
    ("ioctl", (0, 0x5412), REFUSE),
    ("tgkill", (77,), ALLOW),
    ("kill", (78,), REFUSE),
    ("prlimit64", (0, 9, 0), ALLOW),
    ("prlimit64", (0, 9, 1), REFUSE),
    ("prlimit64", (0, 9, 1 << 32), REFUSE),
    ("exit_group", (), ALLOW),
)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_allows_and_refuses_by_number_and_argument(machine: str) -> None:
    """Run here as the kernel runs it, for each machine that is known, with a process of number 77."""
    numbers = dict(seccomp.numbers(machine))
    for name, arguments, verdict in CALLS:
        assert run(machine, numbers[name], *arguments) == verdict, (name, arguments)
    forbidden = {"x86_64": (41, 42, 56, 57, 59, 82, 87, 90, 101, 319), "aarch64": (198, 203, 220, 221, 35, 38, 53, 117)}
    assert {run(machine, number) for number in forbidden[machine]} == {REFUSE}
    assert {run(machine, number) for number in (425, 435, 437, 500)} == {MISSING}


def test_a_call_of_another_machine_ends_the_process() -> None:
    assert run("x86_64", 0, architecture="aarch64") == KILL
    assert run("x86_64", 1 << 30) == REFUSE


def run(machine: str, number: int, *arguments: int, architecture: str | None = None) -> int:
    """What the filter of a machine says to a call."""
    words = {0: number, 4: seccomp._ARCHITECTURES[architecture or machine]}
    for n, value in enumerate((*arguments, 0, 0, 0)):
        words |= {16 + 8 * n: value & 0xFFFFFFFF, 20 + 8 * n: value >> 32}
    code, at, held = seccomp.program(machine, 77), 0, 0
    while True:
        kind, if_so, if_not, value = code[at]
        match kind:
            case 0x20:
                held = words[value]
                at += 1
            case 0x06:
                return value
            case 0x15 | 0x35 | 0x45:
                holds = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[kind]
                at += 1 + (if_so if holds else if_not)
            case _:
                raise AssertionError(kind)


@pytest.mark.parametrize(
    ("protection", "said"),
    [
        (Protection(7, seccomp=True), "starting programs (Landlock 7, seccomp)"),
        (Protection(0, seccomp=True), "nothing here keeps it from opening other files"),
        (Protection(0, seccomp=False), "memory; nothing here keeps it from opening other files, writing files, using"),
    ],
)
def test_what_is_not_prevented_is_said(protection: Protection, said: str) -> None:
    assert said in protection.sentence()


def test_packages_that_an_installer_only_links_to_can_be_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the process is confined too, which is when most readers are imported."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "late.py").write_text("WORD = 'late'\n")
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "late.py").symlink_to(tmp_path / "store" / "late.py")
    (tmp_path / "path" / "importing.py").write_text(
        "from citeguide.indexer.document import ParsedGuide\n"
        "def parse(data, name):\n    import late\n    return ParsedGuide('text', late.WORD, '', None, (), ())\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    (tmp_path / "guide.txt").write_text("a guide")
    with Reader(parser="importing:parse") as reader:
        assert reader(tmp_path / "guide.txt").guide.text == "late"
