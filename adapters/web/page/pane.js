// One desk: who sits there, her thread, her list. Not here: her private notices, what happens on a press.

import { announce } from "./announce.js";
import { outdate } from "./notices.js";
import { ask } from "./send.js";
import { fragment, moment, morph, morphChildren } from "./show.js";
import { count } from "./tabs.js";

const NEAR = 64; // pixels from the end that still count as being at the end
const AIR = 16; // pixels above what is scrolled to

/** Returns the desk that the section shows. */
export function pane(section) {
  const thread = section.querySelector(".thread");
  const below = section.querySelector(".below");
  const list = section.querySelector(".list");
  const folder = section.querySelector("[aria-expanded]"); // where messages fold away under what waits
  const seats = section.dataset.seats?.split(" ") ?? [section.dataset.seat];
  const known = new Map(); // message to how it looked
  let unfolded = null; // what was chosen by hand, or by a message that is nowhere else
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

  function sit(chairs) {
    const there = seats.filter((seat) => seat in chairs);
    if (!there.length) return;
    if (!there.includes(section.dataset.seat)) section.dataset.seat = there[0];
    show(chairs[section.dataset.seat]);
    const picker = section.querySelector(".asks");
    if (!picker) return;
    picker.hidden = there.length < 2;
    section.querySelector("h2").classList.toggle("unseen", !picker.hidden);
    picker.replaceChildren(...there.map((seat) => new Option(`${chairs[seat].name}, ${chairs[seat].part}`, seat, false, seat === section.dataset.seat)));
    picker.onchange = () => {
      section.dataset.seat = picker.value;
      clear();
      show(chairs[picker.value]);
      section.dispatchEvent(new Event("reseated"));
    };
  }
  function show({ name, part }) {
    const played = Object.assign(document.createElement("span"), { textContent: `, ${part}` });
    section.querySelector("h2").replaceChildren(name, played);
    section.querySelector(".face").textContent = name.split(" ").map((word) => word[0]).join("").slice(0, 2);
  }

  function clear() {
    thread.replaceChildren();
    section.querySelector(".whispers").replaceChildren();
    list?.querySelector(".cards").replaceChildren();
    known.clear();
    unfolded = null;
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
    const changed = messages.some(({ id, html }) => known.get(id) !== html);
    morphById(thread, messages);
    if (focused && !thread.contains(document.activeElement)) focused.focus({ preventScroll: true });
    if (changed && !first) outdate(section);
    if (fresh.length && !first) hear(fresh);
    fold(messages.length, first ? [] : fresh);
    if (fresh.length && (first || end)) reveal(first ? messages.at(-1).id : fresh[0].id);
    else if (fresh.length) below.hidden = false;
    for (const { id, html } of messages) known.set(id, html);
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
  }

  // What waits is shown above with its buttons; the messages lie folded below it, until one comes that is not up there,
  // and open while nothing waits: an empty pane would hide what was done.
  function fold(count, fresh) {
    if (!folder) return;
    if (fresh.some(({ id }) => !waits(thread.querySelector(`[data-id="${CSS.escape(id)}"] .card`)))) unfolded = true;
    const open = unfolded ?? !(count && list.querySelector(".cards .card"));
    section.querySelector(".talk").hidden = !open;
    folder.setAttribute("aria-expanded", String(open));
    folder.querySelector(".count").textContent = count || "";
  }
  function waits(card) {
    const title = card?.querySelector("h3").textContent;
    const spelled = [...(card?.querySelectorAll("[data-verb]") ?? [])].map(({ dataset }) => `[data-verb="${CSS.escape(dataset.verb)}"][data-value="${CSS.escape(dataset.value)}"]`);
    if (spelled.length) return spelled.some((one) => list.querySelector(one));
    return [...list.querySelectorAll("h3")].some((one) => one.textContent === title);
  }
  folder?.addEventListener("click", () => {
    unfolded = folder.getAttribute("aria-expanded") !== "true";
    fold(known.size, []);
  });

  // The topic that her words belong to: the one whose line stands last.
  function topic() {
    return Number([...thread.querySelectorAll(".divider")].at(-1)?.dataset.topic ?? 0);
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
      if (seat !== section.dataset.seat) return; // somebody else sits here by now
      if (looked) showList(looked.cards);
      showThread(messages);
    };
  }

  return { section, sit, clear, refresh, toEnd, topic };
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
