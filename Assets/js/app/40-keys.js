// The keyboard. Single keys act only outside of fields, and can be switched off in the help.
(() => {
  "use strict";
  const places = { i: "/inbox", p: "/contacts", l: "/ledger", d: "/dead-letters", u: "/unrouted", c: "/connections" };
  const store = "puente-shortcuts-off";
  let isGoing = false;
  let going;

  const isOff = () => localStorage.getItem(store) === "1";
  const help = document.getElementById("help");
  const choice = document.getElementById("shortcuts-on");
  if (choice) {
    choice.checked = !isOff();
    choice.addEventListener("change", () => localStorage.setItem(store, choice.checked ? "0" : "1"));
  }

  function isTyping(target) {
    return target.closest?.("input, textarea, select, [contenteditable]") && !target.matches("[type=checkbox], [type=radio]");
  }
  const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
  function move(step) {
    const all = rows();
    if (!all.length) return;
    const here = all.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
    const start = here >= 0 ? here : all.findIndex((row) => row.hasAttribute("aria-current"));
    const next = all[Math.min(all.length - 1, Math.max(0, start + step))];
    (next.matches("a, summary") ? next : next.querySelector("a, summary, [tabindex]") || next).focus();
    next.scrollIntoView({ block: "nearest" });
  }
  function press(selector) {
    const part = document.querySelector(selector);
    if (!part) return false;
    part.click();
    return true;
  }
  function select() {
    const row = document.activeElement.closest("[data-row]");
    const box = row?.querySelector("input[type=checkbox][name=id]");
    if (!box) return false;
    box.click();
    return true;
  }
  const actions = {
    j: () => (move(1), true),
    k: () => (move(-1), true),
    x: select,
    e: () => press("[data-key=e]"),
    a: () => press("[data-key=a]"),
    r: () => focus("[data-composer]"),
    "/": () => focus("[data-search]"),
    "?": () => { help?.showModal(); return true; },
    g: () => { isGoing = true; clearTimeout(going); going = setTimeout(() => { isGoing = false; }, 1200); return true; },
  };
  function focus(selector) {
    const field = document.querySelector(selector);
    field?.focus();
    return Boolean(field);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { back(event); return; }
    if (isTyping(event.target) || help?.open || isOff()) return;
    if (isGoing) {
      // The second key of a pair: one that leads nowhere does nothing else either.
      isGoing = false;
      if (places[event.key]) location.assign(places[event.key]);
      return;
    }
    const action = actions[event.key];
    if (action?.()) event.preventDefault();
  });
  function back(event) {
    if (help?.open || document.querySelector(":popover-open")) return;
    if (isTyping(event.target)) { event.target.blur(); return; }
    const open = document.querySelector("[data-rows] [aria-current]");
    const link = document.querySelector("[data-back]");
    if (link && getComputedStyle(link).display !== "none") link.click();
    else open?.focus();
  }
})();
