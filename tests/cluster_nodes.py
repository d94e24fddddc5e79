"""A real OpenSearch cluster on loopback, a JVM for each node: started, killed, frozen and ended by tests.

The server is what Maven Central has; ``fetch`` brings it once to a folder that stays. It refuses to run as root, so
there the nodes are nobody's, and their folders must be readable by everybody.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VERSION = os.environ.get("OPENSEARCH_VERSION", "2.19.1")
"""The newest that runs on Java 17 and whose security plugin is there too."""
HOME = Path(os.environ.get("OPENSEARCH_HOME", f"/var/tmp/citeguide-opensearch-{VERSION}"))  # noqa: S108 - stays there
"""Where the server lies, whichever checkout needs it."""
SECURE_HOME = HOME.with_name(f"{HOME.name}-secure")
"""The same with the plugin that knows users and TLS."""
_SERVER = "org.opensearch.distribution.integ-test-zip:opensearch"
_PLUGIN = "org.opensearch.plugin:opensearch-security"
_MAIN = "org.opensearch.bootstrap.OpenSearch"
_JVM = (
    "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=64m", "-XX:-UsePerfData", "-Xss1m",
    "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-Djna.nosys=true", "-Dio.netty.noUnsafe=true",
    "-Dio.netty.allocator.numDirectArenas=0", "-Dlog4j.shutdownHookEnabled=false", "-Dlog4j2.disable.jmx=true",
    "-Djava.locale.providers=SPI,COMPAT", "-Dopensearch.distribution.type=zip", "-Djava.security.manager=allow",
)  # fmt: skip
"""For a short life on few cores."""
_LOGGING = (
    "appender.file.type = File\nappender.file.name = file\nappender.file.layout.type = PatternLayout\n"
    "appender.file.fileName = {log}\nappender.file.layout.pattern = %d %-5p %c{{1.}} %m%n\n"
    "rootLogger.level = warn\nrootLogger.appenderRef.file.ref = file\n"
)
_WORK = next(folder for folder in ("/dev/shm", "/var/tmp") if os.access(folder, os.W_OK))  # noqa: S108 - removed at the end
"""Where nodes keep their data: in memory where that can be, as each change is brought to disk."""
_SECURE = (
    *(
        f"plugins.security.ssl.{layer}.pem{what}_filepath: {file}.pem"
        for layer in ("transport", "http")
        for what, file in (("cert", "node"), ("key", "node-key"), ("trustedcas", "ca"))
    ),
    "plugins.security.ssl.transport.enforce_hostname_verification: false",
    "plugins.security.ssl.http.enabled: true",
    "plugins.security.allow_default_init_securityindex: true",
    "plugins.security.nodes_dn: ['CN=node']",
)
START_SECONDS = 240.0
_LIFE = "life"
"""A pipe in a cluster's folder, which all that use the cluster hold open."""
_WATCH = """
trap '' HUP
cat > /dev/null
exec setsid sh -c 'kill -9 "-$1"; for turn in 1 2 3 4 5 6 7 8 9; do rm -rf "$2" && break; sleep 1; done' sh $$ "$1"
"""
"""Waits until nobody holds that pipe open, however they ended; then its process group and the folder go.

A group that lost its parent and has a frozen member is sent SIGHUP, which must not end the watch; a dying node may
still write, so the folder goes at the second or third try."""


def missing() -> str:
    """Why no cluster can be started here; nothing where one can."""
    if shutil.which("java") is None:
        return "there is no Java"
    are_here = (HOME / "lib").is_dir() and SECURE_HOME.is_dir()
    return "" if are_here else f"there is no OpenSearch in {HOME} (tests/cluster_nodes.py brings it)"


def fetch() -> None:
    """Bring the server by Maven, and its plugin, unless they are there."""
    with tempfile.TemporaryDirectory(dir=HOME.parent) as folder:
        work = Path(folder)
        if not (HOME / "lib").is_dir():
            archive = _fetched(f"{_SERVER}:{VERSION}:zip", work)
            zipfile.ZipFile(archive).extractall(work)
            (work / archive.stem).chmod(0o755)
            (work / archive.stem).rename(HOME)
        if not SECURE_HOME.is_dir():
            shutil.copytree(HOME, work / "secure")
            plugin = work / "secure" / "plugins" / "opensearch-security"
            zipfile.ZipFile(_fetched(f"{_PLUGIN}:{VERSION}.0:zip", work)).extractall(plugin)
            (work / "secure").rename(SECURE_HOME)


def _fetched(artifact: str, folder: Path) -> Path:
    copy = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
    subprocess.run(copy, check=True, cwd=folder)
    (archive,) = folder.glob(f"{artifact.split(':')[1]}-*.zip")
    return archive


class Nodes:
    """The nodes of one cluster, by their numbers from 0."""

    def __init__(
        self,
        count: int = 3,
        heap: str = "192m",
        settings: Sequence[str] = (),
        *,
        jit: bool = False,
        disks: Mapping[int, Path] | None = None,
        secure: bool = False,
    ) -> None:
        """``jit`` is for measuring speed; ``disks`` are folders for some nodes' data; a ``secure`` cluster speaks TLS,
        and knows the user admin with the password admin."""
        self._home = SECURE_HOME if secure else HOME
        self.folder = Path(tempfile.mkdtemp(prefix="citeguide-cluster-", dir=_WORK))
        self.folder.chmod(0o755)
        ports = _free_ports(2 * count)
        self.ports, self._transport = ports[:count], ports[count:]
        self._java = [f"-Xms{heap}", f"-Xmx{heap}", *_JVM, *(() if jit else ("-XX:TieredStopAtLevel=1",))]
        self._disks = disks or {}
        self._settings = settings
        self._nodes: list[subprocess.Popen[bytes] | None] = [None] * count
        if secure:
            _certify(self.folder)
        self._live()
        for number in range(count):
            self.start(number)

    def _live(self) -> None:
        """Tie the nodes' lives to this process's, and those of others that open the pipe."""
        os.mkfifo(self.folder / _LIFE)
        self.life = os.open(self.folder / _LIFE, os.O_RDWR)
        with (self.folder / _LIFE).open("rb") as pipe:
            command = ["sh", "-c", _WATCH, "sh", str(self.folder)]
            self._watch = subprocess.Popen(command, stdin=pipe, process_group=0)

    @classmethod
    def running(cls, ports: Sequence[int]) -> Nodes:
        """Those of a cluster that another process has started, to be asked."""
        nodes = cls.__new__(cls)
        nodes._home = HOME
        nodes.ports = list(ports)
        return nodes

    @property
    def hosts(self) -> str:
        """The nodes as an address names them."""
        return ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def start(self, number: int) -> None:
        """Start a node, on the folder that it had if it ran before."""
        node = self.folder / f"node{number}"
        for name in ("config", "data", "logs", "tmp"):
            (node / name).mkdir(parents=True, exist_ok=True)
        (node / "config" / "opensearch.yml").write_text("\n".join(self._yml(number)) + "\n")
        (node / "config" / "log4j2.properties").write_text(_LOGGING.format(log=node / "logs" / "node.log"))
        if self._home == SECURE_HOME:
            plugin = SECURE_HOME / "plugins" / "opensearch-security" / "config"
            shutil.copytree(plugin, node / "config" / "opensearch-security", dirs_exist_ok=True)
            for pem in self.folder.glob("*.pem"):
                shutil.copy(pem, node / "config")
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            disk = self._disks.get(number, node)
            for path in (node, *node.rglob("*"), disk, *disk.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid)
            as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}
        command = [
            "java", *self._java,
            f"-Djava.io.tmpdir={node / 'tmp'}", f"-XX:ErrorFile={node}/logs/error.log",
            f"-Dopensearch.path.home={self._home}",
            f"-Dopensearch.path.conf={node}/config", "-cp", f"{self._home}/lib/*", _MAIN, "--quiet",
        ]  # fmt: skip
        with (node / "logs" / "out.log").open("ab") as log:
            self._nodes[number] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=node,
                process_group=self._watch.pid,
                **as_user,
            )

    def _yml(self, number: int) -> list[str]:
        node = self.folder / f"node{number}"
        seeds = json.dumps([f"127.0.0.1:{port}" for port in self._transport])
        return [
            "cluster.name: citeguide-test", f"node.name: node{number}", "network.host: 127.0.0.1",
            f"path.data: {self._disks.get(number, node / 'data')}", f"path.logs: {node}/logs",
            f"http.port: {self.ports[number]}", f"transport.port: {self._transport[number]}",
            f"discovery.seed_hosts: {seeds}",
            f"cluster.initial_cluster_manager_nodes: {json.dumps([f'node{n}' for n in range(len(self.ports))])}",
            "node.processors: 1",
            *(self._settings or ["cluster.routing.allocation.disk.threshold_enabled: false"]),
            *(_SECURE if self._home == SECURE_HOME else ()),
        ]  # fmt: skip

    def living(self) -> list[int]:
        """The nodes whose processes run."""
        return [n for n, process in enumerate(self._nodes) if process is not None and process.poll() is None]

    def signal(self, number: int, what: signal.Signals) -> None:
        """Send a signal to a node's process: SIGKILL, SIGSTOP, SIGCONT."""
        process = self._nodes[number]
        assert process is not None
        process.send_signal(what)
        if what == signal.SIGKILL:
            process.wait()

    def cpu(self) -> float:
        """Seconds of computing of all nodes that run."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self._pids()]
        return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Bytes of memory of the node that takes the most."""
        pages = (int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self._pids())
        return max(pages) * os.sysconf("SC_PAGE_SIZE")

    def _pids(self) -> list[int]:
        return [process.pid for process in self._nodes if process is not None and process.poll() is None]

    def wait(self, status: str = "green", seconds: float = START_SECONDS) -> None:
        """Until every living node is in the cluster, and it has this health."""
        until = time.monotonic() + seconds
        living = self.living()
        while time.monotonic() < until and len(self.living()) >= len(living):
            try:
                asked = f"_cluster/health?wait_for_status={status}&wait_for_nodes={len(living)}&timeout=2s"
                if not self.ask(asked, living[0])["timed_out"]:
                    return
            except (OSError, ValueError):
                time.sleep(0.3)
        logs = "".join(path.read_text()[-2_000:] for path in sorted(self.folder.glob("node*/logs/*.log")))
        raise TimeoutError(f"the cluster is not {status} with {len(living)} nodes:\n{logs}")

    def ask(self, path: str, number: int = 0, method: str = "GET", body: object = None) -> Any:
        """What a node replies."""
        data = None if body is None else json.dumps(body).encode()
        is_secure = self._home == SECURE_HOME
        scheme = "https" if is_secure else "http"
        url = f"{scheme}://127.0.0.1:{self.ports[number]}/{path}"
        asked = urllib.request.Request(url, data, method=method)  # noqa: S310 - of the cluster that was started here
        asked.add_header("Content-Type", "application/json")
        asked.add_header("Authorization", "Basic " + b64encode(b"admin:admin").decode())
        trust = ssl.create_default_context(cafile=self.folder / "ca.pem") if is_secure else None
        with urllib.request.urlopen(asked, timeout=10, context=trust) as reply:  # noqa: S310 - of the cluster that was started here
            return json.load(reply)

    def let_go(self) -> None:
        """Leave the processes to whoever holds the pipe open."""
        for process in (self._watch, *self._nodes):
            if process is not None:
                process.returncode = 0  # so that it is not complained of when this goes

    def stop(self) -> None:
        """End every node; its folder goes too."""
        os.close(self.life)
        for process in (self._watch, *self._nodes):
            if process is not None:
                process.wait()


@contextmanager
def shared(folder: Path) -> Iterator[Nodes]:
    """One cluster for all processes that name this folder: the first starts it, and it ends with the last of them."""
    state = folder / "cluster.json"
    with _alone(folder):
        try:
            facts = json.loads(state.read_text())
            life = os.open(facts["life"], os.O_WRONLY | os.O_NONBLOCK)  # refused where nobody watches any more
        except OSError:
            started = Nodes()
            try:
                started.wait()
            except TimeoutError:
                started.stop()
                raise
            started.let_go()
            facts, life = {"ports": started.ports, "life": str(started.folder / _LIFE)}, started.life
            state.write_text(json.dumps(facts))
    try:
        yield Nodes.running(facts["ports"])
    finally:
        os.close(life)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "cluster.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _certify(folder: Path) -> None:
    """A certificate for 127.0.0.1, signed by an authority made for it: ca.pem, node.pem, node-key.pem."""
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost")
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -days 30 -keyout ca-key.pem -out ca.pem -subj /CN=authority",
        "req -newkey rsa:2048 -nodes -keyout node-key.pem -out node.csr -subj /CN=node",
        "x509 -req -in node.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 30 -out node.pem -extfile names",
    ):
        openssl = shutil.which("openssl") or "openssl"
        subprocess.run([openssl, *command.split()], cwd=folder, check=True, capture_output=True)


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on: all are held at once, so that none is given twice."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


if __name__ == "__main__":
    fetch()
    sys.stdout.write(f"OpenSearch {VERSION} lies in {HOME}\n")
