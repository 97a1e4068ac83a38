"""The sandbox's controls: customers who write, phones that answer, vendors that fail."""

import itertools
import time

import httpx

DAY = 86_400
NUMBER = "106540352242922"


class Sandbox:
    def __init__(self, url):
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=20)
        self.phones = itertools.count(5215550000100)
        # No status comes by itself: the tests say what became of a message.
        never = [DAY * 1000, DAY * 1000]
        self._put("/sandbox/settings", {"status_delays": {"sent": never, "delivered": never, "read": never}})
        self.works()

    def _put(self, path, body):
        self.http.put(path, json=body).raise_for_status()

    def calls(self, *urls):
        """Where WhatsApp's webhooks go."""
        self._put("/sandbox/callbacks", {"whatsapp": list(urls)})

    def customer(self, name):
        return Customer(self, str(next(self.phones)), name)

    def fails(self, target, kind, **more):
        """What goes wrong from now on; replaces what went wrong before."""
        self._put("/sandbox/faults", {"faults": [{"target": target, "kind": kind, **more}], "vendor_limits": False})

    def refuses_sends(self, code=131009):
        """WhatsApp refuses messages for good, until it `works` again. Marks of reading and typing take the same way, so
        a number of refusals would not say which calls they meet."""
        self.fails("whatsapp", "graph_code", code=code, method="POST", path="/messages")

    def delays_sends(self, milliseconds):
        """WhatsApp takes its time with each message and mark, until it `works` again."""
        self.fails("whatsapp", "delay", milliseconds=milliseconds, method="POST", path="/messages")

    def works(self):
        self._put("/sandbox/faults", {"faults": [], "vendor_limits": False})

    def webhook(self, body):
        """A body that Meta might send, signed."""
        answer = self.http.post("/sandbox/webhooks?wait=1", json=body)
        answer.raise_for_status()
        assert [item["status"] for item in answer.json()["data"]] == [200]

    def tells(self, wamid, status, **more):
        self.http.post("/sandbox/statuses", json={"message_id": wamid, "status": status, **more}).raise_for_status()


class Customer:
    """A person with a phone."""

    def __init__(self, sandbox, phone, name):
        self.sandbox, self.phone, self.name = sandbox, phone, name

    def writes(self, text=None, ago=None, **message):
        """A text, or a message as Meta writes it; `ago` in seconds. The answer is its id."""
        if text is not None:
            message["text"] = text
        if ago is not None:
            message["timestamp"] = int(time.time() - ago)
        answer = self.sandbox.http.post(
            f"/sandbox/customers/{self.phone}/messages", json={"name": self.name, **message}
        )
        answer.raise_for_status()
        return answer.json()["id"]

    def got(self):
        """What the business sent to this phone, oldest first."""
        answer = self.sandbox.http.get("/sandbox/messages", params={"to": self.phone})
        answer.raise_for_status()
        return answer.json()["data"]
