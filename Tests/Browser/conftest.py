"""A running installation, a browser, and the people who sit before it."""

import itertools

import pytest
from support import browser
from support.console import SESSION, Console
from support.installation import ANA, BERTA, Installation

NAMES = itertools.count(1)


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
def ana(visitor, sessions):
    """Ana, signed in, at a desk."""
    visitor.enter_with(sessions[ANA.email])
    return visitor


@pytest.fixture
def phone(ana):
    """Ana with her phone."""
    ana.size(*browser.PHONE, touch=True)
    return ana


@pytest.fixture
def customer(puente):
    """Customers by name; each with a number of their own."""

    def make(name=None):
        return puente.sandbox.customer(name or f"Cliente {next(NAMES)}")

    return make
