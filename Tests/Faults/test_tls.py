"""Puente does TLS itself: for Meta, for browsers, and while its certificate is renewed."""

import contextlib
import signal
import socket
import ssl

import httpx
import pytest
from rig import children, meta
from rig.certificates import Authority, serial
from rig.installation import CUSTOMER
from rig.server import command


@pytest.fixture
def authority(folder):
    authority = Authority(folder)
    authority.renew()
    return authority


@pytest.fixture
def puente(make, authority):
    """An installation with one server that is ready, reached by https alone."""
    puente = make()

    def with_tls(settings):
        settings["server"]["public_url"] = f"https://127.0.0.1:{settings['server']['port']}"
        settings["server"]["tls"] = {"certificate": str(authority.chain), "key": str(authority.private_key)}

    puente.serve(with_tls, client=authority.client())
    return puente


@contextlib.contextmanager
def connection(puente, client):
    """A connection that is kept open, with TLS on it."""
    port = puente.server.settings["server"]["port"]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        with client.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
            yield secure


def get(secure, path):
    """The status line of an answer on a connection that stays open."""
    secure.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += secure.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields[b"content-length"]):
        body += secure.recv(65536)
    return head.split(b"\r\n")[0].decode()


def shown(puente, authority):
    """The serial number that a new connection shows."""
    with connection(puente, authority.client()) as secure:
        return serial(secure)


def metrics(puente, authority):
    return httpx.get(f"{puente.server.url}/metrics", verify=authority.client(), timeout=10).text


def test_a_signed_webhook_comes_in_over_https(puente):
    assert puente.poster().meta(meta.envelope(meta.message(CUSTOMER, "wamid.T1", "por https"))) == 200
    puente.until("it is stored", "SELECT COUNT(*) FROM message WHERE wamid = 'wamid.T1'", 1)


def test_a_renewed_certificate_is_served_without_a_restart_and_open_connections_go_on(puente, authority):
    client = authority.client()
    with connection(puente, client) as old:
        before = serial(old)
        assert get(old, "/health/live") == "HTTP/1.1 200 OK"

        after = authority.renew()
        puente.server.process.send_signal(signal.SIGHUP)
        children.until("new connections show the new certificate", lambda: shown(puente, authority) == after)

        assert before != after
        assert get(old, "/health/live") == "HTTP/1.1 200 OK"
        assert serial(old) == before
    assert puente.poster().meta(meta.envelope(meta.message(CUSTOMER, "wamid.T2", "después"))) == 200
    assert "a new certificate is served" in puente.server.log


def test_a_pair_that_does_not_fit_is_refused_with_an_alarm_and_the_old_one_serves_on(puente, authority):
    before = shown(puente, authority)
    number = authority.issue()
    authority.name_chain(number)
    alarm = 'puente_alarms_open{kind="certificate_refused"} 1'

    puente.server.process.send_signal(signal.SIGHUP)
    children.until("the alarm is raised", lambda: alarm in metrics(puente, authority))

    assert shown(puente, authority) == before
    assert puente.server.ready() == 200
    assert "server.tls.key is not the key of server.tls.certificate" in puente.server.log
    assert puente.poster().meta(meta.envelope(meta.message(CUSTOMER, "wamid.T3", "mientras"))) == 200

    authority.name_key(number)
    puente.server.process.send_signal(signal.SIGHUP)
    children.until("the alarm is over", lambda: alarm not in metrics(puente, authority))
    assert shown(puente, authority) == 1000 + number


def test_plain_http_is_refused_with_a_sentence_and_others_go_on(puente, authority):
    port = puente.server.settings["server"]["port"]
    with connection(puente, authority.client()) as secure:
        for method in ("GET", "POST"):
            url = f"http://127.0.0.1:{port}/webhooks/whatsapp/main"
            answer = httpx.request(method, url, content=b"x" * 100_000, timeout=20)
            assert (answer.status_code, answer.text) == (400, "This port speaks https only.\n")
        with socket.create_connection(("127.0.0.1", port), timeout=20) as noise:
            noise.sendall(b"\x00\x01\x02 nobody's protocol")
            assert closes(noise)
        assert get(secure, "/health/live") == "HTTP/1.1 200 OK"


def closes(connection):
    """Whether the other side ends it, with an alert or without."""
    try:
        while connection.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_protocols_older_than_tls_1_2_are_refused(puente, authority):
    old = authority.client()
    old.set_ciphers("DEFAULT@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    good = authority.client()
    good.maximum_version = ssl.TLSVersion.TLSv1_2

    with pytest.raises((ssl.SSLError, ConnectionResetError)), connection(puente, old):
        pass
    with connection(puente, good) as secure:
        assert secure.version() == "TLSv1.2"


def test_browsers_are_told_to_come_by_https_only(puente, authority):
    answer = httpx.get(f"{puente.server.url}/sign-in", verify=authority.client(), timeout=20)

    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"].startswith("max-age=")


WRONG = {
    "server.tls.certificate cannot be read": lambda authority: authority.chain.unlink(),
    "server.tls.key cannot be read": lambda authority: authority.private_key.unlink(),
    "server.tls.certificate holds no certificate": lambda authority: authority.chain.write_text("nothing\n"),
    "server.tls.key holds no private key": lambda authority: authority.private_key.write_text("nothing\n"),
    "server.tls.key is not the key of server.tls.certificate": lambda authority: (
        authority.name_chain(authority.issue())
    ),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_files_that_cannot_be_used_end_the_start_with_one_sentence(puente, authority, sentence):
    assert puente.server.stop() == 0
    WRONG[sentence](authority)

    done = command("serve", "--config", puente.server.path)
    checked = command("check", "--offline", "--config", puente.server.path)

    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert sentence in done.stderr
    assert checked.returncode == 2, checked.stdout
    assert f"FAILED  certificate: {sentence}" in checked.stdout


def test_the_check_says_until_when_and_for_whom(puente, authority):
    done = command("check", "--offline", "--config", puente.server.path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok      certificate: For localhost, 127.0.0.1, until " in done.stdout
    assert "note    certificate: " in done.stdout, "an authority that only the tests know is not noted"
