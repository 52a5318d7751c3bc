"""What is measured for coverage, which slows a test to half its speed or less."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_ENGINES_DIFFER = {"exchange", "migrations", "platform"}
"""Folders whose tests are measured on PostgreSQL as well."""


def is_measured(item: pytest.Item) -> bool:
    """Tell whether a test is measured: on one engine, unless it is about what engines differ in.

    On the other it goes by the same lines. One that only PostgreSQL comes by elsewhere counts as
    missing, so what is reported is the least that is covered.
    """
    if item.get_closest_marker("unmeasured"):
        return False
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    folder = item.path.relative_to(item.config.rootpath).parts[1]
    return parameters.get("engine") != "postgresql" or folder in _ENGINES_DIFFER


@contextmanager
def untraced() -> Iterator[None]:
    """Run without tracing: in this thread, in those it starts, in the processes it starts."""
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COVERAGE_PROCESS_CONFIG", "")
            yield
    finally:
        threading.settrace(in_threads)
        sys.settrace(here)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    if is_measured(item):
        return (yield)
    with untraced():
        return (yield)
