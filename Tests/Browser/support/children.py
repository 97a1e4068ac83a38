"""Programs that run beside the tests."""

import os
import random
import socket
import subprocess
from pathlib import Path

PROGRAM = os.environ.get("PUENTE_PROGRAM") or str(Path(__file__).resolve().parents[3] / ".build/debug/puente")


def free_port():
    """A port below those that the system gives to outgoing connections and to whoever asks for any: other tests run
    beside these."""
    while True:
        port = random.SystemRandom().randrange(15000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Child:
    """A child process with its output in files, ended with the block it is used in."""

    def __init__(self, folder, name, *arguments):
        self.out = Path(folder) / f"{name}.out"
        self.err = Path(folder) / f"{name}.err"
        self.name = name
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=err)

    def said(self):
        return self.out.read_text(errors="replace")

    def check_alive(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} ended:\n{self.said()}\n{self.err.read_text(errors='replace')[-4000:]}")
        return True

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
