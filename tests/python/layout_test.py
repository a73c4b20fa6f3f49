"""The structs of the generated declarations are laid out as lianhu.h lays them out."""

from __future__ import annotations

import ctypes

import pytest

import lianhu
from lianhu import _abi, _library


@pytest.mark.parametrize("struct", list(_abi.LAYOUT), ids=lambda struct: struct.__name__)
def test_size_and_offsets(struct: type[ctypes.Structure]) -> None:
    size, offsets = _abi.LAYOUT[struct]
    assert ctypes.sizeof(struct) == size
    assert {name: getattr(struct, name).offset for name, *_ in struct._fields_} == offsets


def test_the_library_fills_them() -> None:
    problem = _library.new(_abi.lianhu_assignment_problem)
    assert (problem.struct_size, problem.min_load, problem.max_load) == (ctypes.sizeof(problem), 10, 20)


def test_versions() -> None:
    assert lianhu.abi_version() == _abi.ABI_VERSION
    assert lianhu.__version__ == lianhu.version()
    assert len(lianhu.version().split(".")) == 3


def test_everything_public_is_described() -> None:
    for name in lianhu.__all__:
        thing = getattr(lianhu, name)
        assert thing.__doc__, name
        for method_name, method in vars(thing).items() if isinstance(thing, type) else ():
            if callable(method) and not method_name.startswith("_"):
                assert method.__doc__, f"{name}.{method_name}"
