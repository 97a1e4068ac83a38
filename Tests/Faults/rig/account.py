"""The account at the end: everything that was taken is in the CRMs exactly once, nothing reached a customer twice."""

import re
from collections import Counter

from . import children, work
from .sandbox import written

TOKEN = re.compile(r"(?:customer|agent)-[\w.]+-\d+-end")


class Account:
    def __init__(self, installation, patience=90):
        self.installation = installation
        self.patience = patience

    def wait_until_quiet(self):
        """Nothing waits, nothing runs, nothing is on its way."""
        puente = self.installation
        puente.until("the intake is drained", work.BODIES_WAITING, 0, self.patience)

        def is_quiet():
            return (
                puente.sandbox.outstanding() == 0
                and puente.count(work.BODIES_WAITING) == 0
                and puente.count(work.JOBS_OPEN) == 0
            )

        try:
            children.until("all work is done", is_quiet, self.patience, pause=0.2)
        except AssertionError as error:
            state = puente.books.rows(work.JOBS_OPEN_BY_KIND)
            raise AssertionError(f"{error}; open: {state}, sandbox: {puente.sandbox.outstanding()}") from None

    def check(self, load):
        self.wait_until_quiet()
        refused = [item.refusal for item in load.posted if item.refusal]
        assert not refused, f"refused: {refused[:3]}"
        assert load.taken, "the load reached nobody"
        unknown = self.check_sent(load)
        self.check_crm(load, unknown)
        self.check_statuses()
        self.check_ledger()
        return unknown

    def check_sent(self, load):
        """Each command reached its customer once; at most those that may have been sent are missing, and listed."""
        sent = Counter(self.installation.sandbox.texts())
        twice = {text: count for text, count in sent.items() if count > 1}
        assert not twice, f"reached a customer more than once: {twice}"
        unknown = self.may_have_been_sent()
        missing = {item.token for item in load.taken if item.is_command} - sent.keys() - unknown
        assert not missing, f"{len(missing)} messages taken on and neither sent nor listed: {sorted(missing)[:5]}"
        told = {written(item) for item in self.installation.sandbox.messages() if item["statuses"]}
        assert not unknown & told, f"listed as perhaps sent although statuses came: {sorted(unknown & told)[:5]}"
        return unknown

    def may_have_been_sent(self):
        """The texts of the messages in the list that a person settles."""
        rows = self.installation.books.rows(
            """
            SELECT m.content FROM job j JOIN message m ON m.id = j.subject_id
            WHERE j.kind = 'whatsapp.send'
                AND (j.state = 'uncertain' OR j.state = 'discarded' AND j.failure LIKE '%may_have_been_sent%')
            """
        )
        return {match.group() for (content,) in rows if (match := TOKEN.search(content))}

    def check_crm(self, load, unknown):
        own, hubspot = self.recorded_in_own(), self.recorded_in_hubspot()
        for name, recorded in (("own system", own), ("HubSpot", hubspot)):
            twice = {token: count for token, count in recorded.items() if count > 1}
            assert not twice, f"in {name} more than once: {twice}"
            missing = {item.token for item in load.taken} - recorded.keys()
            assert not missing, f"taken on and not in {name}: {len(missing)}, {sorted(missing)[:5]}"
            strange = recorded.keys() - {item.token for item in load.posted}
            assert not strange, f"in {name}, but nobody sent it: {sorted(strange)[:5]}"

    def recorded_in_own(self):
        counts = Counter()
        for item in self.installation.sandbox.activities("own"):
            if match := TOKEN.search(item["data"].get("text") or ""):
                counts[match.group()] += max(1, item["recordings"])
        return counts

    def recorded_in_hubspot(self):
        counts = Counter()
        for item in self.installation.sandbox.activities("hubspot"):
            if match := TOKEN.search(item["properties"].get("hs_communication_body") or ""):
                counts[match.group()] += 1
        return counts

    def check_statuses(self):
        """Each message shows the furthest status that Meta told; the newest may be on its way."""

        def differing():
            told = {item["id"]: item["status"] for item in self.installation.sandbox.messages()}
            shown = dict(self.installation.books.rows("SELECT wamid, status FROM message WHERE is_inbound = 0"))
            return [
                (wamid, status, shown.get(wamid))
                for wamid, status in told.items()
                if status in ("sent", "delivered", "read") and shown.get(wamid) != status
            ]

        try:
            children.until("messages show Meta's furthest status", lambda: not differing())
        except AssertionError:
            left = differing()
            raise AssertionError(f"{len(left)} messages show another status than Meta's furthest: {left[:5]}") from None

    def check_ledger(self):
        """bodies and updates: nothing unaccounted for; `puente check ledger` counts the same from the tables."""
        sums = dict(
            self.installation.books.rows("SELECT kind, SUM(count) FROM counter WHERE minute = -1 GROUP BY kind")
        )
        assert sums["bodies.received"] == sums["bodies.interpreted"] + sums.get("bodies.unrouted", 0), sums
        for kind in ("messages", "statuses", "others"):
            parts = [sums.get(f"{kind}.{part}", 0) for part in ("duplicates", "stored", "unrouted")]
            assert sums.get(f"{kind}.received", 0) == sum(parts), (kind, sums)
        done = self.installation.command("check", "ledger")
        assert done.returncode == 0, done.stdout + done.stderr
