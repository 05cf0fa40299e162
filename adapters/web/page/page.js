// The page: a district, four desks, and the news that makes them read their threads again.

import { composer } from "./composer.js";
import { age, complain, putAway, whisper } from "./notices.js";
import { pane } from "./pane.js";
import { still } from "./pressing.js";
import { ask, send } from "./send.js";
import { confirmed, forget, open } from "./sheet.js";

const AGAIN = 2_000; // milliseconds before we try to connect again
const picker = document.querySelector("#district");
const connection = document.querySelector(".connection");
const panes = [...document.querySelectorAll(".pane")].map(pane);
const [staff] = panes;
const busy = new Set();
let district = "";
let entering = Promise.resolve(); // a question waits for it: what is asked after another district was picked is asked there
let events = null;
let reading = Promise.resolve();
let due = false;

// ── the district ──────────────────────────────────────────────────────────────────────────────────

async function enter(key) {
  const world = await ask("/world", key ? { district: key } : {});
  if (world.district !== district) {
    for (const one of panes) one.clear();
    forget();
    writing.forget();
  }
  district = world.district;
  picker.replaceChildren(...world.districts.map(({ key: value, name }) => new Option(name, value, false, value === district)));
  document.title = `Hallpass rehearsal, ${picker.selectedOptions[0].text}`;
  for (const one of panes) one.sit(world.chairs);
  connect();
}

const wanted = () => new URL(location).searchParams.get("district");

async function start() {
  try {
    await enter(wanted());
    history.replaceState(null, "", `?district=${encodeURIComponent(district)}`);
  } catch (error) {
    if (error instanceof TypeError || error.name === "TimeoutError") {
      lost();
      setTimeout(start, AGAIN);
      return;
    }
    await enter(""); // a district that is not here: the first one is
    history.replaceState(null, "", `?district=${encodeURIComponent(district)}`);
  }
}

async function pick(key) {
  try {
    await enter(key);
    history.pushState(null, "", `?district=${encodeURIComponent(key)}`);
  } catch {
    picker.value = district;
    lost();
  }
}

picker.addEventListener("change", () => (entering = pick(picker.value)));
addEventListener("popstate", () => (entering = enter(wanted()).catch(lost)));

// ── the news ──────────────────────────────────────────────────────────────────────────────────────

function connect() {
  events?.close();
  events = new EventSource(`/events?${new URLSearchParams({ district })}`);
  events.onopen = () => {
    connection.textContent = "";
    refresh(); // whatever happened while nobody listened
  };
  events.onmessage = refresh;
  events.onerror = () => {
    lost();
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN);
  };
}

function lost() {
  connection.textContent = "No connection to the server. What you see may be old; trying again.";
}

// One reading at a time; news that comes meanwhile makes one more.
function refresh() {
  if (due) return reading;
  due = true;
  reading = reading.then(async () => {
    due = false;
    const here = district;
    const shows = await Promise.all(panes.map((one) => one.refresh(here)));
    await still();
    if (here === district) for (const show of shows) show();
    if (events?.readyState === EventSource.OPEN) connection.textContent = "";
  });
  reading = reading.catch(() => {
    lost();
    setTimeout(refresh, AGAIN);
  });
  return reading;
}

// A browser holds few connections to one server: a page that nobody sees gives its own back.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) events?.close();
  else if (district) connect();
});

// ── what a person does ────────────────────────────────────────────────────────────────────────────

// What she does makes her own notice old at once, and everybody else's with the next news.
function acts(section) {
  putAway(section);
  for (const one of panes) if (one.section !== section) age(one.section);
}

const from = (section) => ({ district, seat: section.dataset.seat });

async function hand(section, sent, reply, again) {
  const here = sent.seat === section.dataset.seat && sent.district === district;
  if (here && reply.error) complain(section, reply.error, reply.again && again);
  if (here && reply.whisper) whisper(section, reply.whisper);
  if (here && reply.form) open(reply.form, (verb, value, values) => submit(section, verb, value, values));
  await refresh();
}

async function submit(section, verb, value, values) {
  const sent = { ...from(section), verb, value, values };
  acts(section);
  const reply = await send("/submit", sent);
  if (!reply.error && !reply.faults) hand(section, sent, reply);
  return reply;
}

async function press(section, button) {
  const { verb, value, confirm, tone } = button.dataset;
  const sent = { ...from(section), verb, value };
  const same = `${sent.seat} ${verb} ${value}`;
  if (busy.has(same)) return;
  if (confirm && !(await confirmed(confirm, button.textContent, tone))) return;
  acts(section);
  busy.add(same);
  button.setAttribute("aria-disabled", "true");
  const reply = await send("/press", sent);
  busy.delete(same);
  button.removeAttribute("aria-disabled");
  await hand(section, sent, reply, async () => {
    putAway(section);
    await hand(section, sent, await send("/press", sent));
  });
}

for (const { section } of panes) {
  section.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-verb]");
    if (button) press(section, button);
  });
  section.addEventListener("reseated", () => {
    writing.forget();
    refresh();
  });
}

async function say(text, topic) {
  await entering;
  const sent = { ...from(staff.section), text, topic: topic ?? staff.topic() };
  acts(staff.section);
  staff.toEnd(); // whoever asks wants to see the answer
  const reply = await send("/say", sent);
  if (!reply.error) await hand(staff.section, sent, reply);
  return reply;
}

const writing = composer(staff.section.querySelector(".composer"), say, () => staff.topic() + 1);
entering = start();
