"""Customers and agents who write while the server is killed, and a list of what they were told was taken."""

import random
import threading
import time
from dataclasses import dataclass

from . import meta
from .server import API_KEY


@dataclass
class Posted:
    """Something handed to the server."""

    token: str
    phone: str
    key: str
    body: bytes
    is_command: bool
    # Whether the server ever answered 200.
    is_taken: bool = False
    # The last answer that was neither 200 nor silence, nor "come back".
    refusal: tuple | None = None


class Load:
    """Threads that post until they are told to end. What was not taken is posted again as Meta and careful systems
    do; of the webhooks only half, since Meta may also give up. What was taken is never repeated later, so that a
    repeat cannot hide a loss; a tenth is posted twice at once instead."""

    def __init__(self, url, phones, seed, threads=3, pause=0.01, commands=0.25, door="own"):
        self.url = url
        self.phones = phones
        self.seed = seed
        self.threads = threads
        self.pause = pause
        self.commands = commands
        # Where commands go in: the own system's webhook, or the JSON API.
        self.door = door
        self.posted = []
        self.lock = threading.Lock()
        self.is_over = threading.Event()
        self.running = []
        self.number = 0
        self.answers = {}

    def start(self):
        self.is_over.clear()
        self.running = [
            threading.Thread(target=self._run, args=(random.Random(f"{self.seed}-{index}"),), daemon=True)
            for index in range(self.threads)
        ]
        for thread in self.running:
            thread.start()
        return self

    def finish(self):
        """Ends the posting and waits for it; call it while the server runs."""
        self.is_over.set()
        for thread in self.running:
            thread.join(120)
            assert not thread.is_alive(), "a sender hangs"

    @property
    def taken(self):
        return [item for item in self.posted if item.is_taken]

    def _new(self, dice):
        with self.lock:
            self.number += 1
            number = self.number
        phone = dice.choice(self.phones)
        is_command = dice.random() < self.commands
        token = f"{'agent' if is_command else 'customer'}-{self.seed}-{number}-end"
        if is_command:
            wish = meta.command(phone, token) if self.door == "own" else meta.api_message(phone, token)
            body, key = meta.encode(wish), f"cmd-{self.seed}-{number}"
        else:
            key = f"wamid.{self.seed}.{number}"
            body = meta.encode(meta.envelope(meta.message(phone, key, token)))
        item = Posted(token, phone, key, body, is_command)
        with self.lock:
            self.posted.append(item)
        return item

    def _run(self, dice):
        poster = meta.Poster(self.url)
        again = []
        try:
            while not self.is_over.is_set() or again:
                item = again.pop(0) if again and (self.is_over.is_set() or dice.random() < 0.5) else self._new(dice)
                status = self._post(poster, item)
                if not item.is_taken and item.refusal is None and (item.is_command or dice.random() < 0.5):
                    again.append(item)
                if status is None:
                    time.sleep(0.05)
                elif item.is_taken and not item.is_command and dice.random() < 0.1:
                    self._post(poster, item)
                time.sleep(self.pause * dice.random() * 2)
        finally:
            poster.close()

    def _post(self, poster, item):
        if item.is_command and self.door == "api":
            headers = {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {API_KEY}",
                "Idempotency-Key": f'"{item.key}"',
            }
            status, text = poster.post("/api/v1/messages", item.body, headers)
        elif item.is_command:
            status, text = poster.post("/webhooks/crm/own", item.body, meta.own_headers(item.body, item.key))
        else:
            status, text = poster.post("/webhooks/whatsapp/main", item.body, meta.meta_headers(item.body))
        with self.lock:
            self.answers[status] = self.answers.get(status, 0) + 1
        if status in (200, 201, 202):
            item.is_taken = True
        elif status not in (None, 429, 503):
            item.refusal = (status, text)
        return status
