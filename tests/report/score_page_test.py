"""The report page of an evaluation: checked against scores.csv in headless Chromium, printed to PDF and counted."""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Iterator
from urllib.parse import unquote

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver

from cards_test import print_pdf, words

LIANHU = Path(os.environ["LIANHU_BIN"]) / "lianhu"
SEED = 5
# Numerator and denominator of the founding checklist's ratios, and what stands alone.
PAIRS = (
    ("households_verified", "households_assigned", 17), ("livelihood_current", "", 17),
    ("households_heard", "households_sampled", 5), ("deliveries_acknowledged", "deliveries_due", 17),
    ("disputes_settled", "disputes_received", 2), ("hardship_contacted", "hardship_listed", 2),
    ("requests_in_time", "requests_received", 3), ("requests_resolved", "", 3),
    ("requests_satisfied", "requests_rated", 3), ("sessions_held", "sessions_planned", 2),
    ("reports_valid", "reports_made", 4), ("help_in_time", "help_accepted", 2), ("patrols_done", "patrols_due", 4),
    ("tasks_on_time", "tasks_assigned", 3),
)
EVIL = "<img src=x onerror=window.hacked=1>"


def facts(path: Path, stewards: int, last: str) -> None:
    generator = random.Random(SEED)
    rows = []
    for k in range(stewards):
        skill = generator.uniform(0.4, 1)
        row: dict[str, object] = {"steward": f"S{k:04d}" if k + 1 < stewards else last, "period": "2026-10"}
        for done, due, most in PAIRS:
            if due:
                row[due] = 0 if k == 0 else generator.randint(1, most)
            whole = int(str(row[due or ("households_assigned" if done == "livelihood_current" else "requests_received")]))
            row[done] = sum(generator.random() < skill for _ in range(whole))
        row["commendations"] = int(generator.random() < 0.2)
        row["fabrications"] = int(k == 3)
        rows.append(row)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def score(folder: Path, *arguments: str, language: str = "en") -> None:
    command = [LIANHU, "--lang", language, "score", "--facts", "facts.csv", "--out", "scores.csv", "--html", "p.html"]
    done = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def scores(folder: Path) -> list[dict[str, str]]:
    with (folder / "scores.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    yield driver
    driver.quit()


def test_ranking_distribution_and_derivations(browser: WebDriver, tmp_path: Path) -> None:
    facts(tmp_path / "facts.csv", 40, EVIL)
    score(tmp_path, "--sensitivity", "s.csv", "--title", EVIL)
    rows = scores(tmp_path)
    rated = sorted((row for row in rows if row["rank"]), key=lambda row: int(row["rank"]))
    assert len(rows) == 40 and 30 < len(rated) < 40  # one has nothing due
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get((tmp_path / "p.html").as_uri())
    requests = [entry["message"] for entry in browser.get_log("performance") if "requestWillBeSent" in entry["message"]]
    assert requests and all('"url":"file:' in request for request in requests)
    assert browser.get_log("browser") == []
    assert browser.execute_script("return window.hacked") is None
    assert browser.find_element(By.CSS_SELECTOR, "h1").text == EVIL

    lines = [[cell.text for cell in line.find_elements(By.TAG_NAME, "td")]
             for line in browser.find_elements(By.CSS_SELECTOR, "#ranking tbody tr")]
    assert len(lines) == 40
    assert [line[0] for line in lines[: len(rated)]] == [row["rank"] for row in rated]
    by_id = {row["steward"]: row for row in rows}
    for line in lines:
        row = by_id[line[1]]
        assert line[5:8] == [row["bonus"], row["deduction"], row["total"] or "–"]
    bars = [int(bar.get_attribute("data-count") or 0)
            for bar in browser.find_elements(By.CSS_SELECTOR, "#distribution rect")]
    classes = Counter(min(int(float(row["total"]) // 5), 19) for row in rated)
    assert bars == [classes[k] for k in range(20)]

    pages = browser.find_elements(By.CSS_SELECTOR, "section.steward")
    assert len(pages) == 40
    for page in pages[:3]:
        steward = page.find_element(By.TAG_NAME, "h2").text.removeprefix("Steward ")
        cells = {line.find_element(By.TAG_NAME, "td").text: line.find_elements(By.TAG_NAME, "td")[-1].text
                 for line in page.find_elements(By.CSS_SELECTOR, "tbody tr") if line.get_attribute("class") == ""}
        for indicator in ("A1", "B4", "C5"):
            shown = by_id[steward][indicator]
            assert cells[indicator] == (shown if re.fullmatch(r"[\d.]+", shown) else "–")
        assert page.find_element(By.CSS_SELECTOR, "tr.sum td:last-child").text == by_id[steward]["total"]
        assert f"{by_id[steward]['rank']} / {len(rated)}" in page.find_element(By.TAG_NAME, "header").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_page_for_each_steward_in_print(tmp_path: Path, language: str) -> None:
    facts(tmp_path / "facts.csv", 12, "S0011")
    score(tmp_path, language=language)
    pages, size, text = print_pdf(tmp_path / "p.html")
    assert pages == 1 + 1 + 12 and size.endswith("(A4)")
    for row in scores(tmp_path):
        assert row["steward"] in text and row["total"] in text
    assert ("得分是怎样算出来的" if language == "zh" else "How the score came about") in text
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    # An SVG of its own for every bar would cost the browser time by the square of the sheets.
    assert page.count("<svg") == 1 and page.count('class="bar"') > 12 * 10


def test_bad_facts_leave_what_was_there(tmp_path: Path) -> None:
    facts(tmp_path / "facts.csv", 5, "S0004")
    (tmp_path / "p.html").write_text("older")
    text = (tmp_path / "facts.csv").read_text()
    (tmp_path / "facts.csv").write_text(text.replace("S0001,2026-10,", "S0001,2026-10,-", 1))
    command = [LIANHU, "score", "--facts", "facts.csv", "--html", "p.html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and "facts.csv: row 3" in done.stderr
    assert (tmp_path / "p.html").read_text() == "older"


def test_parts_that_a_browser_can_print(tmp_path: Path) -> None:
    facts(tmp_path / "facts.csv", 40, EVIL)
    score(tmp_path)
    whole = (tmp_path / "p.html").read_text(encoding="utf-8")
    command = [LIANHU, "score", "--facts", "facts.csv", "--html", "100% #1.html", "--stewards-per-file", "15"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    front = (tmp_path / "100% #1.html").read_text(encoding="utf-8")
    parts = {name: (tmp_path / name).read_text(encoding="utf-8") for name in ("100% #1-1.html", "100% #1-2.html", "100% #1-3.html")}
    assert [text.count('<section class="steward"') for text in parts.values()] == [15, 15, 10]
    assert '<section class="steward"' not in front and all("id=\"ranking\"" not in text for text in parts.values())
    sections = re.compile(r'<section class="steward".*?</section>', re.S)
    assert [one for text in parts.values() for one in sections.findall(text)] == sections.findall(whole)
    links = re.findall(r'<a href="([^"]*)#(s\d+)">', front)
    assert len(links) == 40
    for file, anchor in links:
        assert f'id="{anchor}"' in parts[unquote(file)]
    assert print_pdf(tmp_path / "100% #1-3.html")[0] == 10
    command[-1] = "1"
    facts(tmp_path / "facts.csv", 501, EVIL)
    before = sorted(tmp_path.iterdir())
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2 and "--stewards-per-file: makes 501 files, at most 500" in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_long_ids_and_units_stay_on_the_sheet(tmp_path: Path) -> None:
    facts(tmp_path / "facts.csv", 6, "S" * 70)
    with (tmp_path / "facts.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "facts.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["unit", *rows[0]])
        writer.writeheader()
        writer.writerows({"unit": "unit_without_a_blank_" * 4, **row} for row in rows)
    score(tmp_path, "--sensitivity", "s.csv", "--title", "T" * 60)
    assert print_pdf(tmp_path / "p.html")[0] == 2 + 6
    boxes = words(tmp_path / "p.pdf")
    # At the margins, so nothing was cut and the page was not made smaller to fit.
    assert 39 < min(left for _, _, left, _, _, _ in boxes) < 45
    assert 540 < max(right for _, _, _, _, right, _ in boxes) < 557
