"""Edits of contacts on both sides, drawn by chance and carried out beside each other."""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass

OURS, THEIRS = "ours", "theirs"

# A label that all contacts have before anybody edits anything; those that are put on afterwards.
BASE_LABEL = "Cliente"
LABELS = ("Ferias", "Mayorista", "Moroso", "Nuestra", "Prensa", "Suya", "VIP")


@dataclass
class Edit:
    side: str
    person: int
    # A word of `rig.crms`; `name` is the whole name of a CRM that has one field for it, and of Puente.
    field: str
    value: object
    # When it was done, by the clock of this process.
    at: float = 0


class Plan:
    """`count` edits of `people` persons: most fields of a person are edited on one side only, and some on both."""

    def __init__(self, crm, people, count, dice):
        self.crm = crm
        self.people = people
        self.dice = dice
        self.sides = {}
        self.number = 0
        words = ["name", "name", "email", "labels", "consent", "city"]
        words += [word for word in ("language", "note") if word in crm.fields]
        self.edits = [self._draw(dice.choice(words)) for _ in range(count)]

    def _draw(self, word):
        person = self.dice.randrange(self.people)
        self.number += 1
        side = self._side(person, word)
        field, value = getattr(self, f"_{word}")(side)
        return Edit(side, person, field, value)

    def _side(self, person, word):
        # What is only read from the CRM is edited there, a city now and then here all the same: that must not last.
        if word == "note":
            return THEIRS
        if (person, word) not in self.sides:
            # Whoever writes a whole list of labels writes over what the other side put on in that moment.
            several = 0 if word in ("labels", "city") else 16
            self.sides[person, word] = self.dice.choices([OURS, THEIRS, None], [42, 42, several])[0]
        return self.sides[person, word] or self.dice.choice([OURS, THEIRS])

    def _name(self, side):
        first, last = f"Alba{self.number}", f"Soler{self.number}"
        if side == OURS or "name" in self.crm.fields:
            return "name", f"{first} {last}"
        return self.dice.choice([("first", first), ("last", last)])

    def _email(self, side):
        return "email", f"{'Ana' if self.number % 3 else 'ana'}.{self.number}@ejemplo.example"

    def _language(self, side):
        return "language", self.dice.choice(self.crm.languages)

    def _labels(self, side):
        if self.dice.random() < 0.2:
            return "labels", (BASE_LABEL, False)
        return "labels", (self.dice.choice(LABELS), True)

    def _consent(self, side):
        return "consent", self.dice.choice(["granted", "withdrawn"])

    def _city(self, side):
        return "city", f"Villa {self.number}"

    def _note(self, side):
        return "note", f"Nota {self.number}"


class Editors:
    """Carries edits out, those of each person on each side in their order."""

    def __init__(self, ours, theirs, edits, seconds, threads=4):
        self.hands = {OURS: ours, THEIRS: theirs}
        self.done = []
        self.lock = threading.Lock()
        self.total = len(edits)
        self.failures = []
        shares = defaultdict(list)
        for edit in edits:
            shares[edit.side, edit.person % threads].append(edit)
        self.running = [
            threading.Thread(target=self._run, args=(share, seconds / len(share)), daemon=True)
            for share in shares.values()
        ]

    def start(self):
        for thread in self.running:
            thread.start()
        return self

    def _run(self, share, pause):
        for edit in share:
            try:
                self.hands[edit.side].carry_out(edit)
            except Exception as error:  # shown by the test: a thread cannot fail it
                self.failures.append((edit, error))
                return
            with self.lock:
                edit.at = time.monotonic()
                self.done.append(edit)
            time.sleep(pause)

    def share_done(self):
        return len(self.done) / self.total

    def finish(self, patience):
        end = time.monotonic() + patience
        for thread in self.running:
            thread.join(max(0, end - time.monotonic()))
            assert not thread.is_alive() or self.failures, "an editor hangs"
        assert not self.failures, self.failures[:3]
        return self.done
