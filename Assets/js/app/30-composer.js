// Writing: Enter sends where there is a keyboard, files are checked before they travel.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-composer]") || event.key !== "Enter") return;
    if (event.shiftKey || event.altKey || event.isComposing) return;
    // A phone's keyboard has no other way to a new line; there the button sends.
    if (matchMedia("(pointer: coarse)").matches) return;
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

  // The field goes while somebody writes: the session ends, the page is left, or something takes its place (a quote, the
  // templates, a take-over, another conversation). What was written waits in this tab until the field is there again.
  const drafts = "puente-draft:";
  const draftKey = (field) => drafts + field.dataset.typing;
  let isOver = false;
  function putAside() {
    const field = document.getElementById("message-text");
    if (isOver || !field?.value.trim() || field.form.matches(".htmx-request")) return;
    sessionStorage.setItem(draftKey(field), field.value);
  }
  document.addEventListener("puente:ended", putAside);
  window.addEventListener("pagehide", putAside);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig, shouldSwap } = event.detail;
    const isSent = requestConfig?.verb === "post" && target?.id === "composer";
    if (shouldSwap && !isSent && target?.querySelector?.("#message-text")) putAside();
  });
  function takeUp() {
    const field = document.getElementById("message-text");
    const draft = field && sessionStorage.getItem(draftKey(field));
    if (!draft) return;
    sessionStorage.removeItem(draftKey(field));
    if (!field.value) field.value = draft;
  }
  document.addEventListener("htmx:afterSettle", takeUp);
  // Who signs out leaves nothing to the next one.
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/sign-out") return;
    isOver = true;
    Object.keys(sessionStorage).filter((key) => key.startsWith(drafts)).forEach((key) => sessionStorage.removeItem(key));
  });
  takeUp();

  // An open composer is drawn once and stays, so that no draft is lost; the header beside it knows the window's end. Two
  // hours before it the warning appears, and at the end the composer is fetched anew.
  const warning = 2 * 3600000;
  let asked = 0;
  function watchWindow() {
    const composer = document.querySelector("#composer[data-refresh]");
    const ends = Number(document.getElementById("conversation-header")?.dataset.windowEnds);
    if (!composer || !ends) return;
    const now = Date.now();
    const isClosing = ends - now < warning;
    composer.querySelectorAll("[data-until]").forEach((part) => { part.dataset.until = ends; });
    composer.classList.toggle("is-closing", isClosing);
    composer.querySelectorAll("[data-closing]").forEach((part) => { part.hidden = (part.dataset.closing === "yes") !== isClosing; });
    if (ends > now || now - asked < 30000) return;
    asked = now;
    closeWindow(composer);
  }
  function closeWindow(composer) {
    const field = document.getElementById("message-text");
    const [draft, files] = [field?.value ?? "", composer.querySelector(".attach-input")?.files];
    htmx.ajax("GET", composer.dataset.refresh, { source: composer, target: composer, swap: "outerHTML" }).then(() => {
      const open = document.getElementById("message-text");
      const input = document.querySelector("#composer .attach-input");
      if (open && !open.value) open.value = draft;
      if (input && files?.length) { input.files = files; check(input); }
      const shut = document.getElementById("kept-draft");
      if (shut && draft.trim()) { shut.value = draft; shut.hidden = false; }
    });
  }
  if (!document.documentElement.hasAttribute("data-frozen")) {
    setInterval(watchWindow, 5000);
    document.addEventListener("htmx:afterSettle", watchWindow);
  }

  // What the reader asked for comes before what a closed composer fetches by itself: the answer to the one would otherwise
  // take away the link whose answer is still on its way, and the press of a key would have done nothing.
  let wanted = null;
  const isUnderWay = (xhr) => Boolean(xhr) && xhr.readyState > XMLHttpRequest.UNSENT && xhr.readyState < XMLHttpRequest.DONE;
  document.addEventListener("htmx:beforeSend", (event) => {
    const { elt, target, xhr } = event.detail;
    if (target?.id === "composer" && elt !== target) wanted = xhr;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig } = event.detail;
    if (target?.id === "composer" && requestConfig?.elt === target && isUnderWay(wanted)) event.detail.shouldSwap = false;
  });

  // On a page of one contact the composer leads elsewhere: to the conversation that its message began, or away.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target?.id !== "composer" || !target.closest("[data-one-page]") || !xhr.responseURL) return;
    const to = new URL(xhr.responseURL);
    if (xhr.status >= 400 || to.pathname === location.pathname || to.pathname.startsWith(`${location.pathname}/`)) return;
    event.detail.shouldSwap = false;
    location.assign(to.pathname + to.search);
  });

  // What was written before the window closed stays until the window is open again; then it goes on in the field.
  let kept = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig, serverResponse } = event.detail;
    kept = "";
    if (target?.id !== "composer" || requestConfig?.elt !== target) return;
    kept = target.querySelector("#kept-draft")?.value ?? "";
    if (kept && !serverResponse.includes('id="message-text"')) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const field = kept && document.getElementById("message-text");
    if (field && !field.value) field.value = kept;
    kept = "";
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
