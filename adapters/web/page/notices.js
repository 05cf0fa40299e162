// Private notices of a desk: shown to one person, kept nowhere, gone as soon as something newer makes them old.

import { announce } from "./announce.js";
import { fragment } from "./show.js";

const SOON = 3_000; // milliseconds in which what follows from the same press arrives: that makes no notice old

/** Shows a private card in the desk until it is put away or old; returns the notice. */
export function whisper(section, html) {
  const card = fragment(html);
  const notice = Object.assign(document.createElement("div"), { className: "whisper" });
  notice.dataset.at = Date.now();
  const only = Object.assign(document.createElement("p"), { className: "only", textContent: "Only you see this" });
  const away = pressed("Put away", () => putAway(section));
  away.className = "away";
  notice.append(only, away, card);
  section.querySelector(".whispers").replaceChildren(notice);
  announce([card.dataset.summary, ...[...card.querySelectorAll("p")].map((p) => p.textContent)].join(" "));
  return notice;
}

/** Says a sentence of trouble in the desk, as a notice of our own; `again` is what trying again does. */
export function complain(section, sentence, again) {
  const card = Object.assign(document.createElement("article"), { className: "card" });
  card.dataset.tone = "warn";
  card.dataset.summary = "";
  card.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  const notice = whisper(section, card.outerHTML);
  notice.dataset.stays = ""; // no news make trouble old
  if (again) notice.append(pressed("Try again", again));
}

/** Puts the desk's notice away; whoever stood in it goes back to the conversation. */
export function putAway(section) {
  const place = section.querySelector(".whispers");
  const inside = place.contains(document.activeElement);
  place.replaceChildren();
  if (inside) (section.querySelector(".thread:not(:empty)") ?? section.querySelector("textarea, summary"))?.focus({ preventScroll: true });
}

/** Somebody else has done something: what the notice told is old with the next news, however soon that comes. */
export function age(section) {
  for (const notice of section.querySelectorAll(".whisper")) notice.dataset.at = 0;
}

/** There are news in the desk's conversation: a notice from before them goes. */
export function outdate(section) {
  const notice = section.querySelector(".whisper:not([data-stays])");
  if (notice && Date.now() - notice.dataset.at > SOON) putAway(section);
}

function pressed(words, act) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  button.addEventListener("click", act);
  return button;
}
