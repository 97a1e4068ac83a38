"""Webhooks: the log tells what happens while somebody looks on."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from support.axe import violations
from support.layout import small_targets, sticks_out


@pytest.fixture
def receiver():
    """A program that answers when a test lets it."""
    may_answer = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["content-length"]))
            may_answer.wait(8)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", may_answer
    may_answer.set()
    server.shutdown()


@pytest.fixture
def webhook(ana, receiver):
    """The page of a webhook that was just made; it goes with the test."""
    ana.open("/hooks/new")
    ana.fill("#webhook-url", receiver[0])
    ana.click("form[action='/hooks'] .button.is-primary")
    ana.until_text("whsec_", ".page-notice")
    path = ana.one("#webhook a[href$='/edit']").get_attribute("href").removesuffix("/edit").removeprefix(ana.url)
    ana.open(path)
    yield path
    ana.open(path)
    ana.click("[popovertarget='delete']")
    ana.click("#delete form[action$='/deletions'] .is-danger")
    ana.until_text("The webhook is deleted.", ".page-notice")


def test_what_becomes_of_a_test_is_seen_without_loading_the_page_again(ana, webhook, receiver):
    ana.click("form[action$='/tests'] button")
    ana.until_text("Waiting", "#webhook .things")
    ana.mark()

    receiver[1].set()

    ana.until_text("Arrived", "#webhook .things")
    ana.until_text("Last arrived", "#webhook")
    assert ana.is_same_page()


def test_the_focus_stays_on_its_button_when_the_log_goes_on(ana, webhook, receiver):
    ana.click("form[action$='/tests'] button")
    ana.until_text("Waiting", "#webhook .things")
    ana.script("document.querySelector(\"#webhook form[action$='/switches'] button\").focus()")

    receiver[1].set()

    ana.until_text("Arrived", "#webhook .things")
    assert ana.script("return document.activeElement.form?.getAttribute('action')") == f"{webhook}/switches"


def test_the_log_leads_to_what_was_sent(ana, webhook, receiver):
    receiver[1].set()
    ana.click("form[action$='/tests'] button")
    ana.until_text("Arrived", "#webhook .things")
    assert not ana.has("[popovertarget='replay-all']"), "nothing failed"

    ana.click("#webhook .things .rule-head a")

    ana.until_text("webhook.test", "pre")


def test_it_fits_a_phone_and_everybody(phone, webhook):
    for path in ("/hooks", "/hooks/new", webhook):
        phone.open(path)
        assert sticks_out(phone) == [], path
        assert small_targets(phone, 24) == [], path
        for theme in ("light", "dark"):
            phone.script("document.documentElement.dataset.theme = arguments[0]", theme)
            assert violations(phone.driver) == [], f"{path} {theme}"
