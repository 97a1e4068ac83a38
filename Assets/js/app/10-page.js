// What every page does with a script: the connection's state, failures said aloud, times that stay true.
(() => {
  "use strict";
  const html = document.documentElement;

  // The server draws times in the reader's zone from the second page on.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`puente_zone=${encodeURIComponent(zone)}`)) {
    document.cookie = `puente_zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  }

  // State-changing requests of htmx carry the session's token also where there is no form.
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF-Token"] = document.body.dataset.csrf || "";
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });

  function showLive(isOn) {
    for (const mark of document.querySelectorAll("[data-live]")) {
      mark.classList.toggle("is-on", isOn);
      mark.classList.toggle("is-off", !isOn);
      mark.querySelector("[data-live-word]").textContent = isOn ? mark.dataset.on : mark.dataset.off;
    }
  }
  let wasLost = false;
  document.addEventListener("htmx:sseOpen", () => {
    showLive(true);
    // What happened meanwhile was not told: everything that listens looks again.
    if (wasLost) document.querySelectorAll("[hx-trigger*='sse:gap']").forEach((part) => htmx.trigger(part, "sse:gap"));
    wasLost = false;
  });
  document.addEventListener("htmx:sseError", () => { wasLost = true; showLive(false); });

  // After a form that was refused: to the first field that is wrong, else to the sentence that says what is.
  const wrong = document.querySelector("main [aria-invalid='true']")
    ?? document.querySelector("main .field-error[role='alert'], main .notice[role='alert']");
  if (wrong && !document.querySelector("[autofocus]")) {
    for (let part = wrong.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (!wrong.matches("input, select, textarea, button")) wrong.tabIndex = -1;
    wrong.focus();
  }

  const toast = document.getElementById("toast");
  let hiding;
  // Long sentences stay longer.
  function say(text) {
    if (!toast) return;
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { toast.hidden = true; }, Math.max(6000, text.length * 80));
  }
  // A refused request is answered with a page of its own: its sentence is said here, and what was written stays.
  function sentence(xhr) {
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    return page.querySelector("[data-sentence]")?.textContent.trim();
  }
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, elt } = event.detail;
    if (xhr.status === 401) {
      document.dispatchEvent(new CustomEvent("puente:ended"));
      location.reload();
      return;
    }
    if (elt.closest("form, button, a")) say(sentence(xhr) || toast.dataset.failed);
  });
  document.addEventListener("htmx:sendError", () => say(toast.dataset.offline));

  function span(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const gap = "\u202f";
    if (seconds < 60) return `${seconds}${gap}s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes}${gap}min`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return minutes % 60 ? `${hours}${gap}h ${minutes % 60}${gap}min` : `${hours}${gap}h`;
    return hours % 24 ? `${Math.floor(hours / 24)}${gap}d ${hours % 24}${gap}h` : `${Math.floor(hours / 24)}${gap}d`;
  }
  function brief(milliseconds) {
    const hours = Math.floor(milliseconds / 3600000);
    if (hours < 2) return span(milliseconds);
    return hours < 48 ? `${hours}\u202fh` : `${Math.floor(hours / 24)}\u202fd`;
  }
  function tick() {
    const now = Date.now();
    for (const part of document.querySelectorAll("[data-until]")) {
      const left = Number(part.dataset.until) - now;
      if (part.dataset.until && left > 0) part.textContent = "brief" in part.dataset ? brief(left) : span(left);
    }
    for (const part of document.querySelectorAll("[data-relative]")) {
      const age = now - Number(part.dataset.relative);
      if (age < 60000) part.textContent = document.body.dataset.now;
      else if (age < 3600000) part.textContent = span(age);
    }
    for (const part of document.querySelectorAll("[data-elapsed]")) part.textContent = span(now - Number(part.dataset.elapsed));
    // A customer who waits longer than twenty seconds.
    for (const part of document.querySelectorAll("[data-waiting]")) {
      part.classList.toggle("is-late", now - Number(part.dataset.waiting) > 20000);
    }
  }
  if (!html.hasAttribute("data-frozen")) {
    setInterval(tick, 5000);
    document.addEventListener("htmx:load", tick);
    tick();
  }

  // Browsers give the clipboard to secure pages only; on plain http in a local network a selection is copied instead.
  async function copyText(text) {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const here = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    here?.focus({ preventScroll: true });
    if (!isDone) throw new Error("the browser copied nothing");
  }
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      try {
        await copyText(copy.dataset.copy);
      } catch {
        say(toast.dataset.notCopied);
        return;
      }
      document.getElementById("announcer").textContent = copy.dataset.copied;
      copy.classList.add("is-copied");
      setTimeout(() => copy.classList.remove("is-copied"), 1200);
    }
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) {
      opener.closest("[popover]")?.hidePopover();
      document.getElementById(opener.dataset.openDialog).showModal();
    }
  });
})();
