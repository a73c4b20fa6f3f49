"""Where the shared test data is: ../shared/data from the project's root, or $LIANHU_DATA."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_data(relative: str) -> Path:
    """The path of a file or folder. Where it is missing the test is skipped, in CI it fails."""
    default = Path(__file__).resolve().parents[3] / "shared/data"
    path = Path(os.environ.get("LIANHU_DATA", default)) / relative
    if not path.exists():
        message = f"shared data missing: {relative} (set LIANHU_DATA to its folder)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path
