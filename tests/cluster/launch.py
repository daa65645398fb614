"""Three OpenSearch nodes on this machine, each in a JVM of its own, from Maven artifacts.

`python -m tests.cluster.launch` (or `make opensearch`) runs them in the foreground until Ctrl-C; tests use `Cluster`.
Nodes listen on the loopback interface only, and end when the process that started them does.
"""

import contextlib
import functools
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NODES = 3
HEAP = "-Xms512m -Xmx512m"
READY_SECONDS = 120
MAVEN_SECONDS = 300
# What the class path and the compiled node are kept in between runs.
CACHE = Path(tempfile.gettempdir()) / f"broadsheet-cluster-{os.getuid()}"
# Short starts, small heaps: half the threads of a server's defaults, no second compiler.
JVM = (
    "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.disable.jmx=true -Djava.awt.headless=true "
    "-Djava.security.manager=allow -Dopensearch.networkaddress.cache.ttl=60"
)
SERVER_JVM = JVM.replace("-XX:TieredStopAtLevel=1 ", "")


class NoCluster(Exception):
    """The nodes cannot be started here; the text says why."""


@functools.cache
def class_path() -> str:
    """What Java needs to run a node, fetched by Maven on the first call.

    Raises:
        NoCluster: there is no JDK or Maven, or Maven cannot get the artifacts.
    """
    for program in ("java", "javac", "mvn"):
        if shutil.which(program) is None:
            raise NoCluster(f"there is no {program} on this machine")
    sources = [HERE / "pom.xml", HERE / "Node.java"]
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    CACHE.mkdir(mode=0o700, exist_ok=True)
    classes, listed = CACHE / f"classes-{stamp}", CACHE / f"path-{stamp}.txt"
    if not listed.exists() or not all(Path(jar).exists() for jar in listed.read_text().split(os.pathsep)):
        resolve = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:build-classpath"]
        _run([*resolve, f"-Dmdep.outputFile={listed}.new"])
        Path(f"{listed}.new").replace(listed)
    if not classes.exists():
        made = Path(f"{classes}.new")
        _run(["javac", "-nowarn", "-cp", listed.read_text(), "-d", str(made), str(HERE / "Node.java")])
        made.replace(classes)
    return f"{classes}{os.pathsep}{listed.read_text()}"


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=MAVEN_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise NoCluster(f"{command[0]} did not finish within {MAVEN_SECONDS} seconds") from None
    if done.returncode:
        raise NoCluster(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-300:]}")


def free_ports(count: int) -> list[int]:
    """Ports of the loopback interface that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Cluster:
    """Some nodes that form one cluster. A context manager.

    Raises:
        NoCluster: it cannot be started.
    """

    def __init__(
        self, directory: Path, nodes: int = NODES, jvm: str = JVM, heap: str = HEAP, first_port: int = 0
    ) -> None:
        self.directory = directory
        self._jvm = [*heap.split(), *jvm.split()]
        self._class_path = class_path()
        ports = free_ports(2 * nodes)
        self._http = list(range(first_port, first_port + nodes)) if first_port else ports[:nodes]
        self._transport = ports[nodes:]
        self._processes: list[subprocess.Popen[bytes] | None] = [None] * nodes
        self.urls = tuple(f"http://127.0.0.1:{port}" for port in self._http)
        try:
            for number in range(nodes):
                self.start(number)
            self.wait("green", nodes)
        except BaseException:
            self.stop()
            raise

    def start(self, number: int) -> None:
        """Start a node, with the data it had before if it had any."""
        home = self.directory / f"node-{number}"
        home.mkdir(parents=True, exist_ok=True)
        names = [f"node-{n}" for n in range(len(self._http))]
        settings = {
            "cluster.name": "broadsheet-tests",
            "node.name": names[number],
            "path.home": home,
            "path.data": home / "data",
            "path.logs": home / "logs",
            "network.host": "127.0.0.1",
            "http.port": self._http[number],
            "transport.port": self._transport[number],
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in self._transport),
            "cluster.initial_cluster_manager_nodes": ",".join(names),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "cluster.max_shards_per_node": 4000,
            "action.destructive_requires_name": "false",
            # A killed node should be missed at once.
            "cluster.fault_detection.leader_check.interval": "500ms",
            "cluster.fault_detection.follower_check.interval": "500ms",
            "discovery.find_peers_interval": "300ms",
            "node.processors": 2,
            "indices.recovery.max_bytes_per_sec": "0",
            # What is not yet collected is no reason to refuse a search, in a heap as small as this.
            "indices.breaker.total.use_real_memory": "false",
        }
        command = ["java", *self._jvm, "-cp", self._class_path, "TestNode"]
        log = (home / "output.log").open("ab")
        with log:
            self._processes[number] = subprocess.Popen(
                [*command, *(f"{key}={value}" for key, value in settings.items())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=home,
            )

    def kill(self, number: int) -> None:
        """End a node as a power cut would."""
        self._end(number, signal.SIGKILL)

    def pause(self, number: int, paused: bool = True) -> None:
        """Stop a node's process in its tracks, or let it go on: a node that answers no more, but is there."""
        process = self._processes[number]
        assert process is not None
        process.send_signal(signal.SIGSTOP if paused else signal.SIGCONT)

    def stop(self) -> None:
        """End all nodes. Their data goes with the directory, which the caller made."""
        for number in range(len(self._processes)):
            self._end(number, signal.SIGKILL)

    def _end(self, number: int, how: signal.Signals) -> None:
        process, self._processes[number] = self._processes[number], None
        if process is not None:
            process.send_signal(how)
            process.wait()
            if process.stdin:
                process.stdin.close()

    def ask(self, path: str, method: str = "GET", body: Any = None, timeout: float = 30) -> Any:
        """The JSON answer of the first node that gives one."""
        data = None if body is None else json.dumps(body).encode()
        for number, url in enumerate(self.urls):
            if self._processes[number] is None:
                continue
            request = urllib.request.Request(url + path, data, {"Content-Type": "application/json"}, method=method)
            with (
                contextlib.suppress(urllib.error.URLError, TimeoutError, ConnectionError),
                urllib.request.urlopen(request, timeout=timeout) as answer,
            ):
                return json.load(answer)
        return None

    def wait(self, status: str = "green", nodes: int | None = None, seconds: float = READY_SECONDS) -> None:
        """Wait until the cluster is in a state, with so many nodes.

        Raises:
            NoCluster: a node ended, or time ran out.
        """
        wanted = nodes or sum(process is not None for process in self._processes)
        end = time.monotonic() + seconds
        health: Any = None
        while time.monotonic() < end:
            for number, process in enumerate(self._processes):
                if process is not None and process.poll() is not None:
                    raise NoCluster(f"node {number} ended: {self._last_words(number)}")
            health = self.ask("/_cluster/health", timeout=5)
            order = ["red", "yellow", "green"]
            if health and health["number_of_nodes"] == wanted and order.index(health["status"]) >= order.index(status):
                return
            time.sleep(0.2)
        raise NoCluster(f"the cluster was not {status} within {seconds:.0f} seconds: {health or self._last_words(0)}")

    def _last_words(self, number: int) -> str:
        return (self.directory / f"node-{number}" / "output.log").read_text(errors="replace")[-600:]

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def main() -> None:
    """Run a cluster until Ctrl-C, on ports 9200 and up."""
    directory = Path(tempfile.mkdtemp(prefix="broadsheet-opensearch-"))
    try:
        with Cluster(directory, jvm=SERVER_JVM, heap="-Xms512m -Xmx512m", first_port=9200) as cluster:
            print(f"Three nodes are ready: {', '.join(cluster.urls)}. Ctrl-C ends them.", flush=True)
            print(f"BROADSHEET_ENGINE__NAME=opensearch BROADSHEET_ENGINE__HOSTS={','.join(cluster.urls)}", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print("Ended; their data is gone.")
    except NoCluster as why:
        sys.exit(f"No cluster: {why}.")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
