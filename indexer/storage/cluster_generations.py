"""The write side of an index on a cluster: a lease for the one writer, new indices beside the old, a swap of an alias.

A generation is two indices, whose names are never used again: one of passages, for the engine, and one of parts, which
hold the catalog and say of the other what it must hold. The catalog is written in a folder of the writer's own first.
No index is changed once the alias points to it.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...search.errors import CiteguideError, ClusterError, IndexBusyError, IndexMissingError, UsageError
from ...search.store.cluster.address import ClusterAddress
from ...search.store.cluster.bulk import Bulk
from ...search.store.cluster.client import WRITE_SECONDS, AbsentError, Cluster, TakenError, readable
from ...search.store.cluster.engine import OPENSEARCH_NAME
from ...search.store.cluster.engine_writer import OpenSearchWriter
from ...search.store.cluster.lease import Lease
from ...search.store.cluster.opening import (
    CONTROL,
    GENERATION,
    KEY_DOCUMENT,
    PARTS_INDEX,
    PASSAGES_INDEX,
    InForce,
    has,
    in_force,
    is_unused,
)
from ...search.store.cluster.parts import MANIFEST_PART, PartReader, insert, pack
from ...search.store.cluster.shelf import HEAD, Head
from ...search.store.cluster.totals import Total, part_line, part_names
from ...search.store.database import connect, create
from ...search.store.generation import CATALOG, FileRecord, Manifest, Source
from ...search.store.seal_key import SECRET_BYTES, SealKey
from .cluster_mapping import INDEX_SETTINGS, mapping
from .generations import Generation
from .parts_writer import guide_parts, questions, shelf_parts, stored

IN_STEP = "green"
IN_STEP_SECONDS = 60
"""How long is waited until every copy is in step; then one that misses some is put in force as well."""
PER_SHARD = 200_000
"""Passages of a shard."""
_INDEX = re.compile(rf"(?P<generation>{GENERATION})-(?:{PARTS_INDEX}|{PASSAGES_INDEX})")


class ClusterGenerations:
    """Those of one index on a cluster."""

    engine = OPENSEARCH_NAME

    def __init__(self, address: ClusterAddress) -> None:
        self._address = address
        self._work = Path()
        self._lease: Lease
        self._cluster: Cluster
        """Both are there while it is written."""

    def is_unused(self) -> bool:
        """Whether the cluster has no index of this name."""
        return is_unused(self._address)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lease, and a folder to write in."""
        with ExitStack() as held:
            cluster = self._cluster = held.enter_context(closing(Cluster(self._address, WRITE_SECONDS)))
            cluster.check_server()
            self._work = Path(held.enter_context(TemporaryDirectory(prefix="citeguide-")))
            self._control(cluster)
            self._lease = held.enter_context(Lease(self._address, self._name(CONTROL)))
            self._sweep(cluster)
            yield
            with suppress(CiteguideError):  # the next writer does it
                self._sweep(cluster)

    def current(self) -> Generation:
        """The generation in force, its catalog brought into a folder."""
        cluster = self._cluster
        found = in_force(cluster)
        folder = self._work / "base"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        bring_catalog(cluster, found, folder / CATALOG)
        return Generation(folder, found.manifest)

    def remembered(self) -> tuple[Source, ...]:
        """What the manifest says, where it can still be read."""
        try:
            return in_force(self._cluster).manifest.sources
        except IndexMissingError:
            return ()

    def has_any(self) -> bool:
        """Whether the alias is there."""
        return has(self._cluster, f"/_alias/{self._address.name}")

    @contextmanager
    def draft(self, base: Generation | None, engine: str) -> Iterator[_ClusterDraft]:  # noqa: ARG002 - there is one
        """Two new indices, and a folder for the catalog."""
        cluster = self._cluster
        before = in_force(cluster) if self.has_any() else None
        numbers = [int(match["number"]) for match in self._indices(cluster)]
        name = f"{self._address.name}-{max(numbers, default=0) + 1:06}-{secrets.token_hex(4)}"
        folder = self._work / name
        folder.mkdir()
        if base is not None:
            shutil.copyfile(base.folder / CATALOG, folder / CATALOG)
        size = before.manifest.files[PASSAGES_INDEX].size if before is not None else 0
        for kind, shards in ((PARTS_INDEX, 1), (PASSAGES_INDEX, 1 + size // PER_SHARD)):
            settings = INDEX_SETTINGS | {"number_of_shards": shards}
            _create(cluster, f"{name}-{kind}", {"settings": {"index": settings}, "mappings": mapping(kind)})
        old = before.passages if before is not None and base is not None else None
        draft = _ClusterDraft(
            cluster, name, folder, OpenSearchWriter(cluster, f"{name}-{PASSAGES_INDEX}", old), before, self
        )
        try:
            yield draft
        finally:
            if not draft.is_published:
                with suppress(CiteguideError):  # the next writer does it; what was wrong is said already
                    self._delete(cluster, name)

    def carry_key(self, key: SealKey | None) -> None:
        """Put the key into the index that all generations share."""
        if key is not None:
            line = SealKey(1, key.secret).to_line()
            self._cluster.ask("PUT", f"/{self._name(CONTROL)}/_doc/{KEY_DOCUMENT}", {"line": line}, refresh="true")

    def ensure_key(self, generation: int) -> None:
        """Make a key where there is none."""
        made = SealKey(generation, secrets.token_bytes(SECRET_BYTES)).to_line()
        with suppress(TakenError):
            self._cluster.ask("PUT", f"/{self._name(CONTROL)}/_create/{KEY_DOCUMENT}", {"line": made})

    def check_lease(self) -> None:
        """Raise IndexBusyError where the lease was lost."""
        self._lease.renew()

    def _name(self, kind: str) -> str:
        return f"{self._address.name}-{kind}"

    def _control(self, cluster: Cluster) -> None:
        """The index that all generations share, made where it is missing."""
        if not has(cluster, f"/_alias/{self._address.name}") and has(cluster, f"/{self._address.name}/_settings"):
            raise UsageError(f"{self._address.name} is another index on the cluster", "choose another name")
        if not has(cluster, f"/{self._name(CONTROL)}/_settings"):
            body = {"settings": {"index": INDEX_SETTINGS | {"number_of_shards": 1}}, "mappings": mapping(CONTROL)}
            _create(cluster, self._name(CONTROL), body)

    def _indices(self, cluster: Cluster) -> list[re.Match[str]]:
        """The indices of all generations, whole or not."""
        found = cluster.ask("GET", f"/{self._address.name}-*/_alias")
        with readable():
            matches = [_INDEX.fullmatch(str(name)) for name in found]
        return [match for match in matches if match is not None and match["name"] == self._address.name]

    def _sweep(self, cluster: Cluster) -> None:
        """Delete what was left unfinished, and all generations but the one in force and the one before."""
        try:
            now = in_force(cluster)
        except IndexMissingError:
            now = None
        number = now.manifest.generation if now is not None else 0
        older = {int(m["number"]): m["generation"] for m in self._indices(cluster) if int(m["number"]) < number}
        kept = {older[n] for n in sorted(older)[-1:]} | ({now.name} if now is not None else set())
        for generation in {match["generation"] for match in self._indices(cluster)} - kept:
            self._delete(cluster, generation)

    def _delete(self, cluster: Cluster, generation: str) -> None:
        for kind in (PARTS_INDEX, PASSAGES_INDEX):
            with suppress(AbsentError):
                cluster.ask("DELETE", f"/{generation}-{kind}")


class _ClusterDraft:
    def __init__(
        self,
        cluster: Cluster,
        name: str,
        folder: Path,
        engine: OpenSearchWriter,
        before: InForce | None,
        place: ClusterGenerations,
    ) -> None:
        self.folder = folder
        self.engine = engine
        self.is_published = False
        self._cluster = cluster
        self._name = name
        self._before = before
        self._place = place

    def publish(self, sources: Sequence[Source], *, ocr: bool) -> Generation:
        """Send the catalog's parts, see that all is there, and point the alias to it."""
        number = int(self._name.split("-")[1])
        total, shelf = self._send()
        self._place.ensure_key(number)
        files = {
            PARTS_INDEX: FileRecord(total.count, (total.sha256,)),
            PASSAGES_INDEX: FileRecord(self.engine.total.count, (self.engine.total.sha256,)),
            "shelf": FileRecord(shelf, ()),
        }
        manifest = Manifest(number, OPENSEARCH_NAME, version("citeguide"), tuple(sources), files, ocr)
        self._seal(manifest)
        self._swap()
        self.is_published = True
        return Generation(self.folder, manifest)

    def _send(self) -> tuple[Total, int]:
        """All parts; gives what they add up to, and how many the shelf has."""
        bulk, total, shelf = Bulk(self._cluster), Total(), 0
        index = f"{self._name}-{PARTS_INDEX}"

        def send(name: str, records: Any) -> None:
            part = pack(name, records)
            total.add(part_line(name, part["sha256"]))
            bulk.add(index, name, part)

        firsts, vocabulary = self.engine.vocabulary()
        with closing(connect(self.folder / CATALOG)) as db:
            for name, records in shelf_parts(db):
                send(name, records)
                shelf += 1
            for name, records in guide_parts(db):
                send(name, records)
            for name, stems in vocabulary:
                send(name, {"stems": stems})
            head = Head(shelf, self.engine.statistics, self.engine.longest, firsts, questions(db))
        send(HEAD, head.to_records())
        bulk.flush()
        return total, shelf

    def _seal(self, manifest: Manifest) -> None:
        """Count what is there, wait for the copies, write the manifest, and let nothing be changed any more."""
        data = manifest.to_json().decode()
        now = datetime.now(UTC).isoformat()
        body = {
            "name": MANIFEST_PART,
            "data": data,
            "sha256": sha256(data.encode()).hexdigest(),
            "written": now,
            "size": 0,
        }
        self._cluster.ask("PUT", f"/{self._name}-{PARTS_INDEX}/_doc/{MANIFEST_PART}", body)
        for kind, more in ((PARTS_INDEX, 1), (PASSAGES_INDEX, 0)):
            index = f"{self._name}-{kind}"
            self._cluster.ask("POST", f"/{index}/_refresh")
            counted = self._cluster.ask("GET", f"/{index}/_count")
            with readable():
                is_whole = not counted["_shards"]["failed"] and counted["count"] == manifest.files[kind].size + more
            if not is_whole:
                raise ClusterError("the cluster lost a part of what it had taken in", "run the command again")
            self._cluster.ask("PUT", f"/{index}/_settings", {"index.blocks.write": True})
        self._wait()

    def _wait(self) -> None:
        """Wait until every copy is in step. Where one is missing for long, the others do."""
        until, wait = time.monotonic() + IN_STEP_SECONDS, 0.05
        while time.monotonic() < until:
            health = self._cluster.ask("GET", f"/_cluster/health/{self._name}-*")
            with readable():
                if health["status"] == IN_STEP:
                    return
            time.sleep(wait)
            wait = min(1.0, 2 * wait)

    def _swap(self) -> None:
        """One call that all readers see at once; it fails where another generation was put in force meanwhile."""
        alias = self._place._address.name
        self._place.check_lease()
        actions: list[dict[str, Any]] = [{"add": {"index": f"{self._name}-{PARTS_INDEX}", "alias": alias}}]
        if self._before is not None:
            actions.append({"remove": {"index": self._before.parts, "alias": alias, "must_exist": True}})
        try:
            self._cluster.ask("POST", "/_aliases", {"actions": actions})
        except AbsentError as error:
            if in_force(self._cluster).name == self._name:  # it was done, the reply was lost, and it was asked again
                return
            raise IndexBusyError("another writer has put a generation in force", "run the command again") from error


def _create(cluster: Cluster, index: str, body: dict[str, Any]) -> None:
    """Make an index, and wait for its copies: before they are there, a node that dies takes it along.

    That it is there already is said where a reply was lost, or another writer was as quick.
    """
    try:
        cluster.ask("PUT", f"/{index}", body, wait_for_active_shards="all", timeout="10s")
    except ClusterError:
        if not has(cluster, f"/{index}/_settings"):
            raise


def fetched(address: ClusterAddress, folder: Path) -> Generation:
    """The generation in force, its catalog brought into a folder, for one who writes nothing there."""
    with closing(Cluster(address, WRITE_SECONDS)) as cluster:
        found = in_force(cluster)
        bring_catalog(cluster, found, folder / CATALOG)
        return Generation(folder, found.manifest)


def bring_catalog(cluster: Cluster, found: InForce, path: Path) -> None:
    """The whole catalog of a generation as a file."""
    reader = PartReader(cluster, found.parts)
    with closing(create(path)) as db:
        db.execute("BEGIN")
        for names in part_names(cluster, found.parts):
            for _, records in reader.fetch(names):
                insert(db, stored(records))
        db.execute("COMMIT")
