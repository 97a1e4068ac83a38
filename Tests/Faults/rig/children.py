"""Child processes that end with us, however we end."""

import random
import shutil
import signal
import socket
import subprocess
import time

SETPRIV = shutil.which("setpriv") or "/usr/bin/setpriv"


def start(arguments, *, log, output=subprocess.DEVNULL, user=None, **options):
    """Starts a program that is killed when this process ends. Call it from the main thread: the system kills the child
    when the *thread* that started it ends. `log` takes its standard error."""
    wrapper = [SETPRIV, "--pdeathsig", "KILL"]
    if user:
        wrapper = [SETPRIV, f"--reuid={user}", f"--regid={user}", "--clear-groups", "--pdeathsig", "INT"]
    return subprocess.Popen(
        [*wrapper, "--", *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=output, stderr=log, **options
    )


def end(process, how=signal.SIGKILL, patience=20):
    """Ends a child and waits for it; kills it when it does not go."""
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.send_signal(how)
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait(patience)


def free_port():
    """A port below those that the system gives to outgoing connections, so that nobody takes it while a server that
    has it is down."""
    while True:
        port = random.SystemRandom().randrange(15000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def until(what, condition, patience=30, pause=0.05):
    """Looks until the condition holds and gives its value. Bounded: what never comes is a failure and not a hang."""
    end_of_patience = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end_of_patience:
            raise AssertionError(f"waited {patience} s in vain: {what}")
        time.sleep(pause)
