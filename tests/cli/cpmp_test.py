"""`lianhu cpmp`: figures recomputed from the files alone."""

from __future__ import annotations

import math
from pathlib import Path

from command import lianhu, read

LINE = "6 2\n0 0 3 1\n1 0 3 1\n2 0 3 1\n10 0 3 1\n11 0 3 1\n12.5 0 3 1\n"


def figures(out: str) -> dict[str, str]:
    return dict(line.replace(" ", "").split(":", 1) for line in out.splitlines())


def test_plan_bound_and_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(LINE)
    done = lianhu("cpmp", "f", "--seconds", "0.2", "--seed", "3", "--out", "sol.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    rows = read(tmp_path / "sol.csv")
    assert [row["node"] for row in rows] == ["0", "1", "2", "3", "4", "5"]
    assert [row["median"] for row in rows] == ["1", "1", "1", "4", "4", "4"]
    printed = figures(done.out)
    assert float(printed["objective"]) == 4.5
    assert float(printed["bound"]) <= 4.5
    assert float(printed["seconds"]) > 0


def test_whole_distances(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(LINE)
    done = lianhu("cpmp", "f", "--seconds", "0.2", "--distance", "whole", cwd=tmp_path)
    assert float(figures(done.out)["objective"]) == 4


def test_capacities_too_small(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(LINE.replace("6 2", "6 1"))
    done = lianhu("cpmp", "f", "--out", "sol.csv", cwd=tmp_path)
    assert done.code == 3
    assert "3 short" in done.err
    assert "还差3" in lianhu("--lang", "zh", "cpmp", "f", cwd=tmp_path).err
    assert not (tmp_path / "sol.csv").exists()


def test_bad_file_and_usage(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("1 1\n1 x 3 4\n")
    done = lianhu("cpmp", "f", cwd=tmp_path)
    assert (done.code, done.err.strip()) == (2, "lianhu: f: line 2: not a number: 'x'")
    assert lianhu("cpmp", "f", "--seconds", "0", cwd=tmp_path).code == 2
    assert lianhu("cpmp", "missing", cwd=tmp_path).code == 2


def test_a_clustered_plan_is_near_its_bound(tmp_path: Path) -> None:
    nodes = [(math.sin(k) * 100 + 1000 * (k % 4), math.cos(3 * k) * 100) for k in range(80)]
    (tmp_path / "f").write_text("80 8\n" + "".join(f"{x:.3f} {y:.3f} 12 1\n" for x, y in nodes))
    done = lianhu("cpmp", "f", "--seconds", "1", "--out", "sol.csv", cwd=tmp_path)
    printed = figures(done.out)
    rows = read(tmp_path / "sol.csv")
    total = 0.0
    for row in rows:
        (ax, ay), (bx, by) = (
            (round(nodes[int(row[name])][0], 3), round(nodes[int(row[name])][1], 3)) for name in ("node", "median")
        )
        total += math.hypot(ax - bx, ay - by)
    assert math.isclose(total, float(printed["objective"]), rel_tol=1e-6)
    medians = [row["median"] for row in rows]
    assert len(set(medians)) == 8 and max(medians.count(m) for m in medians) <= 12
    assert 0.9 * total < float(printed["bound"]) <= total + 1e-6
