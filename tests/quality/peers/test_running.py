"""Results are kept by what they were made of."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.quality.peers.contract import Job, Result
from tests.quality.peers.running import Place
from tests.quality.peers.systems import OWN, SYSTEMS

JOB = Job("/here/model-1", "float32", None, (), ("谁?",))


def keep(path: Path, result: Result, age: int) -> None:
    path.write_text(json.dumps(asdict(result)), encoding="utf-8")
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))


def test_a_result_is_found_again_wherever_the_model_lies(tmp_path: Path) -> None:
    place = Place(tmp_path, OWN, JOB)
    assert place.read() is None
    keep(place.result, Result(3.0, ()), age=0)
    assert Place(tmp_path, OWN, replace(JOB, model="/there/model-1")).read() == Result(3.0, ())


@pytest.mark.parametrize(
    "changed",
    [{"questions": ("几份?",)}, {"model": "/here/model-2"}, {"length": 250}, {"precision": "bfloat16"}],
)
def test_another_job_has_another_result(tmp_path: Path, changed: dict[str, object]) -> None:
    assert Place(tmp_path, OWN, replace(JOB, **changed)).result != Place(tmp_path, OWN, JOB).result


def test_an_index_from_a_cache_has_the_last_measured_time_of_its_own_system(tmp_path: Path) -> None:
    place = Place(tmp_path, OWN, JOB)
    keep(tmp_path / "yuanwen-0123456789ab.result.json", Result(7.0, ()), age=200)
    keep(tmp_path / "yuanwen-ba9876543210.result.json", Result(8.0, ()), age=100)
    keep(tmp_path / "yuanwen-250-123456789abc.result.json", Result(9.0, ()), age=50)
    keep(place.result, Result(None, ()), age=0)
    assert place.read() == Result(8.0, ())


def test_a_toolkits_result_is_of_its_own_files_alone(tmp_path: Path) -> None:
    names = {Place(tmp_path, system, JOB).result.name for system in SYSTEMS}
    assert len(names) == len(SYSTEMS)
