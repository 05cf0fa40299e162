// Where a question is written: what cannot be sent stays written.

import { announce } from "./announce.js";

/** Makes the composer send; `say(text, topic)` returns the server's reply, `next()` the number of a new topic. */
export function composer(form, say, next) {
  const box = form.querySelector("textarea");
  const button = form.querySelector("[type=submit]");
  const trouble = form.querySelector(".trouble");
  const retry = form.querySelector(".retry");
  const anew = form.querySelector(".anew");
  const line = form.querySelector(".divider");
  let topic; // of a question that begins anew; kept until it is sent, so that trying again sends the same

  const busy = (is) => {
    form.setAttribute("aria-busy", String(is));
    box.readOnly = is;
    button.setAttribute("aria-disabled", String(is));
    button.textContent = is ? "Asking…" : "Ask";
  };

  const begin = (is) => {
    topic = is ? next() : undefined;
    anew.setAttribute("aria-pressed", String(is));
    line.hidden = !is;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = box.value.trim();
    if (!words || box.readOnly) return;
    trouble.textContent = "";
    retry.hidden = true;
    busy(true);
    const reply = await say(words, topic);
    busy(false);
    trouble.textContent = reply.error ?? "";
    retry.hidden = !reply.again;
    if (!reply.error) {
      box.value = "";
      begin(false);
    }
    grow(box);
  });

  box.addEventListener("keydown", (event) => {
    // While a Chinese, Japanese or Korean word is being composed, Enter chooses it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  box.addEventListener("input", () => grow(box));

  form.querySelector(".suggestions").addEventListener("click", (event) => {
    const fill = event.target.dataset.fill;
    if (!fill || box.readOnly) return;
    box.value = fill;
    grow(box);
    box.focus();
  });
  anew.addEventListener("click", () => {
    if (box.readOnly) return;
    begin(!topic);
    if (topic) announce(line.textContent);
    box.focus();
  });

  return { forget: () => begin(false) };
}

function grow(box) {
  box.rows = Math.min(6, Math.max(1, box.value.split("\n").length));
  while (box.rows < 6 && box.scrollHeight > box.clientHeight + 1) box.rows += 1;
}
