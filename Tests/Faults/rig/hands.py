"""Who edits contacts: a program at Puente's API, and people in a CRM; and what either side says in the end."""

import itertools
import random
import time
from collections import defaultdict

import httpx

from .edits import BASE_LABEL, LABELS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Answers that say: come back.
BUSY = (429, 503)
STANDINGS = {"opted_in": "granted", "opted_out": "withdrawn", "": ""}
OPT_INS = {"granted": "opted_in", "withdrawn": "opted_out"}


def identifier(number):
    """As the API writes an id of the database: Crockford's base 32."""
    return "".join(ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def keys(count):
    """The configuration's API keys, so many that none of them comes to its limit."""
    return {
        f"sync{index}": {"key": f"pk_sync{index}_8dKq3nWz5tR1yV6h", "scopes": "read write admin", "tier": "enterprise"}
        for index in range(count)
    }


class Ours:
    """The API of a server that may be killed meanwhile: what is not answered is asked again."""

    def __init__(self, puente, api_keys, patience=180):
        self.puente = puente
        self.http = httpx.Client(base_url=puente.server.url, timeout=30)
        self.keys = itertools.cycle(entry["key"] for entry in api_keys.values())
        self.patience = patience
        self.people = {}
        self.labels = {}
        self.city = None

    def close(self):
        self.http.close()

    def call(self, method, path, json=None, key=None, taken=()):
        """The answer, when it is one of success or one of `taken`."""
        end = time.monotonic() + self.patience
        while True:
            headers = {"Authorization": f"Bearer {next(self.keys)}"} | ({"Idempotency-Key": key} if key else {})
            try:
                answer = self.http.request(method, f"/api/v1{path}", json=json, headers=headers)
            except httpx.TransportError as error:
                reason = error
            else:
                if answer.status_code < 300 or answer.status_code in taken:
                    return answer.json() if answer.content else None
                reason = answer.text
                is_passing = answer.status_code in BUSY or "idempotency_in_progress" in reason
                assert is_passing, (method, path, json, answer.status_code, reason)
            assert time.monotonic() < end, f"no answer to {method} {path} in time: {reason}"
            time.sleep(0.1)

    def prepare(self, people):
        """- people: the ids of contacts, as the database has them, by position."""
        self.people = {index: identifier(contact) for index, contact in people.items()}
        for name in (BASE_LABEL, *LABELS):
            self.call("POST", "/labels", {"name": name}, taken=(409,))
        self.labels = {label["name"]: label["id"] for label in self.call("GET", "/labels")["data"]}

    def learn_city(self):
        ((field,),) = self.puente.books.rows("SELECT id FROM field WHERE key = 'city'")
        self.city = identifier(field)

    def carry_out(self, edit):
        getattr(self, f"_{edit.field}")(f"/contacts/{self.people[edit.person]}", edit.value)

    def _name(self, contact, value):
        self.call("PATCH", contact, {"name": value})

    def _language(self, contact, value):
        self.call("PATCH", contact, {"language": value})

    def _email(self, contact, value):
        """In the place of whatever address there was. An answer that was lost may have done it already, and what came
        from the CRM meanwhile may have ended what was to be ended."""
        for _ in range(10):
            handles = self.call("GET", contact)["handles"]
            valid = [handle for handle in handles if handle["kind"] == "email" and handle["valid_to"] is None]
            others = [handle["id"] for handle in valid if handle["address"].lower() != value.lower()]
            if not others and valid:
                return
            change = ({"ending": others} if others else {}) | ({"email": value} if len(others) == len(valid) else {})
            self.call("PATCH", contact, change, taken=(404, 409, 422))
        raise AssertionError(f"the address of {contact} could not be set to {value}: {handles}")

    def _labels(self, contact, value):
        name, is_on = value
        self.call("PUT" if is_on else "DELETE", f"{contact}/labels/{self.labels[name]}", taken=(404,))

    def _consent(self, contact, value):
        entry = {"purpose": "marketing", "change": value, "source": "api", "words": "Sí, quiero ofertas por WhatsApp."}
        self.call("POST", f"{contact}/consent", entry, key=f"consent-{random.getrandbits(64):x}")

    def _city(self, contact, value):
        self.call("PUT", f"{contact}/fields/{self.city}", {"value": value})

    def send(self, person, phone, text):
        message = {"to": {"phone": f"+{phone}"}, "content": {"type": "text", "body": text}}
        self.call("POST", "/messages", message, key=f"message-{person}-{text}".replace(" ", "-"))

    def retry_dead_letters(self):
        """Tries again what waits for a person. Gives their kinds and reasons."""
        letters = self.call("GET", "/dead-letters?limit=100")["data"]
        mine = [letter for letter in letters if letter["kind"].startswith("crm.")]
        if mine:
            body = {"ids": [letter["id"] for letter in mine]}
            self.call("POST", "/dead-letters/retries", body, key=f"retry-{random.getrandbits(64):x}")
        return [(letter["kind"], letter["failure"]) for letter in mine]

    # What Puente says

    def told(self, people):
        """What the database says of each person, by position, in the words of `rig.crms`."""
        rows = self.puente.books.rows
        positions = {contact: index for index, contact in people.items()}
        nothing = {"name": "", "email": "", "language": "", "consent": "", "city": "", "note": ""}
        told = defaultdict(lambda: {**nothing, "labels": set()})
        for contact, name, profile, language, note in rows(
            "SELECT id, name, profile_name, language, note FROM contact WHERE merged_into IS NULL"
        ):
            told[contact] |= {"name": name or profile, "language": language or "", "note": note or ""}
        for contact, address in rows(
            "SELECT contact_id, address FROM handle WHERE kind = 'email' AND valid_to IS NULL ORDER BY valid_from, id"
        ):
            told[contact]["email"] = address
        for contact, label in rows("SELECT c.contact_id, l.name FROM contact_label c JOIN label l ON l.id = c.label_id"):
            told[contact]["labels"].add(label)
        for contact, standing in rows("SELECT contact_id, standing FROM consent WHERE purpose = 'marketing'"):
            told[contact]["consent"] = standing
        for contact, value in rows(
            "SELECT v.contact_id, v.value FROM contact_field v JOIN field f ON f.id = v.field_id WHERE f.key = 'city'"
        ):
            told[contact]["city"] = value
        return {positions[contact]: values for contact, values in told.items() if contact in positions}


class Theirs:
    """People in a CRM, at the sandbox's controls."""

    def __init__(self, puente, crm):
        self.sandbox = puente.sandbox
        self.crm = crm
        # The ids of records, and the labels that people last saw on them, by position.
        self.records = {}
        self.seen = {}

    def edit(self, person, **values):
        self.sandbox.edit_contact(self.crm.name, self.records[person], self.crm.body(values))

    def carry_out(self, edit):
        value = edit.value
        if edit.field == "labels":
            name, is_on = value
            before = self._labels(edit.person)
            value = before | {name} if is_on else before - {name}
        if edit.field == "consent":
            value = OPT_INS[value]
        self.edit(edit.person, **{edit.field: value})
        if edit.field == "labels":
            self.seen[edit.person] = value

    def _labels(self, person):
        """As the person there last saw them: only one side edits somebody's labels, so nobody else changes them."""
        return self.seen.setdefault(person, frozenset())

    def look(self):
        """Reads all records, so that whoever edits them knows what they say."""
        told = self.told()
        self.seen = {person: values["labels"] for person, values in told.items()}
        return told

    def told(self):
        """What each person's record says, by position."""
        positions = {record: person for person, record in self.records.items()}
        told = {}
        for item in self.sandbox.contacts(self.crm.name):
            record, values = self.crm.record(item)
            if record in positions:
                values["consent"] = STANDINGS[values["consent"]]
                told[positions[record]] = values
        return told
