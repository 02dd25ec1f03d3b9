from __future__ import annotations

from pathlib import Path

from tests.quality.peers.environment import installed_mb


def put(folder: Path, name: str, size: int, *requires: str) -> None:
    """A package of one module of `size` bytes, and a compiled file that is not counted."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0"]
    lines += [f"Requires-Dist: {one}" for one in requires]
    (info / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (info / "RECORD").write_text(f"{name}.py,,\n{name}.pyc,,\n", encoding="utf-8")
    for ending in ("py", "pyc"):
        (folder / f"{name}.{ending}").write_bytes(b"#" * size)


def test_packages_count_with_all_that_they_require_and_no_others(tmp_path: Path) -> None:
    put(tmp_path, "toolkit", 4_000_000, "Base_Part", 'tool; extra == "test"', 'old; python_version < "3"')
    put(tmp_path, "base-part", 2_000_000, "toolkit", "missing")
    for name in ("tool", "old", "other"):
        put(tmp_path, name, 1_000_000)
    assert installed_mb(["toolkit>=1"], tmp_path) == 6.0
    assert installed_mb(["toolkit[test]"], tmp_path) == 7.0
