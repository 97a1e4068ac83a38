// The open conversation: it stays at the newest message, says aloud what arrives, and tells when it was read.
(() => {
  "use strict";
  const scroller = () => document.getElementById("thread-scroll");
  const messages = () => document.getElementById("thread-messages");
  let wasAtEnd = true;
  let distance = 0;
  let newest = messages()?.dataset.newest;

  function isAtEnd(part) {
    return part.scrollHeight - part.scrollTop - part.clientHeight < 80;
  }
  function isPlaying(part) {
    return [...part.querySelectorAll("audio, video")].some((media) => !media.paused && !media.ended);
  }
  function toEnd() {
    const part = scroller();
    if (part) part.scrollTop = part.scrollHeight;
    showJump(false);
  }
  function showJump(isShown) {
    const jump = document.querySelector("[data-jump]");
    if (jump) jump.hidden = !isShown;
  }
  function markRead() {
    const part = scroller();
    if (!part || document.visibilityState !== "visible" || !document.hasFocus() || !isAtEnd(part)) return;
    const last = messages()?.dataset.newest;
    if (!last || part.dataset.read === last) return;
    part.dataset.read = last;
    htmx.ajax("POST", part.dataset.reads, { swap: "none", source: part, values: { message: last } });
  }
  function announce(before) {
    const fresh = [...document.querySelectorAll("#thread-messages [data-message]")];
    const known = fresh.findIndex((item) => item.id === `message-${before}`);
    if (known < 0) return;
    const texts = fresh.slice(known + 1).map((item) => item.dataset.announce).filter(Boolean);
    if (texts.length) document.getElementById("announcer").textContent = texts.join(". ");
  }
  function begin() {
    newest = messages()?.dataset.newest;
    if (!location.hash.startsWith("#message-")) toEnd();
    markRead();
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = scroller();
    if (!part) return;
    wasAtEnd = isAtEnd(part);
    distance = part.scrollHeight - part.scrollTop;
    // A film or voice note that is being played is not taken away in the middle.
    if (event.detail.target?.id === "thread-messages" && isPlaying(part)) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const id = event.detail.target?.id;
    if (id === "conversation") {
      begin();
      showOpen();
      return;
    }
    const list = messages();
    if (!list || list.dataset.newest === newest) { keep(); return; }
    const before = newest;
    newest = list.dataset.newest;
    announce(before);
    if (wasAtEnd) toEnd();
    else { keep(); showJump(true); }
    markRead();
  });
  function keep() {
    const part = scroller();
    if (part && wasAtEnd) part.scrollTop = part.scrollHeight;
    else if (part && distance) part.scrollTop = part.scrollHeight - distance;
  }
  function showOpen() {
    const open = document.getElementById("conversation")?.dataset.conversation;
    for (const row of document.querySelectorAll("[data-rows] [data-row]")) {
      if (row.dataset.row === open) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    const list = document.getElementById("conversation-list");
    const url = list && new URL(list.getAttribute("hx-get"), location.href);
    if (url && open) {
      url.searchParams.set("open", open);
      list.setAttribute("hx-get", url.pathname + url.search);
    }
  }
  document.addEventListener("scroll", (event) => {
    if (event.target !== scroller()) return;
    if (isAtEnd(event.target)) { showJump(false); markRead(); }
  }, true);
  for (const stop of ["pause", "ended"]) {
    document.addEventListener(stop, (event) => {
      if (scroller()?.contains(event.target)) setTimeout(() => messages() && htmx.trigger(messages(), "sse:gap"), 400);
    }, true);
  }
  document.addEventListener("visibilitychange", markRead);
  window.addEventListener("focus", markRead);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-jump]")) toEnd(); });
  if (scroller()) window.addEventListener("load", begin);
})();
