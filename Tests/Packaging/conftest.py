"""The program as it is installed and as it is packaged, made once from what was built."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def environment(name):
    value = os.environ.get(name)
    assert value, f"{name} is not set: Tests/Packaging/run sets it."
    return pathlib.Path(value)


def script(*arguments, **variables):
    """Runs a script of the repository, from elsewhere: none may depend on where it is called."""
    done = subprocess.run(
        [ROOT / "Scripts" / arguments[0], *map(str, arguments[1:])],
        cwd="/",
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(prefix):
    script("install-files", prefix, "", environment("PUENTE_PROGRAM"))


def output(*arguments):
    return subprocess.run([*map(str, arguments)], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def work():
    return environment("PUENTE_PACKAGING_FOLDER")


@pytest.fixture(scope="session")
def prefix(work):
    """Where the program was installed, as `make install PREFIX=…` does it."""
    prefix = work / "opt" / "puente"
    install(prefix)
    return prefix


@pytest.fixture(scope="session")
def package(work):
    """The .deb, hardly compressed: the test's time matters, not the package's size."""
    quick = {"DPKG_DEB_COMPRESSOR_TYPE": "gzip", "DPKG_DEB_COMPRESSOR_LEVEL": "1"}
    script("build-deb", work / "deb", environment("PUENTE_PROGRAM"), **quick)
    (package,) = (work / "deb").glob("*.deb")
    return package


@pytest.fixture(scope="session")
def unpacked(work, package):
    """What the package lays out, with its control files under DEBIAN."""
    output("dpkg-deb", "--raw-extract", package, work / "root")
    return work / "root"
