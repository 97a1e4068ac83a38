"""A webhook is answered when it is on disk, and not before: seen in the system calls."""

import shutil

import pytest
from rig import children, meta, trace, work
from rig.installation import CUSTOMER


def test_every_webhook_is_on_disk_before_it_is_answered(make):
    puente = make()
    path = puente.folder / "trace"
    # -D: the server is our own child and the tracer its grandchild, so that killing one ends both.
    puente.serve(wrapper=[strace(), "-D", "-f", "-y", "-ttt", "-s", "20000", "-o", path, "-e", trace.CALLS])
    poster = puente.poster()
    marks = [f"durable-{number:03}-end" for number in range(20)]
    for number, mark in enumerate(marks):
        assert poster.meta(meta.envelope(meta.message(CUSTOMER, f"wamid.D{number}", mark))) == 200
    puente.until("they are interpreted", work.BODIES_WAITING, 0)
    puente.server.stop()

    with open(path, errors="replace") as file:
        verdicts = trace.promises(trace.calls(file), marks)
    assert verdicts == dict.fromkeys(marks, "kept")


@pytest.mark.parametrize(
    ("order", "verdict"),
    [
        (["read", "write", "sync", "answer"], "kept"),
        (["read", "write", "another answer", "sync", "answer"], "kept"),
        (["read", "write", "answer", "sync"], "answered before the log was synced"),
        (["sync", "read", "write", "answer"], "answered before the log was synced"),
        (["read", "write", "failed sync", "answer"], "answered before the log was synced"),
        (["read", "answer"], "never written to the log"),
        (["read", "write", "sync"], "never answered"),
    ],
)
def test_the_reader_of_traces_knows_a_broken_promise(order, verdict):
    lines = {
        "read": ['8 0.9 read(12<socket:[1]>, "POST the mark", 2048) = 13'],
        "another answer": ['8 0.9 writev(13<socket:[2]>, [{iov_base="HTTP/1.1 200 OK\\r\\n", iov_len=17}], 1) = 17'],
        "write": ['7 1.0 pwrite64(9</d/puente.db-wal>, "the mark"..., 8, 0) = 8'],
        "sync": ["7 1.1 fdatasync(9</d/puente.db-wal> <unfinished ...>", "7 1.2 <... fdatasync resumed>) = 0"],
        "failed sync": ["7 1.2 fdatasync(9</d/puente.db-wal>) = -1 EIO (Input/output error)"],
        "answer": ['8 1.3 writev(12<socket:[1]>, [{iov_base="HTTP/1.1 200 OK\\r\\n", iov_len=17}], 1) = 17'],
    }
    text = [line for step in order for line in lines[step]]
    assert trace.promises(trace.calls(text), ["the mark"]) == {"the mark": verdict}


def strace():
    path = shutil.which("strace")
    assert path, "strace is missing; run make test, which installs it"
    return path


def test_a_webhook_that_was_answered_survives_the_databases_own_power_cut(make):
    """PostgreSQL is stopped as a power cut would stop it, right after the answers."""
    puente = make("postgres")
    puente.serve()
    poster = puente.poster()
    cluster = puente.books.cluster
    for number in range(20):
        assert poster.meta(meta.envelope(meta.message(CUSTOMER, f"wamid.P{number}", f"cut {number}"))) == 200
    cluster.crash()
    assert puente.poster().meta(meta.envelope(meta.message(CUSTOMER, "wamid.P99", "nobody home"))) == 503
    cluster.start()

    puente.until("all are messages", "SELECT COUNT(*) FROM message WHERE wamid <> 'wamid.P99'", 20, patience=60)
    puente.until("and recorded in both CRMs", work.RECORDED + " AND message_id IN (SELECT id FROM message WHERE wamid <> 'wamid.P99')", 40, patience=60)
    children.until("the server is ready again", lambda: puente.server.ready() == 200)
