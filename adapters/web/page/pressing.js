// Nothing moves while a button is held down: what comes meanwhile would scroll it away, and the press would be lost.

const LONGEST = 3_000; // milliseconds: a pointer that was let go outside the window never says so
let letGo = null;
let held = Promise.resolve();

addEventListener("pointerdown", hold, { capture: true });
for (const over of ["pointerup", "pointercancel"]) addEventListener(over, () => setTimeout(release), { capture: true }); // the click comes first

function hold() {
  release();
  held = new Promise((resolve) => (letGo = resolve));
  setTimeout(letGo, LONGEST);
}
function release() {
  letGo?.();
}

/** Resolves once nothing is held down. */
export const still = () => held;
