"""A plugin for pytest: several runs beside each other share the tests among them; each takes the next that nobody has.

PUENTE_SHARED_CLAIMS names an empty folder that the runs have in common; without it all tests are run here. With
PUENTE_SHARED_BY=module a file's tests stay together, since they share what they set up.
"""

import hashlib
import os
import pathlib
from collections import Counter


class Claims:
    """What this run has taken. A claim is a file that only one can make."""

    def __init__(self, folder, by_module):
        self.folder = pathlib.Path(folder)
        self.by_module = by_module
        self.own = {}

    def takes(self, position, item):
        """`position` is the test's in the list, which is the same everywhere: not all tests have a name of their own."""
        key = item.nodeid.split("::")[0] if self.by_module else f"{position} {item.nodeid}"
        if key not in self.own:
            self.own[key] = self._claim(key)
        return self.own[key]

    def _claim(self, key):
        try:
            (self.folder / hashlib.sha256(key.encode()).hexdigest()).touch(exist_ok=False)
            return True
        except FileExistsError:
            return False


def claims():
    folder = os.environ.get("PUENTE_SHARED_CLAIMS")
    return folder and Claims(folder, os.environ.get("PUENTE_SHARED_BY") == "module")


def pytest_collection_modifyitems(items):
    """Of files, those with most tests first: who comes to a long one last would let the others wait."""
    if (shared := claims()) and shared.by_module:
        counts = Counter(item.nodeid.split("::")[0] for item in items)
        items.sort(key=lambda item: (-counts[item.nodeid.split("::")[0]], item.nodeid.split("::")[0]))


def pytest_runtestloop(session):
    shared = claims()
    if not shared or session.config.option.collectonly or session.testsfailed:
        return None  # as usual: also to say what could not be collected
    own = (item for position, item in enumerate(session.items) if shared.takes(position, item))
    item = next(own, None)
    while item is not None:
        # What is set up for a file goes once its last test has run: which that is has to be known by then.
        following = next(own, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True
