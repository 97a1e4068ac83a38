"""A small disk that only one server sees, in a mount namespace of its own: it is gone when its keeper is."""

import json
import os
import pathlib
import subprocess
import sys

from . import children
from .books import SQLiteBooks


class SmallDisk:
    def __init__(self, folder, size):
        """`size` as tmpfs takes it: 48m. Works for root and for ordinary users (user namespaces)."""
        self.mount = pathlib.Path(folder) / "disk"
        self.mount.mkdir()
        self.is_root = os.geteuid() == 0
        script = f'mount -t tmpfs -o size={size},mode=0755 none "{self.mount}" && echo mounted && exec sleep infinity'
        with open(f"{folder}/disk.log", "ab") as log:
            self.keeper = children.start(
                ["unshare", "--mount", *([] if self.is_root else ["--map-root-user"]), "sh", "-c", script],
                log=log,
                output=subprocess.PIPE,
                text=True,
            )
        line = self.keeper.stdout.readline()
        assert line == "mounted\n", pathlib.Path(f"{folder}/disk.log").read_text()
        # The disk as it is seen from here.
        self.folder = pathlib.Path(f"/proc/{self.keeper.pid}/root{self.mount}")
        self.filling = self.folder / "filling"

    @property
    def wrapper(self):
        """Runs a program where the disk is."""
        entered = [] if self.is_root else ["--user", "--preserve-credentials"]
        return ("nsenter", "--target", str(self.keeper.pid), "--mount", *entered, "--")

    def free_bytes(self):
        figures = os.statvfs(self.folder)
        return figures.f_bavail * figures.f_frsize

    def fill(self, leaving=0):
        with open(self.filling, "ab", buffering=0) as file:
            while (room := self.free_bytes() - leaving) > 0:
                try:
                    file.write(b"\0" * min(room, 1 << 20))
                except OSError:  # to the last byte
                    break

    def clear(self):
        self.filling.unlink(missing_ok=True)

    def close(self):
        children.end(self.keeper)


class SmallDiskBooks(SQLiteBooks):
    """Reads a database on a small disk: from inside, since SQLite resolves its path as it is there."""

    READER = """
import json, sqlite3, sys
connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=20)
print(json.dumps(connection.execute(sys.argv[2]).fetchall()))
"""

    def __init__(self, disk):
        super().__init__(disk.mount)
        self.disk = disk

    def rows(self, sql):
        reading = [*self.disk.wrapper, sys.executable, "-c", self.READER, str(self.path), sql]
        done = subprocess.run(reading, capture_output=True, text=True, timeout=60, check=True)
        return [tuple(row) for row in json.loads(done.stdout)]
