// Where a question is written: what cannot be sent stays written.

/** Makes the composer send; `say(text)` returns the server's reply. */
export function composer(form, say) {
  const box = form.querySelector("textarea");
  const button = form.querySelector("[type=submit]");
  const trouble = form.querySelector(".trouble");

  const busy = (is) => {
    form.setAttribute("aria-busy", String(is));
    box.readOnly = is;
    button.setAttribute("aria-disabled", String(is));
    button.textContent = is ? "Asking…" : "Ask";
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = box.value.trim();
    if (!words || box.readOnly) return;
    trouble.textContent = "";
    busy(true);
    const reply = await say(words);
    busy(false);
    if (reply.error) trouble.textContent = reply.error;
    else box.value = "";
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
}

function grow(box) {
  box.rows = Math.min(6, Math.max(1, box.value.split("\n").length));
  while (box.rows < 6 && box.scrollHeight > box.clientHeight + 1) box.rows += 1;
}
