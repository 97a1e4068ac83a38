// The open conversation: it stays at the newest message, says aloud what arrives, and tells when it was read.
(() => {
  "use strict";
  const scroller = () => document.getElementById("thread-scroll");
  const messages = () => document.getElementById("thread-messages");
  // Whether the reader is at the newest message: then the thread follows what arrives and what loads.
  let isFollowing = true;
  let lastTop = 0;
  let anchor = null;
  let newest = messages()?.dataset.newest;

  const sizes = new ResizeObserver(() => { if (isFollowing) toEnd(); });
  function isAtEnd(part) {
    return part.scrollHeight - part.scrollTop - part.clientHeight < 80;
  }
  function isPlaying(part) {
    return [...part.querySelectorAll("audio, video")].some((media) => !media.paused && !media.ended);
  }
  function toEnd() {
    const part = scroller();
    if (part) part.scrollTop = part.scrollHeight;
    isFollowing = true;
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
  function watch() {
    sizes.disconnect();
    for (const part of [scroller(), messages()]) if (part) sizes.observe(part);
  }
  function begin() {
    newest = messages()?.dataset.newest;
    isFollowing = !location.hash.startsWith("#message-") && !new URLSearchParams(location.search).has("before");
    if (isFollowing) toEnd();
    watch();
    markRead();
  }
  // The first message in sight stays where it is, whatever comes above or below it.
  function remember(part) {
    const top = part.getBoundingClientRect().top;
    const first = [...part.querySelectorAll("[data-message]")].find((item) => item.getBoundingClientRect().bottom > top);
    anchor = first && { id: first.id, offset: first.getBoundingClientRect().top - top };
  }
  function keepPlace() {
    const part = scroller();
    const item = anchor && document.getElementById(anchor.id);
    if (item) part.scrollTop += item.getBoundingClientRect().top - part.getBoundingClientRect().top - anchor.offset;
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = scroller();
    if (!part) return;
    remember(part);
    // A film or voice note that is being played is not taken away in the middle.
    if (event.detail.target?.id === "thread-messages" && isPlaying(part)) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "conversation") {
      begin();
      showOpen();
      return;
    }
    const list = messages();
    if (!list) return;
    watch();
    if (isFollowing) toEnd(); else keepPlace();
    if (list.dataset.newest === newest) return;
    const before = newest;
    newest = list.dataset.newest;
    announce(before);
    if (!isFollowing) showJump(true);
    markRead();
  });
  // What was sent is in the thread: it looks by itself. An answer that replaced it would also replace what it was fetching.
  document.addEventListener("htmx:afterRequest", (event) => {
    const { target, requestConfig } = event.detail;
    if (requestConfig?.verb !== "post" || !["composer", "conversation-notice"].includes(target?.id)) return;
    for (const part of [messages(), document.getElementById("conversation-header")]) if (part) htmx.trigger(part, "sse:gap");
  });
  function showOpen() {
    const part = document.getElementById("conversation");
    const open = part?.dataset.conversation;
    if (open) document.getElementById("page-title").textContent = part.getAttribute("aria-label");
    for (const row of document.querySelectorAll("[data-rows] [data-row]")) {
      if (row.dataset.row === open) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }
  // The list was drawn before this conversation was opened beside it.
  document.addEventListener("htmx:configRequest", (event) => {
    const open = document.getElementById("conversation")?.dataset.conversation;
    if (event.detail.elt.id !== "conversation-list" || !open) return;
    const url = new URL(event.detail.path, location.href);
    url.searchParams.set("open", open);
    event.detail.path = url.pathname + url.search;
  });
  document.addEventListener("scroll", (event) => {
    if (event.target !== scroller()) return;
    const part = event.target;
    const isUpwards = part.scrollTop < lastTop - 1;
    lastTop = part.scrollTop;
    // A picture that loads makes the thread longer under the reader: only who scrolls up leaves the newest message.
    if (isAtEnd(part)) { isFollowing = true; showJump(false); markRead(); } else if (isUpwards) isFollowing = false;
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
