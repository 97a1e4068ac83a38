// News redraw parts of a page while somebody uses them: the focus stays where it is, an open menu is not taken away, and
// nothing that happens between a part's drawing and its listening is missed.
(() => {
  "use strict";
  const names = ["data-row", "data-key", "name", "value", "href", "action", "popovertarget", "aria-label"];
  let kept = null;

  // What tells an element from its neighbours, and will do so after its part was drawn anew.
  function mark(part) {
    if (part.id) return `#${CSS.escape(part.id)}`;
    const own = names.filter((name) => part.hasAttribute(name)).map((name) => `[${name}="${CSS.escape(part.getAttribute(name))}"]`);
    const home = part.parentElement.closest("[id]");
    // Buttons say in their form what they do.
    const form = part.parentElement.closest("form[action]");
    const place = form && form !== home && (!home || home.contains(form)) ? `form[action="${CSS.escape(form.getAttribute("action"))}"] ` : "";
    return `${home ? `#${CSS.escape(home.id)} ` : ""}${place}${part.tagName.toLowerCase()}${own.join("")}`;
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig } = event.detail;
    kept = null;
    if (requestConfig?.elt === target && target.querySelector(":popover-open")) {
      event.detail.shouldSwap = false;
      target.dataset.postponed = "";
      return;
    }
    const here = document.activeElement;
    if (here && here !== target && target?.contains(here)) kept = { mark: mark(here), isThread: Boolean(here.closest("#conversation")) };
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!kept || document.activeElement !== document.body) return;
    // A button that did its work is gone: in a conversation the next Tab goes on from the messages.
    const part = document.querySelector(kept.mark) || (kept.isThread && document.getElementById("thread-scroll"));
    if (part) part.focus({ preventScroll: true });
    kept = null;
  });
  // Who has scrolled down a list stays there, whatever comes on top of it: most of the rows in sight keep their place.
  let places = null;
  const listIn = (part) => part?.querySelector?.(".rows");
  document.addEventListener("htmx:beforeSwap", (event) => {
    const list = event.detail.requestConfig?.elt === event.detail.target && listIn(event.detail.target);
    places = list && list.scrollTop > 0 && [...list.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row.offsetTop - list.scrollTop])
      .filter(([, top]) => top > -80 && top < list.clientHeight);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const list = places && listIn(document.getElementById(event.detail.target?.id));
    if (!list) return;
    const tops = places.map(([id, top]) => [list.querySelector(`[data-row="${CSS.escape(id)}"]`)?.offsetTop, top])
      .filter(([now]) => now !== undefined).map(([now, top]) => now - top).sort((a, b) => a - b);
    if (tops.length) list.scrollTop = tops[Math.floor(tops.length / 2)];
    places = null;
  });
  document.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const part = event.target.closest?.("[data-postponed]");
    if (!part || part.querySelector(":popover-open")) return;
    delete part.dataset.postponed;
    htmx.trigger(part, "sse:gap");
  }, true);

  // News that come while a part is on its way are not on it: it is fetched once more.
  const fetching = new WeakMap();
  const stale = new Set();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    fetching.set(part, "begins");
    // The event that began this request is told again right after it, in the same task.
    queueMicrotask(() => fetching.get(part) && fetching.set(part, "runs"));
  });
  document.addEventListener("htmx:sseMessage", (event) => {
    if (fetching.get(event.target) === "runs") stale.add(event.target.id);
  });
  document.addEventListener("htmx:afterRequest", (event) => fetching.delete(event.detail.elt));
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = document.getElementById(event.detail.target?.id);
    if (part && stale.delete(part.id)) htmx.trigger(part, "sse:gap");
  });

  // A conversation that is opened beside the list listens only once it is there. What happened meanwhile is told to the
  // list within a second: then the conversation looks again as well.
  const patience = 2000;
  let asked = 0;
  let opened = 0;
  let told = 0;
  function lookAgain() {
    document.querySelectorAll("#conversation [hx-trigger*='sse:gap']").forEach((part) => htmx.trigger(part, "sse:gap"));
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id === "conversation") asked = Date.now();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "conversation") return;
    opened = Date.now();
    if (told >= asked) lookAgain();
  });
  document.addEventListener("sse:inbox", () => {
    told = Date.now();
    if (told - opened < patience) lookAgain();
  });
})();
