"""What is installed is whole: it runs from anywhere and looks for nothing where it was built."""

import re
import shutil
import signal
import subprocess

import httpx
import pytest
from conftest import ROOT, environment, install
from rig import children

# What any program may read: the system, its devices, and its own temporary files.
SYSTEM = ("/usr", "/lib", "/etc", "/proc", "/sys", "/dev", "/run", "/tmp", "/var", "/bin", "/sbin")
PATH = re.compile(r'^\d+ +\w+\((?:AT_FDCWD(?:<[^>]*>)?, )?"(?P<path>/[^"]*)".* = (?P<result>-?\d+)')


@pytest.fixture
def demo(prefix, work):
    """The installed program, started from / by its own name, and the trace of every file that it asks for."""
    port, sandbox_port = children.free_port(), children.free_port()
    trace = work / "demo.trace"
    with open(work / "demo.err", "wb") as log, open(work / "demo.out", "wb") as said:
        process = children.start(
            # -D: the demo is our own child and the tracer its grandchild.
            [shutil.which("strace"), "-D", "-f", "--seccomp-bpf", "-s", "4096", "-e", "trace=%file", "-o", trace,
             prefix / "bin/puente", "demo", "--port", port, "--sandbox-port", sandbox_port, "--customers", "1"],
            log=log, output=said, cwd="/", env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"

    def is_ready():
        assert process.poll() is None, (work / "demo.err").read_text()
        try:
            return httpx.get(f"{url}/health/ready", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    children.until("the demo is ready", is_ready, patience=120)
    yield process, url, trace
    children.end(process)


def test_it_shows_its_pages_and_looks_for_nothing_where_it_was_built(demo, prefix):
    process, url, trace = demo

    page = httpx.get(f"{url}/sign-in", timeout=20)
    assets = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg|woff2)[^"]*)"', page.text)
    answers = {path: httpx.get(url + path, timeout=20) for path in assets}
    status = children.end(process, signal.SIGTERM, patience=60)

    assert page.status_code == 200 and "<form" in page.text
    assert any(".css" in path for path in assets), page.text[:2000]
    assert {answer.status_code for answer in answers.values()} == {200}
    assert all(answer.content for answer in answers.values())
    assert status == 0
    asked = list(paths(trace))
    assert any(path.startswith(f"{prefix}/share/puente/") for path, _ in asked), "the trace shows no assets"
    assert [path for path, _ in asked if is_in_checkout(path)] == []
    toolchain = toolchains(prefix / "bin/puente")
    strangers = {
        path for path, is_there in asked
        if is_there and path != "/" and not path.startswith((*SYSTEM, str(prefix), *toolchain))
    }  # fmt: skip
    assert strangers == set()


def paths(trace):
    """The absolute paths that were asked for, each with whether something is there."""
    for line in trace.read_text(errors="replace").splitlines():
        if found := PATH.match(line):
            yield found["path"], int(found["result"]) >= 0


def is_in_checkout(path):
    return path == str(ROOT) or path.startswith(f"{ROOT}/")


def toolchains(program):
    """Where the toolchain is, whose libraries a debug program uses; a released one holds them."""
    shown = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return {match[1] for match in re.finditer(r"=> (/\S+)/lib/swift/linux/libswift\w+\.so", shown)}


def test_installing_again_replaces_and_removes_what_is_no_more_there(prefix):
    stale = prefix / "share/puente/templates/gone.mustache"
    stale.write_text("old")

    install(prefix)

    assert not stale.exists()
    assert (prefix / "share/puente/templates/layout.mustache").is_file()


def test_everybody_may_read_what_is_installed_whatever_the_umask(work):
    place = work / "tight"

    subprocess.run(
        ["bash", "-c", 'umask 077 && exec "$0" "$@"',
         ROOT / "Scripts/install-files", "/usr", "tight", environment("PUENTE_PROGRAM")],
        cwd=work, check=True, capture_output=True,
    )  # fmt: skip

    assert [path for path in (place / "usr").rglob("*") if path.stat().st_mode & 0o004 == 0] == []
    assert (place / "usr/bin/puente").stat().st_mode & 0o777 == 0o755


def test_nothing_is_installed_to_a_place_that_was_not_named(work):
    done = subprocess.run([ROOT / "Scripts/install-files"], capture_output=True, text=True)
    relative = subprocess.run([ROOT / "Scripts/install-files", "opt"], capture_output=True, text=True, cwd=work)

    assert (done.returncode, relative.returncode) == (2, 2)
    assert not (work / "opt/bin").exists()
