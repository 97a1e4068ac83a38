"""Webhooks as Meta makes and signs them, and the ones of an own system."""

import base64
import hashlib
import hmac
import http.client
import json
import socket
import time
import urllib.parse

from .server import APP_SECRET, DISPLAY_NUMBER, NUMBER_ID, OWN_SECRET, WABA_ID


def envelope(*values, field="messages"):
    changes = [{"field": field, "value": value} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": WABA_ID, "changes": changes}]}


def message(phone, wamid, text, at=None):
    """The `value` of a text message."""
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": DISPLAY_NUMBER.strip("+"), "phone_number_id": NUMBER_ID},
        "contacts": [{"profile": {"name": f"Cliente {phone[-4:]}"}, "wa_id": phone}],
        "messages": [
            {
                "from": phone,
                "id": wamid,
                "timestamp": str(int(at or time.time())),
                "type": "text",
                "text": {"body": text},
            }
        ],
    }


def status(phone, wamid, word, at=None, callback_data=None):
    """The `value` of a status of a message that the business sent."""
    item = {"id": wamid, "status": word, "timestamp": str(int(at or time.time())), "recipient_id": phone}
    if callback_data:
        item["biz_opaque_callback_data"] = callback_data
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": DISPLAY_NUMBER.strip("+"), "phone_number_id": NUMBER_ID},
        "statuses": [item],
    }


def encode(body):
    return body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()


def meta_headers(body, secret=APP_SECRET):
    mac = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={mac}"}


def own_headers(body, event_id, secret=OWN_SECRET):
    """The Standard Webhooks scheme."""
    seconds = str(int(time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{event_id}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": "v1," + base64.b64encode(mac).decode(),
    }


def command(phone, text):
    """What an own system posts so that a customer gets a message."""
    return {"type": "message.send", "data": {"to": f"+{phone}", "text": text}}


def api_message(phone, text):
    """What a program posts to the API for the same."""
    return {"to": {"phone": f"+{phone}"}, "content": {"type": "text", "body": text}}


class Poster:
    """One connection to a server, kept open like Meta's; opened again when it breaks."""

    def __init__(self, url, patience=30, client=None):
        self.address = urllib.parse.urlsplit(url)
        self.patience = patience
        self.client = client
        self.connection = None

    def post(self, path, body, headers):
        """The status and text of the answer; (None, "") when there was no answer."""
        try:
            if self.connection is None:
                self.connection = self._connection()
                self.connection.connect()
                self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connection.request("POST", path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.close()
            return None, ""

    def _connection(self):
        place = (self.address.hostname, self.address.port)
        if self.address.scheme == "https":
            return http.client.HTTPSConnection(*place, timeout=self.patience, context=self.client)
        return http.client.HTTPConnection(*place, timeout=self.patience)

    def meta(self, body, secret=APP_SECRET, path="/webhooks/whatsapp/main"):
        """Posts a webhook as Meta would."""
        data = encode(body)
        return self.post(path, data, meta_headers(data, secret))[0]

    def own(self, event, event_id):
        """Posts an event as the own system would."""
        data = encode(event)
        return self.post("/webhooks/crm/own", data, own_headers(data, event_id))

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None
