"""Secrets appear nowhere in clear: not in logs at any level, not in answers, not in the database or its backups."""

import base64

import httpx
from rig import children, meta, work
from rig.console import Console
from rig.installation import CUSTOMER
from rig.server import API_KEY, OWN_SECRET

PASSWORD = "una frase que nadie adivina 4711"
# The sandbox's own secrets: Meta's app secret and HubSpot's client secret; every token; the word for the handshake.
CLEAR = {
    "app secret": "sandbox-secret",
    "tokens": "sandbox-token",
    "verify token": "sandbox-verify",
    "own system's secret": OWN_SECRET,
    "own system's secret, decoded": base64.b64decode(OWN_SECRET.removeprefix("whsec_")).decode(),
    "API key": API_KEY,
    "password": PASSWORD,
}
PAGES = ["/inbox", "/ledger", "/dead-letters", "/unrouted", "/connections", "/nowhere", "/inbox/nowhere"]
TEXT = "un texto privado de la clienta"


def test_no_secret_appears_in_logs_answers_database_or_backups(make, folder):
    puente = make()
    server = puente.serve(adjust=lambda settings: settings.update(logging={"level": "trace"}))
    answers = stir(puente)
    backup = puente.command("backup", folder / "backups")
    assert backup.returncode == 0, backup.stderr
    checks = [puente.command("check"), puente.command("check", "ledger"), puente.command("key", "show")]
    server.stop()
    added = puente.command("user", "add", "ana@example.com", "--password-file", "-", text=PASSWORD + "\n")
    assert added.returncode == 0, added.stderr
    keys = puente.command("api-key", "list")
    server.start()
    console = visit(server)
    answers += console.answers
    server.stop()

    places = {f"answer {number}": answer.encode() for number, answer in enumerate(answers)}
    for number, done in enumerate([*checks, keys]):
        places[f"command {number}"] = (done.stdout + done.stderr).encode()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in ("server1.yaml", "sandbox.log", "trace"):
            places[str(path.relative_to(folder))] = path.read_bytes()
    assert {"server1.log", "puente.db"} <= places.keys()
    assert any(name.startswith("backups/") and name.endswith("puente.db") for name in places)

    assert console.secrets, "no session was begun"
    secrets = CLEAR | console.secrets
    found = sorted(
        f"{name} in {place}" for name, secret in secrets.items() for place, data in places.items() if occurs(secret, data)
    )
    assert found == []
    assert len(server.log) > 10_000, "the log is not at the level of traces"
    assert TEXT not in server.log, "what a customer wrote is in the log"
    assert CUSTOMER not in server.log, "a whole phone number is in the log"


def occurs(secret, data):
    """As it is, and in the disguises it travels in."""
    text = secret.encode()
    basic = [base64.b64encode(b"\0" * shift + text)[4 if shift else 0 : -4] for shift in range(3)]
    return any(form in data for form in [text, text.hex().encode(), *(form for form in basic if len(form) > 8)])


def test_the_search_for_secrets_finds_them_in_every_disguise():
    secret = CLEAR["tokens"]
    for form in (secret, f"Bearer {secret}", secret.encode().hex()):
        assert occurs(secret, form.encode())
    for shift in range(3):
        assert occurs(secret, base64.b64encode(b"x" * shift + secret.encode() + b"yy"))
    assert not occurs(secret, b"sandbox and token")


def stir(puente):
    """Does everything that has to do with a secret, right and wrong. Gives every answer."""
    url = puente.server.url
    answers = []

    def ask(method, path, **options):
        answer = httpx.request(method, url + path, timeout=20, **options)
        answers.append(f"{answer.status_code} {answer.headers} {answer.text}")

    for token in ("sandbox-verify", "another"):
        query = {"hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": token}
        ask("GET", "/webhooks/whatsapp/main", params=query)
        ask("GET", "/webhooks/whatsapp", params=query)
        ask("GET", "/webhooks/nowhere", params=query)
    for key in (API_KEY, "pk_another"):
        for path in ("/api/v1/messages", "/api/v1/ledger", "/api/v1/nowhere"):
            ask("GET", path, headers={"Authorization": f"Bearer {key}"})
            ask("POST", path, headers={"Authorization": f"Bearer {key}"}, json={"to": CUSTOMER, "text": TEXT})
    body = meta.encode(meta.envelope(meta.message(CUSTOMER, "wamid.secret", TEXT)))
    ask("POST", "/webhooks/whatsapp/main", content=body, headers=meta.meta_headers(body))
    ask("POST", "/webhooks/whatsapp/main", content=body, headers=meta.meta_headers(body, "another"))
    ask("POST", "/webhooks/crm/own", content=body, headers=meta.own_headers(body, "e1"))
    ask("POST", "/webhooks/crm/own", content=b"{}", headers=meta.own_headers(body, "e1"))

    puente.until("what came is recorded in both CRMs", work.RECORDED, 2)
    puente.greet()
    puente.send(TEXT)
    children.until("it is sent", lambda: puente.sent(TEXT))
    # Every vendor refuses, breaks, and repeats what it was sent.
    echo = {"kind": "status", "status": 400, "body": '{"error":{"message":"Bearer sandbox-token","code":100}}'}
    for fault in ({"kind": "drop_answer"}, {"kind": "truncate"}, echo, {"kind": "token_death"}):
        puente.sandbox.faults(*({"target": target, "count": 2, **fault} for target in ("whatsapp", "hubspot", "own")))
        puente.sandbox.customer(CUSTOMER, TEXT)
        puente.poster().own(meta.command(CUSTOMER, TEXT), f"cmd-{fault['kind']}")
        children.until("it was met", lambda: sum(puente.sandbox.fault_hits()) >= 2, patience=20)
    puente.until("an alarm is raised", f"SELECT ({work.PAUSED}) > 0", True)
    return answers


def visit(server):
    """A person signs in, after a wrong try, and looks at every page."""
    console = Console(server)
    assert not console.sign_in("ana@example.com", "otra frase")
    assert console.sign_in("ana@example.com", PASSWORD)
    for path in PAGES:
        console.get(path)
    console.close()
    return console
