"""What both sides must say in the end, given what was edited where: the mapping's rules, written down a second time.

| field | rule of the standard mapping |
|---|---|
| first name, name, e-mail | both ways; the CRM's where both sides were edited at once |
| last name | the same in HubSpot; only read from Salesforce and Zoho |
| language | both ways; the newest |
| labels | both ways; whatever either added is on, whatever either took off is off |
| consent | both ways; a withdrawal wins until the person says yes again, which a CRM's yes is not |
| city, note | only read from the CRM, which is right |
"""

from .edits import OURS, THEIRS


def canonical(word, value):
    """One writing for all that mean the same."""
    if word == "labels":
        return frozenset(label.lower() for label in value)
    text = " ".join(str(value).split())
    if word == "email":
        return text.lower()
    return text.lower().replace("_", "-") if word == "language" else text


def parts(whole):
    first, _, last = whole.partition(" ")
    return {"first": first, "last": last}


class Oracle:
    """- base: what both sides said before, by position and word."""

    def __init__(self, crm, base, edits):
        self.crm = crm
        self.base = base
        self.histories = {}
        for edit in sorted(edits, key=lambda edit: edit.at):
            for word, value in self._words(edit).items():
                self.histories.setdefault((edit.person, word), []).append((edit.side, value))

    def _words(self, edit):
        if edit.field == "name" and "name" not in self.crm.fields:
            return parts(edit.value)
        return {edit.field: edit.value}

    def admissible(self, person, word):
        """All values that both sides may say, canonical."""
        history = self.histories.get((person, word), [])
        base = self.base[person][word]
        if word == "labels":
            return {self._labels(base, history)}
        if word == "consent":
            return self._consent(base, history)
        of = {side: [value for at, value in history if at == side] for side in (OURS, THEIRS)}
        if self._is_read_only(word):
            of[OURS] = []
        last = {values[-1] for values in of.values() if values}
        return {canonical(word, value) for value in last or {base}}

    def _is_read_only(self, word):
        return word in ("city", "note") or (word == "last" and self.crm.name in ("salesforce", "zoho"))

    @staticmethod
    def _labels(base, history):
        labels = set(base)
        for _, (name, is_on) in history:
            (labels.add if is_on else labels.discard)(name)
        return canonical("labels", labels)

    @staticmethod
    def _consent(base, history):
        if not history:
            return {base}
        if history[-1][1] == "withdrawn":
            return {"withdrawn"}
        sides = {side for side, _ in history}
        # Only the CRM's yes does not lift a no; whether a no that it took back at once was seen, nobody can tell.
        if sides == {OURS} or all(value == "granted" for _, value in history):
            return {"granted"}
        return {"granted", "withdrawn"}


def differences(crm, oracle, ours, theirs):
    """Where the sides differ, and where they say what neither may say: the first of each, and how many."""
    unlike, wrong = [], []
    for person in sorted(theirs):
        here = ours[person] | parts(ours[person]["name"])
        for word in crm.fields.keys() - {"key", "phone"}:
            both = canonical(word, here[word]), canonical(word, theirs[person][word])
            allowed = oracle.admissible(person, word)
            history = oracle.histories.get((person, word))
            if both[0] != both[1]:
                unlike.append((person, word, both, history))
            elif both[0] not in allowed:
                wrong.append((person, word, both[0], sorted(allowed, key=str), history))
    return unlike, wrong
