"""The map page in a real browser: headless Chromium, driven by selenium."""

from __future__ import annotations

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


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("jili")
    subprocess.run([PROGRAMS / "jili_street", "--out", folder], check=True, capture_output=True)
    return folder


def open_page(browser: WebDriver, page: Path) -> None:
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page.as_uri())
    WebDriverWait(browser, 30).until(lambda b: b.execute_script("return !!window.lianhuMap"))


def text(browser: WebDriver, name: str) -> str:
    return str(browser.find_element(By.ID, name).text)


def click_household(browser: WebDriver, household: int) -> None:
    x, y = browser.execute_script(f"return window.lianhuMap.screenPosition({household})")
    action = ActionChains(browser)
    action.w3c_actions.pointer_action.move_to_location(round(x), round(y))
    action.w3c_actions.pointer_action.click()
    action.perform()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_founding_street(browser: WebDriver, street: Path) -> None:
    open_page(browser, street / "map.html")
    assert browser.get_log("browser") == []
    requests = [entry["message"] for entry in browser.get_log("performance") if "requestWillBeSent" in entry["message"]]
    assert requests and all('"url":"file:' in request for request in requests)

    plan = read(street / "plan.csv")
    loads = Counter(row["steward"] for row in plan)
    distances = [float(row["distance_m"]) for row in plan]
    assert text(browser, "households") == "46,445"
    assert text(browser, "stewards") == f"{len(loads):,}" == "2,744"
    assert text(browser, "loads") == f"{min(loads.values())}–{max(loads.values())}"
    assert text(browser, "unserved") == "0"
    assert text(browser, "greatest") == f"{max(distances):.1f} m"
    assert "已证明最优" in text(browser, "proof")

    bars = [int(bar.get_attribute("data-count") or 0) for bar in browser.find_elements(By.CSS_SELECTOR, "#histogram rect")]
    sizes = Counter(loads.values())
    assert bars == [sizes[size] for size in range(min(sizes), max(sizes) + 1)]

    longest = sorted(range(len(plan)), key=lambda h: (-distances[h], h))[:10]
    listed = [item.text.split() for item in browser.find_elements(By.CSS_SELECTOR, "#worst li")]
    assert [item[0] for item in listed] == [plan[h]["household"] for h in longest]


def test_a_click_names_the_steward(browser: WebDriver, street: Path) -> None:
    open_page(browser, street / "map.html")
    plan = read(street / "plan.csv")
    where = {row["id"]: (row["x"], row["y"]) for row in read(street / "households.csv")}
    steward_of = {row["household"]: row["steward"] for row in plan}
    # The longest link is easy to hit: the page moves to it.
    browser.find_element(By.CSS_SELECTOR, "#worst button").click()
    named = text(browser, "worst").split()[0]
    assert named in text(browser, "selection") and steward_of[named] in text(browser, "selection")
    for household in (17, 20_000, 46_000):
        browser.execute_script(
            "const search = document.getElementById('search');"
            f"search.value = '{plan[household]['household']}'; search.onchange({{target: search}});"
        )
        WebDriverWait(browser, 10).until(lambda b: plan[household]["household"] in text(b, "selection"))
        browser.find_element(By.ID, "view")
        click_household(browser, household)
        lines = dict(line.split(": ", 1) for line in text(browser, "selection").splitlines())
        clicked = lines["住户"]
        assert where[clicked] == where[plan[household]["household"]]
        assert lines["红管事"] == steward_of[clicked]
    assert browser.get_log("browser") == []


def test_the_filter_shows_one_community(browser: WebDriver, street: Path) -> None:
    open_page(browser, street / "map.html")
    villages = Counter(row["community"] for row in read(street / "households.csv"))
    helpers = Counter(row["community"] for row in read(street / "stewards.csv"))
    Select(browser.find_element(By.ID, "unit")).select_by_visible_text("太平桥村")
    assert text(browser, "households") == f"{villages['太平桥村']:,}"
    assert text(browser, "stewards") == f"{helpers['太平桥村']:,}" == "106"
    assert sum(int(bar.get_attribute("data-count") or 0) for bar in browser.find_elements(By.CSS_SELECTOR, "#histogram rect")) == 106


def test_the_language_can_be_changed(browser: WebDriver, street: Path) -> None:
    open_page(browser, street / "map.html")
    browser.find_element(By.ID, "language").click()
    assert "Proved optimal" in text(browser, "proof")
    assert browser.execute_script("return document.documentElement.lang") == "en"


def test_drawing_is_quick_enough_to_drag(browser: WebDriver, street: Path) -> None:
    open_page(browser, street / "map.html")
    frames = browser.execute_async_script(
        """
        const done = arguments[0], canvas = document.getElementById('map');
        let frames = 0;
        const step = () => {
          canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: frames % 2 ? 40 : -40, clientX: 300, clientY: 300 }));
          if (++frames < 10) requestAnimationFrame(step); else done(frames);
        };
        step();
        """
    )
    assert frames == 10
    assert browser.get_log("browser") == []


def test_hostile_ids_are_only_shown(browser: WebDriver, tmp_path: Path) -> None:
    evil = "<img src=x onerror=window.hacked=1></script><script>window.hacked=2</script>"
    (tmp_path / "h.csv").write_text(f'id,x,y,unit\n"{evil}",0,0,"{evil}"\nH2,5,0,"{evil}"\n')
    (tmp_path / "s.csv").write_text(f'id,x,y,unit\n"{evil}",1,0,"{evil}"\n')
    arguments = ["--households", "h.csv", "--stewards", "s.csv", "--within", "unit", "--min", "1", "--map", "map.html"]
    subprocess.run([PROGRAMS / "lianhu", "assign", *arguments], cwd=tmp_path, check=True, capture_output=True)
    open_page(browser, tmp_path / "map.html")
    click_household(browser, 0)
    assert evil in text(browser, "selection")
    assert browser.execute_script("return window.hacked") is None
    assert browser.get_log("browser") == []


def test_before_and_after_and_the_frontier(browser: WebDriver, tmp_path: Path) -> None:
    households = [f"H{i}" for i in range(12)]
    (tmp_path / "h.csv").write_text("id,x,y\n" + "".join(f"{name},{10 * i},0\n" for i, name in enumerate(households)))
    (tmp_path / "s.csv").write_text("id,x,y\nS1,10,5\nS2,50,5\nS3,90,5\n")
    now = ["S3", "S1", "S1", "S1", "S2", "S2", "S2", "S1", "S3", "S3", "S3", "S2"]
    (tmp_path / "now.csv").write_text("household,steward\n" + "".join(f"{a},{b}\n" for a, b in zip(households, now)))
    subprocess.run(
        [PROGRAMS / "lianhu", "assign", "--households", "h.csv", "--stewards", "s.csv", "--min", "0", "--max", "4",
         "--current", "now.csv", "--max-moves", "2", "--frontier", "f.csv", "--out", "plan.csv", "--map", "map.html"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    open_page(browser, tmp_path / "map.html")
    assert browser.get_log("browser") == []
    after = [row["steward"] for row in read(tmp_path / "plan.csv")]
    moved = [h for h in range(12) if now[h] != after[h]]
    listed = [item.text for item in browser.find_elements(By.CSS_SELECTOR, "#moved li")]
    assert listed == [f"{households[h]}: {now[h]} → {after[h]}" for h in moved] and moved
    assert text(browser, "moves-title").endswith(f" {len(moved)}")
    # The plot has a dot for each point and the plan in red on the line.
    points = read(tmp_path / "f.csv")
    dots = browser.find_elements(By.CSS_SELECTOR, "#frontier circle:not(.here)")
    assert [dot.get_attribute("data-moves") for dot in dots] == [row["moves"] for row in points]
    (here,) = browser.find_elements(By.CSS_SELECTOR, "#frontier circle.here")
    assert here.get_attribute("data-moves") == str(len(moved))
    # Before: the figures and the links are those of the plan as it was.
    mean = text(browser, "mean")
    Select(browser.find_element(By.ID, "time")).select_by_value("before")
    assert text(browser, "mean") != mean
    browser.find_element(By.CSS_SELECTOR, "#moved button").click()
    assert now[moved[0]] in text(browser, "selection") and after[moved[0]] in text(browser, "selection")
    assert browser.get_log("browser") == []
