// The page: a district, four desks, and the news that makes them read their threads again.

import { composer } from "./composer.js";
import { complain, pane, putAway, whisper } from "./pane.js";
import { ask, send } from "./send.js";
import { confirmed, forget, open } from "./sheet.js";

const AGAIN = 2_000; // milliseconds before we try to connect again
const picker = document.querySelector("#district");
const connection = document.querySelector(".connection");
const panes = [...document.querySelectorAll(".pane")].map(pane);
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
  }
  district = world.district;
  picker.replaceChildren(...world.districts.map(({ key: value, name }) => new Option(name, value, false, value === district)));
  document.title = `Hallpass rehearsal, ${picker.selectedOptions[0].text}`;
  for (const one of panes) if (world.chairs[one.section.dataset.seat]) one.sit(world.chairs[one.section.dataset.seat]);
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

async function hand(section, reply) {
  if (reply.error) complain(section, reply.error);
  if (reply.whisper) whisper(section, reply.whisper);
  if (reply.form) open(reply.form, (verb, value, values) => submit(section, verb, value, values));
  await refresh();
}

async function submit(section, verb, value, values) {
  const reply = await send("/submit", { district, seat: section.dataset.seat, verb, value, values });
  if (!reply.error && !reply.faults) hand(section, reply);
  return reply;
}

async function press(section, button) {
  const { verb, value, confirm, tone } = button.dataset;
  const same = `${section.dataset.seat} ${verb} ${value}`;
  if (busy.has(same)) return;
  if (confirm && !(await confirmed(confirm, button.textContent, tone))) return;
  putAway(section);
  busy.add(same);
  button.setAttribute("aria-disabled", "true");
  const reply = await send("/press", { district, seat: section.dataset.seat, verb, value });
  busy.delete(same);
  button.removeAttribute("aria-disabled");
  await hand(section, reply);
}

for (const { section } of panes) {
  section.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-verb]");
    if (button) press(section, button);
  });
}

const staff = panes[0];
composer(staff.section.querySelector(".composer"), async (text) => {
  await entering;
  putAway(staff.section);
  staff.toEnd(); // whoever asks wants to see the answer
  const reply = await send("/say", { district, seat: staff.section.dataset.seat, text });
  if (!reply.error) await hand(staff.section, reply);
  return reply;
});
entering = start();
