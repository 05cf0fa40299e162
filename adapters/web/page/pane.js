// One desk: its thread, its list, its private notices. What happens on a press is in press.js.

import { announce } from "./announce.js";
import { fragment, moment, morph, morphChildren } from "./show.js";
import { ask } from "./send.js";
import { count } from "./tabs.js";

const NEAR = 64; // pixels from the end that still count as being at the end
const AIR = 16; // pixels above what is scrolled to
const SOON = 3_000; // milliseconds; what comes later makes a receipt ("you will be told") old

/** Returns the desk that the section shows. */
export function pane(section) {
  const thread = section.querySelector(".thread");
  const below = section.querySelector(".below");
  const list = section.querySelector(".list");
  const known = new Set();
  let first = true;
  let unseen = ""; // the first of what came while the desk was hidden
  let place = { end: true, top: 0 }; // where the reader is; a hidden thread forgets, so the desk remembers

  function toEnd() {
    place.end = true;
    thread.scrollTop = thread.scrollHeight;
  }
  function back() {
    if (unseen) reveal(unseen);
    else if (place.end) toEnd();
    else thread.scrollTop = place.top;
  }
  section.addEventListener("shown", back);
  new ResizeObserver(() => thread.clientHeight && back()).observe(thread);
  below.addEventListener("click", () => {
    toEnd();
    thread.focus();
  });
  thread.addEventListener("scroll", remember, { passive: true });

  function remember() {
    if (!thread.clientHeight) return;
    place = { end: thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR, top: thread.scrollTop };
    if (place.end) below.hidden = true;
  }

  function sit({ name, part }) {
    const played = Object.assign(document.createElement("span"), { textContent: `, ${part}` });
    section.querySelector("h2").replaceChildren(name, played);
    section.querySelector(".face").textContent = name.split(" ").map((word) => word[0]).join("").slice(0, 2);
  }

  function clear() {
    thread.replaceChildren();
    section.querySelector(".whispers").replaceChildren();
    list?.querySelector(".cards").replaceChildren();
    known.clear();
    first = true;
    place = { end: true, top: 0 };
    unseen = "";
    below.hidden = true;
    count(section, 0);
  }

  function showThread(messages) {
    const { end } = place;
    const focused = thread.contains(document.activeElement) && document.activeElement.closest("li");
    const fresh = messages.filter(({ id }) => !known.has(id));
    morphById(thread, messages);
    if (focused && !thread.contains(document.activeElement)) focused.focus({ preventScroll: true });
    if (fresh.length && !first) hear(fresh);
    if (fresh.length && (first || end)) reveal(first ? messages.at(-1).id : fresh[0].id);
    else if (fresh.length) below.hidden = false;
    for (const { id } of messages) known.add(id);
    first = false;
  }

  // To the end, yet never past the beginning of what is new: an answer is read from its first line, with its question above.
  function reveal(id) {
    unseen = thread.clientHeight ? "" : unseen || id;
    if (unseen) return;
    const fresh = thread.querySelector(`[data-id="${CSS.escape(id)}"]`);
    const before = fresh.previousElementSibling;
    const from = before?.querySelector(".said") ? before : fresh;
    thread.scrollTop = from.offsetTop - AIR;
    remember();
  }

  function hear(fresh) {
    const summaries = fresh.map(({ id }) => thread.querySelector(`[data-id="${CSS.escape(id)}"] .card`)?.dataset.summary).filter(Boolean);
    const who = section.querySelector(".desk").textContent;
    for (const summary of summaries) announce(`${who}: ${summary}`);
    if (summaries.length) count(section, summaries.length);
    const receipt = section.querySelector('.whisper:has(.card[data-tone="good"])');
    if (receipt && !receipt.matches(":focus-within") && Date.now() - receipt.dataset.at > SOON) receipt.remove();
  }

  function showList(cards) {
    const place = list.querySelector(".cards");
    const focused = place.contains(document.activeElement);
    const none = Object.assign(document.createElement("p"), { className: "none", textContent: list.dataset.none });
    morphChildren(place, cards.length ? cards.map(fragment) : [none]);
    if (focused && !place.contains(document.activeElement)) list.querySelector("summary").focus({ preventScroll: true });
    const counted = list.querySelector(".count");
    if (counted) counted.textContent = cards.length || "";
  }

  async function refresh(district) {
    const seat = section.dataset.seat;
    const reads = [ask("/thread", { district, seat })];
    if (list) reads.push(ask("/look", { district, seat, view: list.dataset.view }));
    const [{ messages }, looked] = await Promise.all(reads);
    return () => {
      showThread(messages);
      if (looked) showList(looked.cards);
    };
  }

  return { section, sit, clear, refresh, toEnd };
}

function morphById(thread, messages) {
  const items = messages.map(item);
  const olds = new Map([...thread.children].map((old) => [old.dataset.id, old]));
  let before = null;
  for (const fresh of items) {
    const old = olds.get(fresh.dataset.id);
    if (old) morph(old, fresh);
    else if (before) before.after(fresh);
    else thread.prepend(fresh);
    before = old ?? fresh;
    olds.delete(fresh.dataset.id);
  }
  for (const gone of olds.values()) gone.remove();
}

function item({ id, html, at }) {
  const li = Object.assign(document.createElement("li"), { tabIndex: -1 });
  li.dataset.id = id;
  li.append(fragment(html), moment(at));
  return li;
}

/** Shows a private card in the desk until it is put away; nobody else sees it, and it is kept nowhere. */
export function whisper(section, html) {
  const card = fragment(html);
  const notice = Object.assign(document.createElement("div"), { className: "whisper" });
  notice.dataset.at = Date.now();
  const away = Object.assign(document.createElement("button"), { type: "button", textContent: "Put away", className: "away" });
  const only = Object.assign(document.createElement("p"), { className: "only", textContent: "Only you see this" });
  away.addEventListener("click", () => {
    notice.remove();
    (section.querySelector(".thread:not(:empty)") ?? section.querySelector("textarea, summary"))?.focus({ preventScroll: true });
  });
  notice.append(only, away, card);
  section.querySelector(".whispers").replaceChildren(notice);
  announce([card.dataset.summary, ...[...card.querySelectorAll("p")].map((p) => p.textContent)].join(" "));
}

/** Puts the desk's private card away: what it told is old once the person does the next thing. */
export function putAway(section) {
  section.querySelector(".whispers").replaceChildren();
}

/** Says a sentence of trouble in the desk, as a notice of our own. */
export function complain(section, sentence) {
  const card = Object.assign(document.createElement("article"), { className: "card" });
  card.dataset.tone = "warn";
  card.dataset.summary = "";
  card.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  whisper(section, card.outerHTML);
}
