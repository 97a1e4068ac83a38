"""What goes wrong with an account at a CRM until a person mends it: it is named in a sentence, nothing is lost, and when it
is mended everything arrives. Where the whole account is at fault its lane waits and goes on by itself; where single values
are refused, they wait in the list, and go when somebody tries them again.

By default one CRM goes through all of it, and each other one through something of its own; `make torture` has every case.
"""

import json
from dataclasses import dataclass

import pytest
from rig import children, crms, hands, work
from rig.edits import OURS, Edit
from rig.server import write_yaml

KNOWN, NEW = "34600111222", "34600333444"
OPT_IN = "consent"
REFUSED = "SELECT failure FROM job WHERE state = 'discarded' AND kind LIKE 'crm.%'"
ALARMS = "SELECT text FROM alarm WHERE kind = 'paused' AND cleared_at IS NULL"
MISSING = "SELECT text FROM alarm WHERE kind = 'crm_field_missing' AND cleared_at IS NULL"
CONTACTS = "SELECT COUNT(*) FROM contact"
MESSAGES = "SELECT COUNT(*) FROM message"

# What CRMs answer to somebody who may not do something, each in its own form.
NOT_ALLOWED = {
    "hubspot": (
        403,
        {
            "status": "error",
            "category": "MISSING_SCOPES",
            "message": "This app hasn't been granted all required scopes to make this call.",
            "errors": [
                {
                    "message": "One or more of the following scopes are required.",
                    "context": {"requiredGranularScopes": ["crm.objects.contacts.write"]},
                }
            ],
        },
    ),
    "salesforce": (403, [{"errorCode": "INSUFFICIENT_ACCESS", "message": "insufficient access rights on object id"}]),
    "zoho": (
        401,
        {
            "code": "OAUTH_SCOPE_MISMATCH",
            "details": {},
            "message": "invalid oauth scope to access this URL",
            "status": "error",
        },
    ),
    "odoo": (
        403,
        {
            "name": "odoo.exceptions.AccessError",
            "message": "You are not allowed to modify 'Contact' (res.partner) records.",
            "arguments": ["You are not allowed to modify 'Contact' (res.partner) records."],
            "context": {},
            "debug": "",
        },
    ),
}
# Calls that do the CRM's work, by a part of their path: signing in goes on.
WORK = {"hubspot": "crm/", "salesforce": "services/data", "zoho": "crm/", "odoo": "json/2"}
# The entry of the configuration that lets Puente in.
CREDENTIAL = {"hubspot": "token", "salesforce": "client_secret", "zoho": "refresh_token", "odoo": "token"}
# A kind that a word like `opted_in` is none of.
OTHER_KIND = {"hubspot": "number", "salesforce": "double", "zoho": "integer", "odoo": "datetime"}


class Site:
    """An installation with one CRM, and somebody who is known on both sides unless the trouble comes before that."""

    def __init__(self, make, name, credential=None):
        self.crm = crms.ALL[name]
        self.puente = make("sqlite")
        self.sandbox = self.puente.sandbox
        self.api_keys = hands.keys(1)
        self.crm.prepare(self.sandbox)
        self.server = self.puente.serve(lambda settings: self._adjust(settings, credential))
        self.ours = hands.Ours(self.puente, self.api_keys)

    def _adjust(self, settings, credential):
        account = self.crm.configuration(self.sandbox.url, sweep_every="10s")
        if credential:
            account[CREDENTIAL[self.crm.name]] = credential
        settings["crm"] = {self.crm.name: account}
        settings["api_keys"] |= self.api_keys

    def configure(self, credential):
        """Puts another credential into puente.yaml and starts again, as the sentence says."""
        self.server.stop()
        self.server.settings["crm"][self.crm.name][CREDENTIAL[self.crm.name]] = credential
        write_yaml(self.server.settings, self.server.path)
        self.server.start()

    # What happens in the company

    def meet(self, phone=KNOWN):
        self.sandbox.customer(phone, "Hola", name="Vera")
        self.puente.until("the customer is known", CONTACTS, 1)

    def write(self, phone=KNOWN):
        self.sandbox.customer(phone, "¿Sigue ahí?", name="Vera")

    def edit(self, field, value):
        ((contact,),) = self.puente.books.rows("SELECT id FROM contact ORDER BY id LIMIT 1")
        self.ours.people = {0: hands.identifier(contact)}
        self.ours.carry_out(Edit(OURS, 0, field, value))

    # What is there

    def shown(self):
        return [self.crm.record(item)[1] for item in self.sandbox.contacts(self.crm.name)]

    def sentences(self):
        """What a person reads: of the account that is paused, of single values that were refused, and of fields that are
        gone, whose rows rest."""
        paused = [json.loads(text) for (text,) in self.puente.books.rows(ALARMS)]
        refused = [json.loads(failure) for (failure,) in self.puente.books.rows(REFUSED)]
        resting = [json.loads(text) for (text,) in self.puente.books.rows(MISSING)]
        return paused, refused, resting

    def untried(self):
        """Jobs that wait with all their attempts."""
        return self.puente.count("SELECT COUNT(*) FROM job WHERE state = 'available' AND kind LIKE 'crm.%'")

    def is_all_there(self):
        """Everything was recorded, and nothing waits for a person."""
        recorded, messages = self.puente.count(work.RECORDED), self.puente.count(MESSAGES)
        return recorded == messages and not self.puente.books.rows(REFUSED) and self.puente.count(work.PAUSED) == 0

    def close(self):
        self.ours.close()


@pytest.fixture
def enter(make):
    sites = []

    def enter(name, **options):
        sites.append(Site(make, name, **options))
        return sites[-1]

    yield enter
    for site in sites:
        site.close()


@dataclass(frozen=True)
class Trouble:
    name: str
    # Where it is shown: the lane is `paused`, single jobs are `refused`, or `either`, as the vendor's answer has it. A field
    # that is gone is named by itself as well: with `resting`, that is enough.
    place: str
    # Words of the sentence in lower case, one of which must stand there; `{field}` is the CRM's own name.
    words: tuple
    # The field that is changed, by our word.
    field: str = ""

    def begin(self, site):
        name = site.crm.name
        match self.name:
            case "revoked token":
                site.sandbox.faults({"target": name, "kind": "token_death", "path": WORK[name]})
            case "missing scope":
                status, body = NOT_ALLOWED[name]
                site.sandbox.faults(
                    {"target": name, "kind": "status", "status": status, "body": json.dumps(body), "path": WORK[name]}
                )
            case "changed type":
                site.sandbox.field("PATCH", name, site.crm.fields[self.field], type=OTHER_KIND[name])
            case _:
                site.sandbox.field("DELETE", name, site.crm.fields[self.field])

    def mend(self, site):
        if self.field:
            site.sandbox.field("POST", site.crm.name, site.crm.fields[self.field])
        else:
            site.sandbox.faults()

    def provoke(self, site):
        """What meets the trouble; gives whether it arrived in the end."""
        if self.name == "missing field":
            site.write(NEW)
            return lambda: len(site.shown()) == 2
        if self.field == OPT_IN:
            site.edit(OPT_IN, "granted")
            return lambda: site.shown()[0][OPT_IN] == "opted_in"
        site.write()
        site.edit("email", "ana@ejemplo.example")
        return lambda: site.shown()[0]["email"] == "ana@ejemplo.example"


LOGIN = ("access token", "login", "refresh token", "api key")
TROUBLES = [
    Trouble("revoked token", "paused", LOGIN),
    Trouble("missing scope", "paused", ("permission", "does not let the integration", "lacks a scope", "lacks a right")),
    Trouble("missing field", "either", ("field", "{field}", "column"), field="key"),
    Trouble("deleted property", "resting", ("no field", "{field}", "does not exist", "field"), field=OPT_IN),
    Trouble("changed type", "refused", ("{field}", "not of its kind", "does not accept"), field=OPT_IN),
]
# Beside HubSpot's, which are all there.
USUAL = {("salesforce", "missing scope"), ("zoho", "missing scope"), ("odoo", "deleted property")}
CASES = [
    pytest.param(
        crm,
        trouble,
        id=f"{crm}-{trouble.name.replace(' ', '_')}",
        marks=() if crm == "hubspot" or (crm, trouble.name) in USUAL else pytest.mark.torture,
    )
    for crm in crms.ALL
    for trouble in TROUBLES
    # Odoo's key is its external id; the field that shows ours may be missing there, and everything arrives without it.
    if (crm, trouble.name) != ("odoo", "missing field")
]


def wait_for_sentence(site, trouble):
    """Waits until it is named, and gives where: paused, refused or resting."""

    def named():
        paused, refused, resting = site.sentences()
        if trouble.place != "refused" and paused:
            return "paused", paused
        if trouble.place != "paused" and refused:
            return "refused", refused
        return ("resting", resting) if trouble.place == "resting" and resting else None

    try:
        place, sentences = children.until(f"{trouble.name} is named", named, patience=90)
    except AssertionError as error:
        raise AssertionError(f"{error}; what is named: {site.sentences()}") from None
    check_sentence(site, trouble, sentences)
    return place


def check_sentence(site, trouble, sentences):
    text = json.dumps(sentences, ensure_ascii=False).lower()
    field = site.crm.fields[trouble.field].lower() if trouble.field else ""
    wanted = [word.replace("{field}", field) for word in trouble.words]
    assert any(word in text for word in wanted), (wanted, sentences)


@pytest.mark.parametrize(("name", "trouble"), CASES)
def test_what_a_person_has_to_mend_is_named_and_nothing_is_lost(enter, name, trouble):
    site = enter(name)
    site.meet()
    children.until("the customer is in the CRM", site.is_all_there, patience=60)
    trouble.begin(site)

    arrived = trouble.provoke(site)
    place = wait_for_sentence(site, trouble)
    if place == "paused":
        assert site.puente.books.rows(REFUSED) == [], "the account is at fault, and single jobs were given up"
        assert site.untried() > 0

    trouble.mend(site)
    if place == "paused":
        children.until("it goes on by itself", lambda: site.is_all_there() and arrived(), patience=120)
    else:

        def is_there():
            # The field may not be known again yet: a person would try a second time.
            site.ours.retry_dead_letters()
            return is_settled(site) and arrived()

        children.until("it goes, refused or not, when the field is there", is_there, patience=120, pause=5)
        children.until("no field is missing", lambda: not site.puente.books.rows(MISSING), patience=60)
    assert site.puente.count(work.PAUSED) == 0
    assert len(site.shown()) == site.puente.count(CONTACTS)


def is_settled(site):
    """Waits a moment until what was tried again is settled, and gives whether nothing waits for a person then."""
    site.puente.until("no job is open", work.JOBS_OPEN, 0, patience=60)
    return site.is_all_there()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in ("hubspot", "odoo") else pytest.mark.torture) for name in crms.ALL]
)
def test_wrong_credentials_are_named_and_all_arrives_once_the_right_ones_are_there(enter, name):
    right = crms.ALL[name].account[CREDENTIAL[name]]
    site = enter(name, credential="certainly-not-the-right-one")

    site.meet()
    wait_for_sentence(site, Trouble("wrong credentials", "paused", LOGIN))
    assert site.shown() == []
    assert site.puente.books.rows(REFUSED) == []

    site.configure(right)

    children.until("all of it arrives", site.is_all_there, patience=120)
    assert len(site.shown()) == 1
