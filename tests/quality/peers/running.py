"""One system's job in a process of its own, and its result on disk, named by all that it depends on."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.settings import ROOT
from tests.quality.peers.contract import Job, Result, read_result, write_job
from tests.quality.peers.environment import install, installed_mb, site_packages
from tests.quality.peers.systems import OWN, System

__all__ = ["Place", "run", "size_mb"]

PEERS = Path(__file__).parent
# Nothing is fetched and nothing is reported while a system runs, and threads that wait take no
# processor time, which is measured.
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_WAIT_POLICY": "PASSIVE",
}


@dataclass(frozen=True)
class Place:
    """Where a job's files lie: `folder` is the set's, in the state folder."""

    folder: Path
    system: System
    job: Job

    @property
    def result(self) -> Path:
        """The name changes with the job, the adapter and the packages or, for Yuanwen, its own code."""
        digest = hashlib.sha256()
        fields = asdict(replace(self.job, model=Path(self.job.model).name))
        digest.update(json.dumps(fields, ensure_ascii=False).encode())
        for path in _sources(self.system):
            digest.update(path.read_bytes())
        return self.folder / f"{self.system.key}-{digest.hexdigest()[:12]}.result.json"

    def read(self) -> Result | None:
        """The result, None where there is none yet.

        An index that came from cached vectors has the time of the last one that did not.
        """
        if not self.result.is_file():
            return None
        result = read_result(self.result)
        if result.index_seconds is None:
            pattern = f"{self.system.key}-{'[0-9a-f]' * 12}.result.json"
            former = sorted(self.folder.glob(pattern), key=lambda path: path.stat().st_mtime)
            times = [read_result(path).index_seconds for path in former]
            return replace(result, index_seconds=next((s for s in reversed(times) if s is not None), None))
        return result


def run(place: Place, environments: Path) -> bool:
    """Whether the adapter did its job; what it says is in a log beside the result."""
    system = place.system
    python = install(system.requirements, environments / system.module) if system.packages else sys.executable
    place.folder.mkdir(parents=True, exist_ok=True)
    job, log = (place.folder / f"{system.key}.{ending}" for ending in ("job.json", "log"))
    write_job(place.job, job)
    command = [str(python), "-m", f"tests.quality.peers.{system.module}", str(job), str(place.result)]
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | ENVIRONMENT, stdout=output, stderr=subprocess.STDOUT
        )
    if done.returncode:
        print(f"{system.key}: exit {done.returncode}, see {log}", file=sys.stderr)
    return done.returncode == 0


def size_mb(system: System, environments: Path) -> float | None:
    """What the packages take on disk; None for a baseline, and where the environment is not there."""
    if system == OWN:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return installed_mb(project["dependencies"], site_packages(Path(sys.executable)))
    python = environments / system.module / "bin" / "python"
    return installed_mb(list(system.packages), site_packages(python)) if python.exists() else None


def _sources(system: System) -> list[Path]:
    adapters = [PEERS / "contract.py", PEERS / "yuanwen.py", PEERS / f"{system.module}.py"]
    if system.packages:
        return [adapters[0], adapters[2], system.requirements]
    product = [*(ROOT / "bot").glob("*"), *(ROOT / "corpus").glob("*"), *(ROOT / "index").rglob("*")]
    return adapters + sorted(path for path in product if path.is_file() and path.suffix != ".pyc")
