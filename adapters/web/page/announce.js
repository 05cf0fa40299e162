// What a screen reader is told without being interrupted, and the count on a desk that nobody looks at.

const announcer = document.querySelector("#announcer");
let said = [];
let timer = 0;

/** Says the sentences politely; several that come at once are said together. */
export function announce(sentence) {
  said.push(sentence);
  clearTimeout(timer);
  timer = setTimeout(() => {
    announcer.textContent = said.join(" ");
    said = [];
  }, 150);
}
