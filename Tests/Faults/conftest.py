"""Black-box tests: the built program as child processes, watched from outside.

PUENTE_FAULT_SEED repeats a run's chances, PUENTE_FAULT_ROUNDS sets how often things are killed, PUENTE_TORTURE=1 adds
what takes many minutes in real time; test_consistency.py has two settings of its own. Everything lies in
PUENTE_FAULT_FOLDER, which Tests/Faults/run removes.
"""

import os
import pathlib
import random
import shutil
import tempfile

import pytest
from rig.books import PostgresBooks, SQLiteBooks
from rig.house import House
from rig.installation import Installation
from rig.postgres import Cluster
from rig.server import PROGRAM

SEED = int(os.environ.get("PUENTE_FAULT_SEED") or random.SystemRandom().randrange(1, 1 << 31))
ROUNDS = int(os.environ.get("PUENTE_FAULT_ROUNDS") or 3)
IS_TORTURE = os.environ.get("PUENTE_TORTURE") == "1"


def pytest_report_header():
    return f"seed {SEED} (PUENTE_FAULT_SEED={SEED} repeats it), {ROUNDS} rounds, program {PROGRAM}"


def pytest_collection_modifyitems(config, items):
    """What takes real time is left out, not skipped: a skipped test would count as failed."""
    left_out = [item for item in items if item.get_closest_marker("torture") and not IS_TORTURE]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """A failed test shows the end of what its servers logged."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed:
        for puente in getattr(item, "installations", []):
            for server in puente.servers:
                report.sections.append((f"the end of {server.log_path.name}", server.log[-4000:]))


@pytest.fixture(scope="session")
def base_folder():
    given = os.environ.get("PUENTE_FAULT_FOLDER")
    folder = pathlib.Path(given or tempfile.mkdtemp(prefix="puente-faults."))
    folder.chmod(0o755)  # PostgreSQL runs as another user
    yield folder
    if not given:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster(base_folder):
    cluster = Cluster(base_folder / "pg").start()
    yield cluster
    cluster.close()


@pytest.fixture
def folder(base_folder, request):
    """A folder of the test's own. Its name is short: a socket's path has at most 107 bytes."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="t.", dir=base_folder))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def seed(request):
    """Another one for each test, the same in each run with the same PUENTE_FAULT_SEED."""
    return random.Random(f"{SEED}-{request.node.name}").randrange(1, 1 << 31)


@pytest.fixture
def dice(seed):
    return random.Random(seed)


@pytest.fixture
def rounds():
    return ROUNDS


@pytest.fixture
def make(request, folder, seed):
    """Makes installations: `make("sqlite")`, `make("postgres")`. All are ended and removed after the test."""
    request.node.installations = made = []

    def make(engine="sqlite"):
        if engine == "sqlite":
            books = SQLiteBooks(folder)
        else:
            books = PostgresBooks(request.getfixturevalue("cluster"), f"puente_{seed}_{len(made)}")
        made.append(Installation(folder, books, seed))
        return made[-1]

    yield make
    for puente in reversed(made):
        puente.close()


@pytest.fixture
def puente(make):
    """An installation on SQLite with one server that is ready."""
    puente = make()
    puente.serve()
    return puente


@pytest.fixture(scope="module")
def shared_house(base_folder):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="h.", dir=base_folder))
    folder.chmod(0o755)
    house = House(folder, SEED)
    yield house
    house.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def house(shared_house, request):
    """One installation for all files of bad input: none of them may harm it."""
    request.node.installations = [shared_house.puente]
    yield shared_house
    shared_house.forget()


ENGINES = ["sqlite", "postgres"]
