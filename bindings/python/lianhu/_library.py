"""Finds and loads liblianhu, declares its functions, turns statuses into exceptions."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import threading
from pathlib import Path
from typing import Any, Callable, Optional, TypeVar

from . import _abi
from .errors import InvalidInputError, LianhuError

Struct = TypeVar("Struct", bound=ctypes.Structure)


def _find() -> str:
    chosen = os.environ.get("LIANHU_LIBRARY")
    if chosen:
        return chosen
    here = Path(__file__).resolve().parent
    for path in (here / "_lib/liblianhu.so", here.parents[2] / "build/release/lib/liblianhu.so"):
        if path.exists():
            return str(path)
    return f"liblianhu.so.{_abi.ABI_VERSION}"


def _load() -> ctypes.CDLL:
    path = _find()
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise ImportError(f"lianhu: cannot load the shared library: {error}") from error
    for name, (result, parameters) in _abi.FUNCTIONS.items():
        try:
            function = getattr(library, name)
        except AttributeError:
            raise ImportError(f"lianhu: {path} lacks {name}: it is older than this package") from None
        function.restype = result
        function.argtypes = parameters
    found = library.lianhu_abi_version()
    if found != _abi.ABI_VERSION:
        raise ImportError(f"lianhu: {path} has ABI version {found}, this package needs {_abi.ABI_VERSION}")
    return library


_LIBRARY = _load()


def version() -> str:
    """The version of the shared library that is loaded."""
    return str(function("lianhu_version")().decode())


def abi_version() -> int:
    """The ABI version of the shared library that is loaded."""
    return int(function("lianhu_abi_version")())


def function(name: str) -> Any:
    return getattr(_LIBRARY, name)


def new(kind: type[Struct]) -> Struct:
    """A struct of lianhu.h with its defaults."""
    struct = kind()
    function(f"{kind.__name__}_init")(ctypes.byref(struct), ctypes.sizeof(struct))
    return struct


class Handle:
    """Owns an opaque object of the library."""

    def __init__(self, pointer: ctypes.c_void_p, free: str) -> None:
        self.pointer = pointer
        self._free = function(free)

    def __del__(self) -> None:
        self._free(self.pointer)


class Part:
    """An object of the library that another one owns."""

    def __init__(self, pointer: int, owner: Handle) -> None:
        self.pointer = ctypes.c_void_p(pointer)
        self._owner = owner


def call(name: str, *arguments: Any) -> None:
    """Calls a function whose last parameter is a lianhu_error; raises what it says."""
    pointer = ctypes.c_void_p()
    if function("lianhu_error_create")(ctypes.byref(pointer)) != _abi.OK:
        raise MemoryError
    error = Handle(pointer, "lianhu_error_free")
    code = function(name)(*arguments, error.pointer)
    if code == _abi.OK:
        return
    info = new(_abi.lianhu_error_info)
    function("lianhu_error_get")(error.pointer, ctypes.byref(info))
    if code == _abi.OUT_OF_MEMORY:
        raise MemoryError(info.message.decode())
    kind = InvalidInputError if code == _abi.INVALID_ARGUMENT else LianhuError
    raise kind(info.message.decode(), code, info.field.decode(), info.row)


def create(name: str, free: str, *arguments: Any) -> Handle:
    """Calls a function whose last parameters are a handle to be made and a lianhu_error."""
    pointer = ctypes.c_void_p()
    call(name, *arguments, ctypes.byref(pointer))
    return Handle(pointer, free)


class Context:
    """Threads, progress and Ctrl-C for one call."""

    def __init__(
        self, threads: int, progress: Optional[Callable[[float], Optional[bool]]], seed: int = 0
    ) -> None:
        self._raised: Optional[BaseException] = None
        options = new(_abi.lianhu_context_options)
        options.threads = threads
        options.seed = seed
        if progress is not None:
            options.progress = self._callback = _abi.lianhu_progress(self._report(progress))
        self._handle = create("lianhu_context_create", "lianhu_context_free", ctypes.byref(options))

    @property
    def pointer(self) -> ctypes.c_void_p:
        return self._handle.pointer

    def _report(self, progress: Callable[[float], Optional[bool]]) -> Callable[[float, Any], int]:
        def report(fraction: float, _user: Any) -> int:
            # Nothing may be raised through the library: kept, and raised by run().
            try:
                return 1 if progress(fraction) is False else 0
            except BaseException as raised:
                self._raised = raised
                return 1

        return report

    def run(self, body: Callable[[], None]) -> None:
        """body(), which uses this context. In the main thread Python must stay free to see Ctrl-C, so that `body` runs
        in another; on Ctrl-C it is cancelled and has returned before KeyboardInterrupt is raised."""
        if threading.current_thread() is threading.main_thread():
            self._run_beside(body)
        else:
            body()
        if self._raised is not None:
            raise self._raised

    def _run_beside(self, body: Callable[[], None]) -> None:
        outcome: list[BaseException] = []

        def work() -> None:
            try:
                body()
            except BaseException as raised:
                outcome.append(raised)

        worker = threading.Thread(target=work)
        worker.start()
        interrupted: Optional[BaseException] = None
        while worker.is_alive():
            try:
                worker.join()
            except BaseException as raised:
                interrupted = raised
                function("lianhu_context_cancel")(self.pointer)
        if interrupted is not None:
            raise interrupted
        if outcome:
            raise outcome[0]
