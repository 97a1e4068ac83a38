"""`puente sandbox` as a child process: Meta, HubSpot and an own system on loopback."""

import subprocess

import httpx

from . import children
from .server import COMPANY, PROGRAM, WEBHOOK_SECRET


def written(item):
    """The text of a sent message as its author wrote it: without the line that names the company, which Puente adds
    to the first of each service window."""
    body = item["content"].get("body")
    return body and body.removesuffix(f"\n— {COMPANY}")


class Sandbox:
    def __init__(self, folder, seed):
        with open(f"{folder}/sandbox.log", "ab") as log:
            self.process = children.start(
                [PROGRAM, "sandbox", "--port", "0", "--no-vendor-limits", "--seed", seed],
                log=log,
                output=subprocess.PIPE,
                text=True,
            )
        line = self.process.stdout.readline()
        assert line.startswith("sandbox: "), f"the sandbox did not start: {line}"
        self.url = line.removeprefix("sandbox: ").strip()
        self.http = httpx.Client(base_url=self.url, timeout=30)
        self.settings(
            status_delays={"sent": [10, 60], "delivered": [30, 150], "read": [100, 400]},
            template_review_milliseconds=0,
        )

    def _put(self, path, body):
        answer = self.http.put(path, json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def settings(self, **settings):
        self._put("/sandbox/settings", settings)

    def call_back(self, *servers):
        """Webhooks go to these servers; without any they are dropped."""
        self._put(
            "/sandbox/callbacks",
            {
                "whatsapp": [f"{server.url}/webhooks/whatsapp/main" for server in servers[:1]],
                "hubspot": [f"{server.url}/webhooks/crm/hubspot" for server in servers[:1]],
                "own": [f"{server.url}/webhooks/crm/own" for server in servers[:1]],
                "odoo": [f"{server.url}/webhooks/crm/odoo?secret={WEBHOOK_SECRET}" for server in servers[:1]],
            },
        )

    def faults(self, *faults):
        """Replaces the faults in force; without any, everything works again."""
        return self._put("/sandbox/faults", {"faults": list(faults)})

    def fault_hits(self):
        return [fault["hits"] for fault in self.http.get("/sandbox/faults").json()["faults"]]

    def customer(self, phone, text, name=None):
        """A customer writes, from now on under the name if one is given. Gives Meta's id of the message."""
        body = {"text": text} | ({"name": name} if name else {})
        answer = self.http.post(f"/sandbox/customers/{phone}/messages", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def status(self, message_id, status):
        """Meta tells a status now, whatever came before."""
        answer = self.http.post("/sandbox/statuses", json={"message_id": message_id, "status": status})
        assert answer.status_code == 201, answer.text

    def _all(self, path):
        items, after = [], None
        while True:
            page = self.http.get(path, params={"limit": 1000} | ({"after": after} if after else {})).json()
            items += page["data"]
            after = page.get("next")
            if after is None:
                return items

    def messages(self):
        """What the business sent, each as often as Meta accepted it."""
        return self._all("/sandbox/messages")

    def texts(self):
        """The texts that Meta accepted, each as often as it did."""
        return [text for item in self.messages() if (text := written(item)) is not None]

    def sent_to(self, phone):
        return [item for item in self.messages() if item["customer"] == phone]

    def activities(self, crm):
        return self._all(f"/sandbox/crm/{crm}/activities")

    def contacts(self, crm):
        return self._all(f"/sandbox/crm/{crm}/contacts")

    def make_contact(self, crm, body):
        """Somebody in the CRM makes a contact."""
        answer = self.http.post(f"/sandbox/crm/{crm}/contacts", json=body)
        assert answer.status_code == 201, answer.text

    def edit_contact(self, crm, record, body):
        """Somebody in the CRM changes a contact."""
        answer = self.http.patch(f"/sandbox/crm/{crm}/contacts/{record}", json=body)
        assert answer.status_code == 200, (record, body, answer.text)

    def field(self, method, crm, name, **body):
        """An administrator of the CRM takes a field of contacts away (DELETE), retypes it (PATCH), puts it back (POST)."""
        answer = self.http.request(method, f"/sandbox/crm/{crm}/fields/{name}", json=body or None)
        assert answer.status_code == 204, answer.text

    def contact_writes(self, crm):
        """How often programs wrote contacts there: `created`, `updated`, `tagged`."""
        return self.summary()[crm]["contact_writes"]

    def summary(self):
        return self.http.get("/sandbox/summary").json()

    def outstanding(self):
        """Webhooks not delivered yet, and what the sandbox still has planned."""
        summary = self.summary()
        callbacks = summary["webhooks"]["callbacks"]
        return summary["planned_actions"] + sum(callback["waiting"] for callback in callbacks)

    def close(self):
        self.http.close()
        children.end(self.process)
