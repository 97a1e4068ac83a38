"""Waiting for what happens elsewhere: always for a fact, never for a time."""

import time

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)

PATIENCE = 30
# A live page replaces its parts at any moment: what was found a moment ago may be gone.
IN_FLUX = (
    NoSuchElementException,
    StaleElementReferenceException,
    ElementNotInteractableException,
    ElementClickInterceptedException,
)


def until(what, fact, within=PATIENCE):
    """The first truthy answer of `fact`; fails with `what` when there is none in time."""
    deadline = time.monotonic() + within
    trouble = None
    while True:
        try:
            answer = fact()
            if answer:
                return answer
            trouble = None
        except WebDriverException as error:
            # Chromium says so, in words of its own, when a part goes while it looks at it.
            if not isinstance(error, IN_FLUX) and "does not belong to the document" not in str(error):
                raise
            trouble = type(error).__name__
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what}" + (f" ({trouble})" if trouble else ""))
        time.sleep(0.04)
