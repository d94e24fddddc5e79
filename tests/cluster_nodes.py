"""A real OpenSearch cluster on loopback, a JVM for each node: started, killed, frozen and ended by tests.

The server is what Maven Central has; ``fetch`` brings it once to a folder that stays. It refuses to run as root, so
there the nodes are nobody's, and their folders must be readable by everybody.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

VERSION = os.environ.get("OPENSEARCH_VERSION", "2.19.1")
"""The newest that runs on Java 17 and whose security plugin is there too."""
HOME = Path(os.environ.get("OPENSEARCH_HOME", f"/var/tmp/citeguide-opensearch-{VERSION}"))  # noqa: S108 - stays there
"""Where the server lies, whichever checkout needs it."""
_SERVER = "org.opensearch.distribution.integ-test-zip:opensearch"
_MAIN = "org.opensearch.bootstrap.OpenSearch"
_JVM = (
    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=64m", "-XX:-UsePerfData", "-Xss1m",
    "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-Djna.nosys=true", "-Dio.netty.noUnsafe=true",
    "-Dio.netty.allocator.numDirectArenas=0", "-Dlog4j.shutdownHookEnabled=false", "-Dlog4j2.disable.jmx=true",
    "-Djava.locale.providers=SPI,COMPAT", "-Dopensearch.distribution.type=zip", "-Djava.security.manager=allow",
)  # fmt: skip
"""For a short life on few cores: one collector, and the quick compiler alone."""
_LOGGING = (
    "appender.file.type = File\nappender.file.name = file\nappender.file.layout.type = PatternLayout\n"
    "appender.file.fileName = {log}\nappender.file.layout.pattern = %d %-5p %c{{1.}} %m%n\n"
    "rootLogger.level = warn\nrootLogger.appenderRef.file.ref = file\n"
)
_WORK = next(folder for folder in ("/dev/shm", "/var/tmp") if os.access(folder, os.W_OK))  # noqa: S108 - removed at the end
"""Where nodes keep their data: in memory where that can be, as each change is brought to disk."""
START_SECONDS = 240.0


def missing() -> str:
    """Why no cluster can be started here; nothing where one can."""
    if shutil.which("java") is None:
        return "there is no Java"
    return "" if (HOME / "lib").is_dir() else f"there is no OpenSearch in {HOME} (tests/cluster_nodes.py brings it)"


def fetch() -> None:
    """Bring the server by Maven, unless it is there."""
    if (HOME / "lib").is_dir():
        return
    with tempfile.TemporaryDirectory(dir=HOME.parent) as folder:
        artifact = f"-Dartifact={_SERVER}:{VERSION}:zip"
        copy = ["mvn", "-q", "-B", "dependency:copy", artifact, f"-DoutputDirectory={folder}"]
        subprocess.run(copy, check=True, cwd=folder)
        (archive,) = Path(folder).glob("*.zip")
        zipfile.ZipFile(archive).extractall(folder)
        Path(folder, archive.stem).chmod(0o755)
        Path(folder, archive.stem).rename(HOME)


class Nodes:
    """The nodes of one cluster, by their numbers from 0."""

    def __init__(self, count: int = 3, heap: str = "192m", settings: Sequence[str] = ()) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="citeguide-cluster-", dir=_WORK))
        self.folder.chmod(0o755)
        ports = _free_ports(2 * count)
        self.ports, self._transport = ports[:count], ports[count:]
        self._heap = heap
        self._settings = settings
        self._nodes: list[subprocess.Popen[bytes] | None] = [None] * count
        for number in range(count):
            self.start(number)

    @classmethod
    def running(cls, ports: Sequence[int]) -> Nodes:
        """Those of a cluster that somebody else has started."""
        nodes = cls.__new__(cls)
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
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            for path in (node, *node.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid)
            as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}
        command = [
            "java", f"-Xms{self._heap}", f"-Xmx{self._heap}", *_JVM,
            f"-Djava.io.tmpdir={node / 'tmp'}", f"-XX:ErrorFile={node}/logs/error.log",
            f"-Dopensearch.path.home={HOME}",
            f"-Dopensearch.path.conf={node}/config", "-cp", f"{HOME}/lib/*", _MAIN, "--quiet",
        ]  # fmt: skip
        with (node / "logs" / "out.log").open("ab") as log:
            self._nodes[number] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=node, start_new_session=True, **as_user
            )

    def _yml(self, number: int) -> list[str]:
        node = self.folder / f"node{number}"
        seeds = json.dumps([f"127.0.0.1:{port}" for port in self._transport])
        return [
            "cluster.name: citeguide-test", f"node.name: node{number}", "network.host: 127.0.0.1",
            f"path.data: {node}/data", f"path.logs: {node}/logs",
            f"http.port: {self.ports[number]}", f"transport.port: {self._transport[number]}",
            f"discovery.seed_hosts: {seeds}",
            f"cluster.initial_cluster_manager_nodes: {json.dumps([f'node{n}' for n in range(len(self.ports))])}",
            "node.processors: 1", "cluster.routing.allocation.disk.threshold_enabled: false", *self._settings,
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
        asked = urllib.request.Request(f"http://127.0.0.1:{self.ports[number]}/{path}", data, method=method)
        asked.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(asked, timeout=10) as reply:  # noqa: S310 - of the cluster that was started here
            return json.load(reply)

    def stop(self) -> None:
        """End every node, and throw its folder away."""
        for number in self.living():
            self.signal(number, signal.SIGCONT)
            self.signal(number, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


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
