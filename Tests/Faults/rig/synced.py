"""An installation with one CRM, in which as many people as wished are known on both sides."""

import time

from . import children, crms, hands, work
from .edits import BASE_LABEL, OURS, Edit
from .oracle import Oracle, differences

DUE = "SELECT COUNT(*) FROM sync_due WHERE is_restless = 0"
COMPARED = "SELECT COALESCE(compared_at, 0) FROM mapping"


class SyncedHouse:
    def __init__(self, make, name, people):
        self.crm = crms.ALL[name]
        self.puente = make("sqlite")
        self.size = people
        # A comparison of everything takes its time, and so does finding contacts: HubSpot allows five searches a second.
        self.compare_every = max(10, people // 40)
        self.patience = 120 + 4 * self.compare_every + people // 2
        self.sandbox = self.puente.sandbox
        self.phones = [f"346{index:08}" for index in range(people)]
        self.api_keys = hands.keys(8)
        self.crm.prepare(self.sandbox)
        self.server = self.puente.serve(self._adjust)
        self.ours = hands.Ours(self.puente, self.api_keys)
        self.theirs = hands.Theirs(self.puente, self.crm)
        self.contacts = {}

    def _adjust(self, settings):
        every = {"sweep_every": "10s", "compare_every": f"{self.compare_every}s"}
        settings["crm"] = {self.crm.name: self.crm.configuration(self.sandbox.url, **every)}
        settings["api_keys"] |= self.api_keys

    def close(self):
        self.ours.close()

    def fill(self):
        """Half of them are there before they write; then all write, and are linked."""
        for index, phone in enumerate(self.phones):
            if index % 2 == 0:
                name = {"name": f"Vera{index}"} if "name" in self.crm.fields else {"last": f"Vera{index}"}
                self.sandbox.make_contact(self.crm.name, self.crm.body({**name, "phone": f"+{phone}"}))
        time.sleep(3)  # until the CRM's search has seen them
        for index, phone in enumerate(self.phones):
            self.sandbox.customer(phone, "Hola", name=f"Vera{index}")
        self.puente.until("all are in the CRM", work.RECORDED, self.size, self.patience)
        self.wait_until_quiet("all are linked")
        self._learn()
        self._settle_base()

    def _learn(self):
        positions = {phone: index for index, phone in enumerate(self.phones)}
        rows = self.puente.books.rows("SELECT contact_id, address FROM handle WHERE kind = 'phone' AND valid_to IS NULL")
        self.contacts = {positions[address]: contact for contact, address in rows}
        refs = dict(self.puente.books.rows("SELECT local_id, remote_id FROM remote_ref"))
        self.theirs.records = {index: str(refs[contact]) for index, contact in self.contacts.items()}
        assert len(self.theirs.records) == self.size
        self.ours.prepare(self.contacts)

    def _settle_base(self):
        """Everybody has a name of two words, a city and a label, on both sides."""
        for index in range(self.size):
            first, last = f"Alba{index}b", f"Soler{index}b"
            name = {"name": f"{first} {last}"} if "name" in self.crm.fields else {"first": first, "last": last}
            self.theirs.edit(index, city="Jaca", **name)
        for index in range(self.size):
            self.ours.carry_out(Edit(OURS, index, "labels", (BASE_LABEL, True)))
        self.wait_until_quiet("everybody is alike")
        self.ours.learn_city()

    def wait_until_quiet(self, what):
        """Everything was compared since now, and nothing is to be done."""
        for _ in range(2):  # the comparison under way may have passed what changed just now
            before = self.puente.count(COMPARED)
            children.until(
                f"{what}: everything is compared", lambda before=before: self.puente.count(COMPARED) > before, self.patience
            )

        def is_quiet():
            return (
                self.sandbox.outstanding() == 0
                and self.puente.count(work.BODIES_WAITING) == 0
                and self.puente.count(DUE) == 0
                and self.puente.count(work.JOBS_OPEN) == 0
            )

        try:
            children.until(f"{what}: nothing is to be done", is_quiet, self.patience, pause=0.1)
        except AssertionError as error:
            open_jobs = self.puente.books.rows(work.JOBS_OPEN_BY_KIND)
            raise AssertionError(f"{error}; due {self.puente.count(DUE)}, open {open_jobs}") from None

    def both(self):
        return self.ours.told(self.contacts), self.theirs.told()

    def base(self):
        """What both say alike, so that it can be told what an edit changed."""
        ours, theirs = self.both()
        unlike, wrong = differences(self.crm, Oracle(self.crm, theirs, []), ours, theirs)
        assert not unlike and not wrong, (len(unlike), unlike[:3], len(wrong), wrong[:3])
        return theirs

    def check_agreement(self, oracle):
        unlike, wrong = differences(self.crm, oracle, *self.both())
        assert not unlike, f"{len(unlike)} fields differ: {unlike[:5]}"
        assert not wrong, f"{len(wrong)} fields say what the rules do not say: {wrong[:5]}"

    def check_nobody_is_there_twice(self):
        assert self.puente.count("SELECT COUNT(*) FROM contact") == self.size
        items = self.sandbox.contacts(self.crm.name)
        assert len(items) == self.size, f"{len(items)} records of {self.size} people"
        keys = {self.crm.record(item)[1]["key"] for item in items}
        assert keys == set(self.ours.people.values())

    def writes(self):
        return self.sandbox.contact_writes(self.crm.name)
