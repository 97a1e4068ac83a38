"""A running installation, a browser, and the people who sit before it."""

import itertools
import os
import re
from pathlib import Path

import pytest
from support import browser
from support.console import SESSION, Console
from support.installation import ANA, BERTA, Installation
from urllib3.exceptions import HTTPError

NAMES = itertools.count(1)
# What the browser showed when a test failed.
EVIDENCE = Path(os.environ.get("PUENTE_EVIDENCE") or Path(__file__).resolve().parents[2] / ".tests/browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    console = item.funcargs.get("plain") or item.funcargs.get("operator") or item.funcargs.get("visitor")
    if report.failed and console:
        EVIDENCE.mkdir(parents=True, exist_ok=True)
        file = EVIDENCE / re.sub(r"\W+", "-", f"{item.module.__name__}.{item.name}.{report.when}")
        try:
            console.keep_evidence(file)
            report.sections.append(("Browser", f"{console.path}, seen in {file}.png and {file}.html"))
        except HTTPError:  # after the last test the browser has ended
            report.sections.append(("Browser", "ended before it could be looked at"))
    return report


@pytest.fixture(scope="session")
def puente():
    with Installation() as installation:
        yield installation


@pytest.fixture(scope="session")
def driver():
    driver = browser.start()
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def sessions(driver, puente):
    """One session for each person: signing in is slow on purpose."""
    cookies = {}
    for person in (ANA, BERTA):
        console = Console(driver, puente.url)
        driver.delete_all_cookies()
        console.open("/sign-in").sign_in(person)
        console.until_at("/inbox")
        cookies[person.email] = console.session()
    driver.get_log("browser")
    return cookies


def _window(driver, url):
    """A window as nobody has used it."""
    driver.get("about:blank")
    console = Console(driver, url)
    console.size(*browser.DESK)
    console.prefers(prefers_color_scheme="light", prefers_reduced_motion="reduce")
    console.open("/health/live")
    driver.delete_all_cookies()
    console.script("localStorage.clear()")
    driver.get_log("browser")
    return console


@pytest.fixture
def expected():
    """Parts of complaints that a test provokes on purpose."""
    return []


@pytest.fixture
def visitor(driver, puente, expected):
    """Somebody who has not signed in. Nothing may be left in the browser's log but what the test expects."""
    console = _window(driver, puente.url)
    yield console
    found = [text for text in console.complaints() if not any(part in text for part in expected)]
    puente.sandbox.works()
    assert found == []


@pytest.fixture
def operator(visitor, elsewhere):
    """Ana, signed in at the installation of a test's own that its file calls `elsewhere`."""
    console = Console(visitor.driver, elsewhere.url)
    visitor.driver.delete_all_cookies()
    console.open("/sign-in").sign_in(ANA)
    console.until_at("/inbox")
    yield console
    elsewhere.sandbox.works()


@pytest.fixture
def ana(visitor, sessions):
    """Ana, signed in, at a desk."""
    visitor.enter_with(sessions[ANA.email])
    return visitor


@pytest.fixture
def phone(ana):
    """Ana with her phone."""
    ana.size(*browser.PHONE, touch=True)
    return ana


@pytest.fixture(scope="module")
def plain_driver():
    """A browser without JavaScript."""
    driver = browser.start(scripts=False)
    yield driver
    driver.quit()


@pytest.fixture
def plain(plain_driver, puente):
    """Ana in a browser without JavaScript."""
    console = Console(plain_driver, puente.url)
    plain_driver.delete_all_cookies()
    console.open("/sign-in").sign_in(ANA)
    console.until_at("/inbox")
    assert not console.has("[data-live].is-on")
    yield console
    assert console.complaints() == []


@pytest.fixture
def customer(puente):
    """Customers by name; each with a number of their own."""

    def make(name=None):
        return puente.sandbox.customer(name or f"Cliente {next(NAMES):04}")  # no name is the beginning of another

    return make
