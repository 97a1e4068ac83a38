// Lists of work: choosing many at once.
(() => {
  "use strict";
  const boxes = (form) => [...form.querySelectorAll("input[type=checkbox][name=id]")];

  function show(form) {
    const all = boxes(form);
    const chosen = all.filter((box) => box.checked).length;
    const every = form.querySelector("[data-select-all]");
    if (every) {
      every.checked = all.length > 0 && chosen === all.length;
      every.indeterminate = chosen > 0 && chosen < all.length;
    }
    form.classList.toggle("has-selection", chosen > 0);
    const count = form.querySelector("[data-selected]");
    if (count) count.textContent = chosen ? count.dataset.selected.replace("{count}", chosen) : count.dataset.none;
    for (const button of form.querySelectorAll("[data-needs-selection]")) button.disabled = chosen === 0;
  }
  function start() {
    document.querySelectorAll("[data-many]").forEach(show);
  }
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-many]");
    if (!form) return;
    if (event.target.matches("[data-select-all]")) boxes(form).forEach((box) => { box.checked = event.target.checked; });
    show(form);
  });
  // What was chosen stays chosen when the list is fetched again.
  let kept = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.target?.closest?.("[data-many]") || event.detail.target?.querySelector?.("[data-many]");
    if (form) kept = boxes(form).filter((box) => box.checked).map((box) => box.value);
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const box of document.querySelectorAll("[data-many] input[type=checkbox][name=id]")) {
      if (kept.includes(box.value)) box.checked = true;
    }
    // What somebody unchecks from now on stays so, whatever else of the page is fetched.
    kept = [];
    start();
  });
  // While a person is correcting an entry, asking or reading one, the list is not taken from under them; it looks again
  // when they are done.
  const isBusy = (list) => Boolean(list.querySelector(".mend :focus, details[open], :popover-open"));
  function keep(list) {
    if (!list.matches?.("[data-keep-while-busy]") || !isBusy(list)) return false;
    list.dataset.late = "";
    return true;
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (keep(event.detail.elt)) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig } = event.detail;
    if (requestConfig?.elt === target && keep(target)) event.detail.shouldSwap = false;
  });
  function catchUp(event) {
    const list = event.target.closest?.("[data-late]");
    if (!list || isBusy(list)) return;
    delete list.dataset.late;
    htmx.trigger(list, "sse:gap");
  }
  document.addEventListener("toggle", catchUp, true);
  document.addEventListener("focusout", (event) => setTimeout(catchUp, 0, event));
  // The chosen view is in sight where not all of them fit.
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const bar = tab.parentElement;
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  }
  start();
})();
