"""What an operator meets: mistakes in the configuration, a database that is away, strangers at the door."""

import httpx
import pytest
from rig import children, meta, work
from rig.installation import CUSTOMER
from rig.postgres import Cluster
from rig.server import API_KEY, command, configuration, write_yaml


def test_a_database_that_is_away_at_the_start_is_waited_for(folder, make):
    cluster = Cluster(folder / "pg")
    try:
        puente = make()
        server = puente.add_server(
            adjust=lambda settings: settings["database"].update(
                url=f"postgresql://puente@/postgres?host={cluster.folder}"
            )
        ).launch()

        children.until("it says so", lambda: server.log.count("cannot be reached") >= 2)
        assert server.process.poll() is None
        assert server.ready() != 200
        cluster.start()
        server.wait_until_ready()
    finally:
        cluster.close()


def test_a_database_that_goes_away_is_waited_for_and_nothing_taken_is_lost(make):
    puente = make("postgres")
    server = puente.serve()
    puente.greet()
    poster = puente.poster()
    cluster = puente.books.cluster

    cluster.crash()
    assert poster.meta(meta.envelope(meta.message(CUSTOMER, "wamid.A1", "too early"))) == 503
    cluster.start()

    def is_taken():
        return poster.meta(meta.envelope(meta.message(CUSTOMER, "wamid.A2", "in time"))) == 200

    children.until("webhooks are taken again", is_taken)
    assert server.process.poll() is None
    puente.until("it is recorded in both CRMs", work.RECORDED, 4, patience=60)


MISTAKES = {
    "server.port": {"server": {"port": 70000}},
    "server.public_url": {"server": {"public_url": "http://puente.example.com"}},
    "server.prot": {"server": {"prot": 8080}},
    "database.url": {"database": {"url": "mysql://localhost/puente"}},
    "workspace.region": {"workspace": {"region": "Spain"}},
    "workspace.name": {"workspace": {"name": None}},
    "whatsapp.api_version": {"whatsapp": {"api_version": "latest version"}},
    "whatsapp.uncertain_after": {"whatsapp": {"uncertain_after": "soon"}},
    "whatsapp.apps.main.app_secret": {"whatsapp": {"apps": {"main": {"app_secret": None}}}},
    "whatsapp.numbers.main.app": {"whatsapp": {"numbers": {"main": {"app": "another"}}}},
    "whatsapp.numbers.main.display_number": {"whatsapp": {"numbers": {"main": {"display_number": "no number"}}}},
    "whatsapp.numbers.main.access_token": {"whatsapp": {"numbers": {"main": {"access_token": None}}}},
    "crm.hubspot.token": {"crm": {"hubspot": {"token": None}}},
    "crm.hubspot.base_url": {"crm": {"hubspot": {"base_url": "ftp://hubspot.example.com"}}},
    "crm.own.secret": {"crm": {"own": {"secret": "whsec_short"}}},
    "crm.own.kind": {"crm": {"own": {"kind": "sap"}}},
    "api_keys.tests.scopes": {"api_keys": {"tests": {"scopes": "everything"}}},
    "retention.raw_bodies": {"retention": {"raw_bodies": "1s"}},
    "limits.max_batch": {"limits": {"max_batch": 0}},
    "logging.level": {"logging": {"level": "loud"}},
}


@pytest.mark.parametrize("key", MISTAKES)
def test_a_wrong_configuration_is_one_sentence_with_the_keys_name(folder, key):
    path = mistaken(folder, MISTAKES[key])

    done = command("serve", "--config", path)

    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert key in done.stderr
    for secret in ("sandbox-secret", "sandbox-token", "sandbox-verify", API_KEY, "whsec_short"):
        assert secret not in done.stderr, f"a secret in: {done.stderr}"
    assert not (folder / "puente.db").exists(), "the database was made although the configuration is wrong"


def test_a_mistake_in_the_environment_names_its_variable(folder):
    path = mistaken(folder, {})

    slip = command("serve", "--config", path, environment={"PUENTE_SERVER_PROT": "1"})
    wrong = command("serve", "--config", path, environment={"PUENTE_SERVER_PORT": "x"})

    assert (slip.returncode, wrong.returncode) == (2, 2)
    assert "PUENTE_SERVER_PROT" in slip.stderr
    assert "server.port" in wrong.stderr


def test_a_mistake_is_told_in_the_language_of_the_terminal(folder):
    path = mistaken(folder, MISTAKES["server.port"])

    done = command("serve", "--config", path, environment={"LANG": "es_ES.UTF-8", "LC_ALL": "es_ES.UTF-8"})

    assert done.returncode == 2
    assert "server.port" in done.stderr
    assert any(word in done.stderr for word in (" debe ", " es ", " entre ", " de ")), done.stderr


def mistaken(folder, change):
    settings = configuration(
        port=children.free_port(),
        sandbox="http://127.0.0.1:1",
        database=f"sqlite:{folder}/puente.db",
        folder=folder,
    )
    merge(settings, change)
    write_yaml(settings, folder / "wrong.yaml")
    return folder / "wrong.yaml"


def merge(settings, change):
    for key, value in change.items():
        if isinstance(value, dict):
            merge(settings.setdefault(key, {}), value)
        elif value is None:
            del settings[key]
        else:
            settings[key] = value


def test_strangers_and_giants_are_refused_and_nothing_of_them_is_stored(puente):
    poster = puente.poster()
    body = meta.encode(meta.envelope(meta.message(CUSTOMER, "wamid.X", "from a stranger")))
    giant = b'{"object":"' + b"x" * (3 << 20) + b'"}'

    assert poster.meta(body, secret="another") == 401
    assert poster.post("/webhooks/whatsapp/main", body, {})[0] == 401
    assert poster.post("/webhooks/whatsapp/main", body, {"X-Hub-Signature-256": "sha256=" + "0" * 64})[0] == 401
    assert puente.poster().meta(giant) == 413
    assert puente.poster().post("/webhooks/crm/own", body, meta.own_headers(body, "e1", secret="whsec_AAAA"))[0] == 401
    assert puente.poster().post("/webhooks/crm/nobody", body, {})[0] == 404
    assert puente.count("SELECT COUNT(*) FROM intake") == 0
    figures = httpx.get(f"{puente.server.url}/metrics", timeout=10).text
    assert 'puente_webhooks_refused_total{reason="signature"} 3' in figures, "what was refused is not counted"
    assert 'puente_crm_webhooks_refused_total{connection="own",reason="signature"} 1' in figures


def test_bodies_with_a_right_signature_and_a_wrong_content_are_kept_and_shown(puente):
    poster = puente.poster()
    unknown = meta.envelope(meta.message(CUSTOMER, "wamid.U", "to an unknown number"))
    unknown["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "999"
    bodies = [b"{", b"", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 5000, b'{"a":' * 2000, unknown]

    for body in bodies:
        assert poster.meta(body) == 200, body[:40]
    assert poster.meta(meta.envelope(meta.message(CUSTOMER, "wamid.good", "a neighbour"))) == 200

    puente.until("their neighbour arrived", "SELECT COUNT(*) FROM message WHERE wamid = 'wamid.good'", 1)
    puente.until("all are interpreted", work.BODIES_WAITING, 0)
    assert puente.count("SELECT COUNT(DISTINCT intake_id) FROM unrouted WHERE state = 'open'") == len(bodies)


def test_one_server_at_a_time_has_a_sqlite_database(puente):
    second = puente.add_server(adjust=lambda settings: settings["node"].update(name="second")).launch()

    assert second.process.wait(20) == 1
    assert str(puente.server.process.pid) in second.log
    assert len(second.log.strip().splitlines()) == 1, second.log
    assert puente.server.ready() == 200


def test_a_lost_key_file_is_said_and_never_replaced(puente):
    puente.server.stop()
    key = puente.folder / "puente.key"
    text = key.read_text()
    key.unlink()

    puente.server.launch()

    assert puente.server.process.wait(20) == 2
    assert "puente.key" in puente.server.log.strip().splitlines()[-1]
    assert not key.exists()
    key.write_text(text)
    key.chmod(0o600)
    puente.server.start()


def test_check_says_what_is_right_and_what_is_wrong(puente):
    right = puente.command("check")
    puente.sandbox.faults({"target": "whatsapp", "kind": "token_death"}, {"target": "hubspot", "kind": "token_death"})
    wrong = puente.command("check")

    assert right.returncode == 0, right.stdout + right.stderr
    assert "FAILED" not in right.stdout
    assert wrong.returncode == 1, wrong.stdout
    assert wrong.stdout.count("FAILED") >= 2
    assert "sandbox-token" not in wrong.stdout + wrong.stderr


def test_check_ledger_finds_a_figure_that_was_changed(puente):
    """Breaks the books on purpose: the recount must notice."""
    import sqlite3

    puente.greet()
    assert puente.command("check", "ledger").returncode == 0
    with sqlite3.connect(puente.books.path) as database:
        database.execute("UPDATE counter SET count = count + 1 WHERE kind = 'messages.stored' AND minute = -1")

    done = puente.command("check", "ledger")

    assert done.returncode == 1
    assert "messages" in done.stdout + done.stderr


def test_people_keys_and_api_keys_are_managed_from_the_command_line(puente):
    puente.server.stop()
    added = puente.command("user", "add", "ana@example.com", "--password-file", "-", text="correct horse battery\n")
    people = puente.command("user", "list")
    made = puente.command("api-key", "create", "reports", "--scopes", "read")
    keys = puente.command("api-key", "list")

    assert added.returncode == 0, added.stdout + added.stderr
    assert "ana@example.com" in people.stdout
    assert made.returncode == 0, made.stdout + made.stderr
    assert "reports" in keys.stdout
    secret = next(word for word in made.stdout.split() if len(word) > 24)
    assert secret not in keys.stdout
    for file in puente.folder.glob("puente.db*"):
        assert secret.encode() not in file.read_bytes()
        assert b"correct horse battery" not in file.read_bytes()
