"""Whether a server is harmed by what it is given: watched from outside while something is done to it."""

import contextlib
import glob
import os
import pathlib
import threading
import time

from . import meta

# Where the texts of large workbooks go; such a file has no name once it is open.
SPILLS = "/var/tmp/puente-*"


class Watch:
    """Asks for readiness, posts webhooks and looks at the memory, again and again."""

    PHONE = "34600555000"

    def __init__(self, puente, name):
        self.puente = puente
        self.server = puente.server
        self.name = name
        self.is_over = threading.Event()
        self.readiness = set()
        self.posted = 0
        self.refused = []
        self.peak = 0
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        poster = meta.Poster(self.server.url)
        try:
            while not self.is_over.is_set() or self.posted < 3:
                self.peak = max(self.peak, self.resident_bytes())
                self.readiness.add(self.server.ready())
                self._post(poster)
                for _ in range(10):
                    self.peak = max(self.peak, self.resident_bytes())
                    time.sleep(0.005)
        finally:
            poster.close()

    def _post(self, poster):
        self.posted += 1
        wamid = f"wamid.{self.name}.{self.posted}"
        status = poster.meta(meta.envelope(meta.message(self.PHONE, wamid, f"Hola {self.posted}")))
        if status != 200:
            self.refused.append((wamid, status))

    def resident_bytes(self):
        for line in pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) << 10
        raise AssertionError("the server has no memory: it has ended")

    def open_spills(self):
        """Files without a name that the server still holds."""
        found = []
        for link in pathlib.Path(f"/proc/{self.server.process.pid}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                if "/puente-" in (target := os.readlink(link)) and target.endswith("(deleted)"):
                    found.append(target)
        return found


def lists_on_disk(puente):
    """The names of the files in the imports folder, drafts included."""
    folder = puente.folder / "media" / ".imports"
    return {path.name for path in folder.rglob("*") if path.is_file()}


@contextlib.contextmanager
def unharmed(puente, name, grows_at_most):
    """What is done inside leaves the server ready, taking webhooks, and as it was."""
    spills = set(glob.glob(SPILLS))
    watch = Watch(puente, name)
    before = watch.resident_bytes()
    watch.thread.start()
    try:
        yield watch
    finally:
        watch.is_over.set()
        watch.thread.join(60)
    assert not watch.thread.is_alive(), "the server stopped answering"
    assert watch.readiness == {200}
    assert watch.refused == []
    stored = f"SELECT COUNT(*) FROM message WHERE wamid LIKE 'wamid.{name}.%'"
    puente.until("the webhooks sent meanwhile are stored", stored, watch.posted)
    assert watch.peak - before <= grows_at_most, f"grew by {(watch.peak - before) >> 20} MB"
    kept = {sha256 for (sha256,) in puente.books.rows("SELECT sha256 FROM import WHERE is_file_kept = 1")}
    assert lists_on_disk(puente) == kept
    assert set(glob.glob(SPILLS)) <= spills
    assert watch.open_spills() == []
