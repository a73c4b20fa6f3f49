"""`lianhu gap`: figures recomputed from the files alone."""

from __future__ import annotations

from pathlib import Path

from command import lianhu, read

# Two agents, three items; the cheapest plan, 1 + 2 + 9 = 12, gives items 1 and 2 to agent 1 and item 3 to agent 2.
SMALL = "2 3\n1 2 3\n9 9 9\n5 5 5\n5 5 5\n10 10\n"


def figures(out: str) -> dict[str, str]:
    return dict(line.replace(" ", "").split(":", 1) for line in out.splitlines())


def test_plan_bound_and_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(SMALL)
    done = lianhu("gap", "f", "--seed", "3", "--out", "sol.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    printed = figures(done.out)
    assert printed["status"] == "optimal"
    assert printed["objective"] == printed["bound"] == "12"
    assert float(printed["seconds"]) >= 0
    rows = read(tmp_path / "sol.csv")
    assert [row["item"] for row in rows] == ["1", "2", "3"]
    assert sorted(row["agent"] for row in rows) == ["1", "1", "2"]
    assert sum(int(row["cost"]) for row in rows) == 12


def test_several_instances_and_maximize(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("2\n" + SMALL + SMALL)
    done = lianhu("gap", "f", "--maximize", "--seconds", "1", "--out", "sol.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.out.count("objective: 21") == 2  # 9 + 9 + 3
    assert [row["instance"] for row in read(tmp_path / "sol.csv")] == ["1"] * 3 + ["2"] * 3


def test_infeasible_is_said_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("1 2\n1 1\n5 5\n9\n")
    done = lianhu("gap", "f", "--out", "sol.csv", cwd=tmp_path)
    assert done.code == 3
    assert "infeasible" in done.out and "weights exceed" in done.err
    assert not (tmp_path / "sol.csv").exists()
    assert "无解" in lianhu("--lang", "zh", "gap", "f", cwd=tmp_path).err


def test_bad_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("2 3\n1 2 x\n")
    done = lianhu("gap", "f", cwd=tmp_path)
    assert (done.code, done.err) == (2, "lianhu: f: line 2: not a whole number: 'x'\n")
    assert lianhu("gap", "none", cwd=tmp_path).code == 2
