// The server's fragments into the page, changing only what differs. Everything in a fragment was escaped when it was drawn.

const SHORT = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
const thisYear = new Intl.DateTimeFormat(undefined, SHORT);
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/** Returns the one element of a fragment, its moments in the reader's own zone. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const time of template.content.querySelectorAll("time[datetime]")) localize(time);
  return template.content.firstElementChild;
}

/** Returns a <time> for a moment that came as ISO text. */
export function moment(at) {
  const time = document.createElement("time");
  time.dateTime = at;
  localize(time);
  return time;
}

function localize(time) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.valueOf())) return; // the UTC words stay
  const older = at.getFullYear() !== new Date().getFullYear();
  time.classList.toggle("older", older); // long enough to need two lines, one for the day and one for the hour
  time.textContent = older ? `${day.format(at)}, ${clock.format(at).replaceAll(/\s/g, "\u00a0")}` : thisYear.format(at);
  time.title = full.format(at);
}

/** Makes `old` like `fresh`, so that focus, selection and scroll stay where nothing changed. */
export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (!alike(old, fresh)) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) old.data = fresh.data;
  else {
    copyAttributes(old, fresh);
    morphChildren(old, [...fresh.childNodes]);
  }
}

/** The children of `parent` become like `fresh`, one by one. */
export function morphChildren(parent, fresh) {
  const olds = [...parent.childNodes];
  fresh.forEach((node, place) => (place < olds.length ? morph(olds[place], node) : parent.append(node)));
  for (const left of olds.slice(fresh.length)) left.remove();
}

// A button is never changed into another one: whoever was about to press the first must not press the second.
function alike(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) return false;
  return old.nodeName !== "BUTTON" || (old.dataset.verb === fresh.dataset.verb && old.dataset.value === fresh.dataset.value);
}

function copyAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}
