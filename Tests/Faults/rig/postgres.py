"""A private PostgreSQL in a temporary folder, reached through its socket only."""

import glob
import grp
import os
import pathlib
import pwd
import shutil
import signal
import subprocess

from . import books, children

CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 200
shared_buffers = 64MB
fsync = on
"""


def binaries():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[-2]))
    for folder in [*reversed(found), os.path.dirname(shutil.which("initdb") or "")]:
        if folder and os.path.exists(f"{folder}/initdb"):
            return folder
    raise AssertionError("no PostgreSQL for the tests; install the package postgresql (15 or newer)")


class Cluster:
    """As an ordinary user: PostgreSQL refuses to run as root."""

    def __init__(self, folder):
        self.folder = str(folder)
        self.data = f"{folder}/data"
        self.binaries = binaries()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.process = None
        pathlib.Path(folder).mkdir(mode=0o755)
        if self.user:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, grp.getgrnam("postgres").gr_gid)
        with open(f"{folder}.log", "ab") as log:
            making = children.start(
                [
                    f"{self.binaries}/initdb", "-D", self.data, "-U", "puente", "-A", "trust", "-E", "UTF8",
                    "--locale=C.UTF-8", "--no-instructions",
                ],
                log=log,
                user=self.user,
                cwd=folder,
            )  # fmt: skip
            assert making.wait(60) == 0, pathlib.Path(f"{folder}.log").read_text()
        with open(f"{self.data}/postgresql.conf", "a") as file:
            file.write(CONFIGURATION.format(folder=folder))

    def start(self):
        with open(f"{self.folder}.log", "ab") as log:
            self.process = children.start(
                [f"{self.binaries}/postgres", "-D", self.data], log=log, user=self.user, cwd=self.folder
            )
        children.until("PostgreSQL answers", self.answers, 60)
        return self

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def answers(self):
        assert self.is_running, pathlib.Path(f"{self.folder}.log").read_text()[-2000:]
        asking = [f"{self.binaries}/pg_isready", "-q", "-h", self.folder]
        return subprocess.run(asking, timeout=20, check=False).returncode == 0

    def sql(self, text, database="postgres"):
        return books.psql(self.folder, database, text, self.binaries)

    def crash(self):
        """As a power cut: what was committed is on disk, nothing else."""
        children.end(self.process, signal.SIGQUIT)

    def close(self):
        if self.process:
            children.end(self.process, signal.SIGINT)
