// Writing: Enter sends, files are checked before they travel.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-composer]") || event.key !== "Enter") return;
    if (event.shiftKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    const file = field.form.querySelector("input[type=file]");
    if (field.value.trim() || file?.files.length) field.form.requestSubmit();
  });

  // The customer sees "typing…" for 25 seconds: told again only when that is nearly over.
  const told = new Map();
  document.addEventListener("input", (event) => {
    const url = event.target.dataset?.typing;
    if (!url || !event.target.value.trim() || Date.now() - (told.get(url) || 0) < 20000) return;
    told.set(url, Date.now());
    const headers = { "X-CSRF-Token": document.body.dataset.csrf || "", "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" };
    // A courtesy: when it does not arrive, nothing is lost.
    fetch(url, { method: "POST", headers }).catch(() => {});
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".attach-input")) check(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-detach]");
    if (!button) return;
    const input = button.form?.querySelector(".attach-input") || button.closest("form").querySelector(".attach-input");
    input.value = "";
    check(input);
    input.focus();
  });
  document.addEventListener("paste", (event) => {
    const field = event.target.closest?.("[data-composer]");
    const files = event.clipboardData?.files;
    if (!field || !files?.length) return;
    const input = field.form.querySelector(".attach-input");
    input.files = files;
    check(input);
  });

  function check(input) {
    const form = input.closest("form");
    const shown = form.querySelector("[data-attached]");
    const error = form.querySelector("[data-attachment-error]");
    const file = input.files[0];
    shown.hidden = !file;
    error.hidden = true;
    if (!file) return;
    const rules = [...form.querySelectorAll("[data-rule]")];
    const rule = rules.find((item) => item.dataset.types.split(",").includes(file.type));
    const problem = !rule ? input.dataset.unknown : file.size > Number(rule.dataset.maximum) ? rule.dataset.tooLarge : "";
    if (problem) {
      input.value = "";
      shown.hidden = true;
      error.textContent = problem;
      error.hidden = false;
      return;
    }
    shown.querySelector("[data-attached-name]").textContent = file.name;
  }
})();
