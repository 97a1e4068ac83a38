"""The CRMs that can be read, as the sandbox plays them: how one is configured, how people there edit contacts, and what its
records say, in words that are the same for all of them."""

import re
from dataclasses import dataclass

from .server import WEBHOOK_SECRET


@dataclass(frozen=True)
class CRM:
    name: str
    # What its configuration holds besides kind and addresses.
    account: dict
    # The CRM's names of its fields, by ours.
    fields: dict
    # Under which the sandbox's controls take the fields; None: as they are.
    envelope: str | None = None
    # Languages that both sides write alike.
    languages: tuple = ()

    def configuration(self, sandbox, **more):
        """The connection's part of the configuration."""
        address = f"{sandbox}/{self.name}"
        urls = {"base_url": address} | ({"accounts_url": address} if self.name == "zoho" else {})
        return {"kind": self.name, **urls, **self.account, **more}

    def prepare(self, sandbox):
        """What an administrator does before Puente comes."""
        if self.name == "salesforce":
            answer = sandbox.http.post("/sandbox/crm/salesforce/deploy")
            assert answer.status_code == 204, answer.text

    # What people do there

    def body(self, values):
        """What the controls take for these values, by our words."""
        fields = {self.fields[word]: self._written(word, value) for word, value in values.items()}
        return {self.envelope: fields} if self.envelope else fields

    def _written(self, word, value):
        if word != "labels":
            return value
        if self.name == "zoho":
            return [{"name": label} for label in sorted(value)]
        return sorted(value) if self.name == "odoo" else ";".join(sorted(value))

    # What its records say

    def record(self, item):
        """A record of the list of contacts: its id, and what it says by our words."""
        values = item["properties"] if self.name == "hubspot" else item
        told = {word: self._read(word, values.get(name)) for word, name in self.fields.items()}
        return str(item.get("id") or item.get("Id")), told

    def _read(self, word, value):
        if word == "labels":
            return self._labels(value)
        if not value:
            return ""
        if word == "note":
            return re.sub(r"<[^>]+>", "", value).strip()
        return value

    def _labels(self, value):
        if not value:
            return frozenset()
        if self.name == "zoho":
            return frozenset(tag["name"] for tag in value)
        return frozenset(value if self.name == "odoo" else value.split(";"))


HUBSPOT = CRM(
    "hubspot",
    {"token": "sandbox-token", "client_secret": "sandbox-secret", "app_id": "54321"},
    {
        "key": "puente_id",
        "phone": "mobilephone",
        "first": "firstname",
        "last": "lastname",
        "email": "email",
        "language": "hs_language",
        "labels": "whatsapp_labels",
        "consent": "whatsapp_opt_in",
        "city": "city",
    },
    envelope="properties",
    languages=("ca", "de", "en", "es", "fr", "it", "pt"),
)
SALESFORCE = CRM(
    "salesforce",
    {"client_id": "sandbox-consumer-key", "client_secret": "sandbox-secret"},
    {
        "key": "Puente_Id__c",
        "phone": "MobilePhone",
        "first": "FirstName",
        "last": "LastName",
        "email": "Email",
        "labels": "WhatsApp_Labels__c",
        "consent": "WhatsApp_Opt_In__c",
        "city": "MailingCity",
        "note": "Description",
    },
    envelope="fields",
)
ZOHO = CRM(
    "zoho",
    {
        "client_id": "1000.SANDBOX",
        "client_secret": "sandbox-secret",
        "refresh_token": "sandbox-token",
        "webhook_secret": WEBHOOK_SECRET,
    },
    {
        "key": "Puente_Id",
        "phone": "Mobile",
        "first": "First_Name",
        "last": "Last_Name",
        "email": "Email",
        "labels": "Tag",
        "consent": "WhatsApp_Opt_In",
        "city": "Mailing_City",
        "note": "Description",
    },
    envelope="fields",
)
ODOO = CRM(
    "odoo",
    {
        "token": "sandbox-token",
        "database": "sandbox",
        "username": "bridge@example.com",
        "webhook_secret": WEBHOOK_SECRET,
    },
    {
        "key": "x_puente_id",
        "phone": "phone",
        "name": "name",
        "email": "email",
        "language": "lang",
        "labels": "tags",
        "consent": "x_whatsapp_opt_in",
        "city": "city",
        "note": "comment",
    },
    languages=("es_ES", "es_MX", "fr_FR", "pt_BR"),
)
ALL = {crm.name: crm for crm in (HUBSPOT, SALESFORCE, ZOHO, ODOO)}
