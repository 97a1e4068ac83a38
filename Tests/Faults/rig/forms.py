"""What stands in a page's forms and notices, read as a browser reads them."""

import html.parser


class _Form(html.parser.HTMLParser):
    """The values that a form would send untouched."""

    def __init__(self, action):
        super().__init__()
        self.action = action
        self.is_inside = False
        self.values = {}
        self.select = None
        self.area = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.is_inside = given.get("action") == self.action
        elif self.is_inside:
            self._take(tag, given)

    def _take(self, tag, given):
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.values[given["name"]] = given.get("value") or ""
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and (self.select not in self.values or "selected" in given):
            self.values[self.select] = given["value"]
        elif tag == "textarea":
            self.area = given["name"]
            self.values[self.area] = ""

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


def fields(text, action):
    form = _Form(action)
    form.feed(text)
    assert form.values, f"no form goes to {action}"
    form.values.pop("csrf", None)
    return form.values


class _Sentences(html.parser.HTMLParser):
    """The sentences of a page that say what went wrong."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.is_inside = False

    def handle_starttag(self, tag, attributes):
        if "data-sentence" in dict(attributes):
            self.is_inside = True
            self.found.append("")

    def handle_data(self, data):
        if self.is_inside:
            self.found[-1] += data

    def handle_endtag(self, tag):
        self.is_inside = False


def sentences(text):
    reader = _Sentences()
    reader.feed(text)
    return reader.found


class _Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)


def words(text):
    """All that stands on a page, in one line."""
    reader = _Words()
    reader.feed(text)
    return " ".join(" ".join(reader.parts).split())
