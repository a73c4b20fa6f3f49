"""The page of drawn parts in a real browser: headless Chromium, driven by selenium."""

from __future__ import annotations

import base64
import csv
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.support.ui import Select, WebDriverWait

PROGRAMS = Path(os.environ["LIANHU_BIN"])
STREET = "430181002"


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    # Chromium's own sandbox needs privileges that a container does not give.
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    yield driver
    driver.quit()


def district(folder: Path, *arguments: str) -> None:
    subprocess.run([PROGRAMS / "lianhu", "district", "--households", "h.csv", "--seconds", "0.5", "--map", "map.html",
                    *arguments], cwd=folder, check=True, capture_output=True)  # fmt: skip


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two communities of squares, four households each, at the crossings of a lattice."""
    folder = tmp_path_factory.mktemp("drawn")
    lines = ["id,x,y,community"]
    for c in range(2):
        for k in range(64):
            x, y = 100 * (k // 4 % 4) + 10 * (k % 2), 100 * (k // 16) + 10 * (k // 2 % 2)
            lines.append(f"H{c}-{k},{x + 1000 * c},{y},{STREET}{201 + c}")
    (folder / "h.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    district(folder, "--within", "community", "--min", "4", "--max", "4", "--levels", "--grid-min", "16", "--grid-max", "16",
             "--out", "micro.csv", "--parts", "parts.csv")  # fmt: skip
    return folder


def open_page(browser: WebDriver, page: Path) -> None:
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page.as_uri())
    WebDriverWait(browser, 30).until(lambda b: b.execute_script("return !!window.lianhuMap"))


def text(browser: WebDriver, name: str) -> str:
    return str(browser.find_element(By.ID, name).text)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def point_at(browser: WebDriver, part: int, click: bool) -> None:
    x, y = browser.execute_script(f"return window.lianhuMap.screenPosition({part})")
    action = ActionChains(browser)
    action.w3c_actions.pointer_action.move_to_location(round(x), round(y))
    if click:
        action.w3c_actions.pointer_action.click()
    action.perform()


def test_figures_sizes_and_compactness(browser: WebDriver, drawn: Path) -> None:
    open_page(browser, drawn / "map.html")
    assert browser.get_log("browser") == []
    requests = [entry["message"] for entry in browser.get_log("performance") if "requestWillBeSent" in entry["message"]]
    assert requests and all('"url":"file:' in request for request in requests)
    parts = read(drawn / "parts.csv")
    assert (text(browser, "households"), text(browser, "parts"), text(browser, "grids")) == ("128", "32", "8")
    assert text(browser, "sizes") == "4–4" and text(browser, "bounds") == "All within 4–4"
    # Of a square, 4 pi / 16; its radius is the diagonal.
    assert text(browser, "compactness") == "0.79" and {row["compactness"] for row in parts} == {"0.7854"}
    assert text(browser, "radius") == "14.1 m"
    bars = [int(bar.get_attribute("data-count") or 0) for bar in browser.find_elements(By.CSS_SELECTOR, "#histogram rect")]
    assert bars == [32]


def test_neighbours_differ_in_colour(browser: WebDriver, drawn: Path) -> None:
    open_page(browser, drawn / "map.html")
    parts = read(drawn / "parts.csv")
    colours = browser.execute_script(f"return Array.from({{length: {len(parts)}}}, (_, p) => window.lianhuMap.colourOf(p))")
    where = [(float(row["x"]), float(row["y"])) for row in parts]
    beside = [(a, b) for a in range(len(parts)) for b in range(a) if 0 < abs(where[a][0] - where[b][0]) + abs(where[a][1] - where[b][1]) < 110]
    assert len(beside) == 48 and all(colours[a] != colours[b] for a, b in beside)
    Select(browser.find_element(By.ID, "shade")).select_by_value("byCompactness")
    same = browser.execute_script(f"return new Set(Array.from({{length: {len(parts)}}}, (_, p) => window.lianhuMap.colourOf(p))).size")
    assert same == 1 and text(browser, "legend").split() == ["0.79", "0.79"]


def test_hover_and_click_name_the_part(browser: WebDriver, drawn: Path) -> None:
    open_page(browser, drawn / "map.html")
    parts = read(drawn / "parts.csv")
    for p in (0, 13, 31):
        point_at(browser, p, click=False)
        WebDriverWait(browser, 10).until(lambda b: parts[p]["microgrid"] in text(b, "tip"))
        tip = dict(line.split(": ", 1) for line in text(browser, "tip").splitlines())
        assert (tip["Grid"], tip["Households"] if "Households" in tip else tip["Size"]) == (parts[p]["grid"], "4")
        assert tip["Compactness"] == "0.79" and tip["Radius"] == "14.1 m"
        point_at(browser, p, click=True)
        lines = dict(line.split(": ", 1) for line in text(browser, "selection").splitlines())
        assert lines["Micro-grid"] == parts[p]["microgrid"] and lines["Centre household"] == parts[p]["medoid"]
    assert browser.get_log("browser") == []


def test_filters_search_and_language(browser: WebDriver, drawn: Path) -> None:
    open_page(browser, drawn / "map.html")
    micro = read(drawn / "micro.csv")
    Select(browser.find_element(By.ID, "unit")).select_by_visible_text(f"{STREET}202")
    assert (text(browser, "households"), text(browser, "parts"), text(browser, "grids")) == ("64", "16", "4")
    Select(browser.find_element(By.ID, "grid")).select_by_index(1)
    assert (text(browser, "households"), text(browser, "parts")) == ("16", "4")
    # Somebody of the other community: the filters give way.
    browser.execute_script("const s = document.getElementById('search'); s.value = 'H0-5'; s.onchange({target: s});")
    assert text(browser, "households") == "128"
    (row,) = [row for row in micro if row["household"] == "H0-5"]
    assert "H0-5" in text(browser, "selection") and row["microgrid"] in text(browser, "selection")
    browser.find_element(By.ID, "language").click()
    assert text(browser, "bounds") == "全部在4–4" and browser.execute_script("return document.documentElement.lang") == "zh-CN"
    assert browser.get_log("browser") == []


def test_print_holds_map_figures_and_list(browser: WebDriver, drawn: Path, tmp_path: Path) -> None:
    open_page(browser, drawn / "map.html")
    (tmp_path / "map.pdf").write_bytes(base64.b64decode(browser.print_page()))
    done = subprocess.run(["pdftotext", tmp_path / "map.pdf", "-"], check=True, capture_output=True, text=True)
    printed = " ".join(done.stdout.split())
    assert all(row["microgrid"] in printed for row in read(drawn / "parts.csv"))
    assert "Mean compactness" in printed and "Drag to move" not in printed
    # The map's own labels are printed as text, and its scale.
    words = printed.split()
    assert all(words.count(f"00{grid}") == 2 for grid in (1, 2, 3, 4)) and "100 m" in printed


def test_out_of_bounds_and_hostile_ids_are_only_shown(browser: WebDriver, tmp_path: Path) -> None:
    evil = "<img src=x onerror=window.hacked=1></script><script>window.hacked=2</script>"
    (tmp_path / "h.csv").write_text(f'id,x,y,unit\n"{evil}",0,0,"{evil}"\nH2,5,0,"{evil}"\nH3,5,9,"{evil}"\n', encoding="utf-8")
    done = subprocess.run(
        [PROGRAMS / "lianhu", "district", "--households", "h.csv", "--within", "unit", "--map", "map.html"],
        cwd=tmp_path, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 3
    open_page(browser, tmp_path / "map.html")
    assert text(browser, "bounds") == "1 outside 10–20"
    point_at(browser, 0, click=True)
    assert evil in text(browser, "selection")
    assert browser.execute_script("return window.hacked") is None
    assert browser.get_log("browser") == []


def test_the_demos_street(browser: WebDriver, tmp_path: Path) -> None:
    subprocess.run([PROGRAMS / "jili_street", "--out", tmp_path], check=True, capture_output=True)
    open_page(browser, tmp_path / "drawn.html")
    sizes = Counter(Counter(row["microgrid"] for row in read(tmp_path / "drawn.csv")).values())
    assert (text(browser, "households"), text(browser, "parts"), text(browser, "grids")) == ("46,445", "3,050", "130")
    bars = [int(bar.get_attribute("data-count") or 0) for bar in browser.find_elements(By.CSS_SELECTOR, "#histogram rect")]
    assert bars == [sizes[size] for size in range(min(sizes), max(sizes) + 1)]
    assert browser.get_log("browser") == []
