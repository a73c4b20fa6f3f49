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


def test_every_kind_of_blank_and_every_node_a_median(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"\xef\xbb\xbf3\t3\r\n\r\n 0 0 5 1\r1.5e1\t0\v5 2\f\n.5 2.0 5.0 1   ")
    done = lianhu("cpmp", "f", "--seconds", "0.2", "--out", "sol.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    assert [row["median"] for row in read(tmp_path / "sol.csv")] == ["0", "1", "2"]
    assert float(figures(done.out)["objective"]) == 0 and figures(done.out)["proof"] == "optimal"


def test_check_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(LINE)
    rows = ["5,4", "0,1", "1,1", "2,1", "3,4", "4,4"]
    (tmp_path / "sol.csv").write_text("node,median\n" + "\n".join(rows) + "\n")
    done = lianhu("cpmp", "f", "--check", "sol.csv", cwd=tmp_path)
    assert done.code == 0 and figures(done.out) == {"objective": "4.500000", "check": "feasible"}
    for bad, code, sentence in [
        (rows[:5], 2, "sol.csv: node 4 has no median"),
        (rows + ["5,4"], 2, "sol.csv: row 8, column node: the node appears twice: '5'"),
        (["5,6"] + rows[1:], 2, "sol.csv: row 2, column median: not a node, 0 to 5: '6'"),
        (["5,1"] + rows[1:], 1, "sol.csv: not a plan: capacity[1]: is 3, but the plan gives it 4"),
        (["5,5"] + rows[1:], 1, "sol.csv: not a plan: count: is 2, but the plan uses 3 candidates"),
    ]:
        (tmp_path / "sol.csv").write_text("node,median\n" + "\n".join(bad) + "\n")
        done = lianhu("cpmp", "f", "--check", "sol.csv", cwd=tmp_path)
        assert (done.code, done.err.strip()) == (code, f"lianhu: {sentence}")


def test_same_seed_and_work_same_plan(tmp_path: Path) -> None:
    nodes = [(math.sin(7 * k) * 100, math.cos(3 * k) * 100) for k in range(120)]
    (tmp_path / "f").write_text("120 15\n" + "".join(f"{x:.3f} {y:.3f} 40 {1 + k % 7}\n" for k, (x, y) in enumerate(nodes)))
    plans = []
    for seed in (4, 4):
        done = lianhu("cpmp", "f", "--seconds", "60", "--work", 200000, "--seed", seed, "--out", "sol.csv", cwd=tmp_path)
        assert done.code == 0, done.err
        plans.append(((tmp_path / "sol.csv").read_bytes(), figures(done.out)["objective"], figures(done.out)["bound"]))
    assert plans[0] == plans[1]
