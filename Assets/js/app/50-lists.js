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
    start();
  });
  // While a person is correcting an entry, asking or reading one, the list is not taken from under them.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const list = event.detail.elt;
    if (!list.matches?.("[data-keep-while-busy]")) return;
    if (list.querySelector(".mend :focus, details[open], :popover-open")) event.preventDefault();
  });
  start();
})();
