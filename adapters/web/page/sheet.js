// The form over the thread, and the small question before what is hard to undo.

import { fragment } from "./show.js";

const sheet = document.querySelector("#sheet");
const sure = document.querySelector("#sure");
const drafts = new Map(); // what was typed into a form that was closed unsent; in this page only

/** Opens a form; `submit(verb, value, values)` returns the server's reply, or nothing when the form is done. */
export function open(html, submit) {
  const form = fragment(html);
  const key = `${form.dataset.verb} ${form.dataset.value}`;
  refill(form, drafts.get(key));
  sheet.replaceChildren(form);
  sheet.onclose = () => (form.dataset.sent ? drafts.delete(key) : drafts.set(key, values(form)));
  form.querySelector("[data-close]").addEventListener("click", () => sheet.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    busy(form, true);
    const reply = await submit(form.dataset.verb, form.dataset.value, values(form));
    busy(form, false);
    if (!sheet.contains(form)) return; // closed, or another form is open by now
    if (reply.faults) mend(form, reply.faults);
    else if (reply.error) trouble(form, reply.error);
    else {
      form.dataset.sent = "yes";
      sheet.close();
    }
  });
  form.addEventListener("change", () => turn(form));
  turn(form);
  if (!sheet.open) sheet.showModal();
  (form.querySelector(".field :is(input, select, textarea)") ?? form.querySelector("h2")).focus();
}

/** Closes an open form without keeping what was typed: another district, other people. */
export function forget() {
  drafts.clear();
  sheet.replaceChildren();
  if (sheet.open) sheet.close();
  drafts.clear();
}

/** Asks before what is hard to undo; resolves to whether the answer is yes. */
export function confirmed(words, label, tone) {
  const yes = sure.querySelector("[value=yes]");
  const asked = sure.querySelector("p");
  asked.textContent = words;
  yes.textContent = label;
  yes.dataset.tone = tone;
  sure.returnValue = "";
  sure.showModal();
  asked.focus(); // Enter held too long answers nothing; Tab goes to the yes, Escape is a no
  return new Promise((resolve) => sure.addEventListener("close", () => resolve(sure.returnValue === "yes"), { once: true }));
}

function values(form) {
  const inputs = [...form.querySelectorAll("[name]")];
  return Object.fromEntries(inputs.map((input) => [input.name, input.type === "checkbox" && !input.checked ? "" : input.value]));
}

// Shows only what is asked, given what stands above it; a hidden field is as good as empty.
function turn(form) {
  const given = {};
  for (const input of form.querySelectorAll("[name]")) {
    const field = input.closest(".field");
    const when = Object.entries(JSON.parse(field.dataset.when ?? "{}"));
    field.hidden = !when.every(([name, wanted]) => wanted.includes(given[name] ?? ""));
    given[input.name] = field.hidden || (input.type === "checkbox" && !input.checked) ? "" : input.value;
  }
}

function refill(form, draft) {
  for (const input of form.querySelectorAll("[name]")) {
    const kept = draft?.[input.name];
    if (kept === undefined) continue;
    if (input.type === "checkbox") input.checked = kept !== "";
    else input.value = kept;
  }
}

function mend(form, faults) {
  const inputs = [...form.querySelectorAll("[name]")];
  for (const input of inputs) {
    const sentence = unlabelled(input, faults[input.name] ?? "");
    input.closest(".field").querySelector(".fault").textContent = sentence;
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  const others = Object.keys(faults).filter((name) => !inputs.some((input) => input.name === name));
  const wrong = inputs.filter((input) => input.name in faults);
  const told = wrong.length === 1 ? "One answer needs a change." : wrong.length ? `${wrong.length} answers need a change.` : "";
  trouble(form, [told, ...others.map((name) => faults[name])].join(" ").trim());
  wrong[0]?.focus({ preventScroll: true });
  wrong[0]?.closest(".field").scrollIntoView({ block: "nearest" });
}

// The sentence stands under its label, which it need not repeat.
function unlabelled(input, sentence) {
  const label = `${input.labels[0].firstChild.data.trim()}: `;
  if (!sentence.startsWith(label)) return sentence;
  const rest = sentence.slice(label.length);
  return rest.charAt(0).toLocaleUpperCase() + rest.slice(1);
}

function trouble(form, sentence) {
  form.querySelector(".trouble").textContent = sentence;
}

function busy(form, is) {
  form.setAttribute("aria-busy", String(is));
  if (is) trouble(form, "");
  const button = form.querySelector("[type=submit]");
  button.dataset.label ??= button.textContent;
  button.textContent = is ? "Sending…" : button.dataset.label;
  button.setAttribute("aria-disabled", String(is));
}
