// On a narrow screen one desk at a time, chosen by tabs; on a wide one all four stand side by side and there are no tabs.

const wide = matchMedia("(min-width: 75rem)");
const list = document.querySelector("[role=tablist]");
const tabs = [...list.querySelectorAll("[role=tab]")];
const paneOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
let chosen = tabs[0];

/** Adds to the number of unread messages on a desk's tab; 0 empties it. */
export function count(section, more) {
  const tab = tabs.find((one) => paneOf(one) === section);
  const news = tab.querySelector(".news");
  const unread = more && !wide.matches && tab !== chosen ? (Number.parseInt(news.textContent, 10) || 0) + more : 0;
  news.textContent = unread ? `${unread} new` : "";
}

function choose(tab) {
  chosen = tab;
  lay();
  count(paneOf(tab), 0);
  paneOf(tab).dispatchEvent(new Event("shown"));
}

function lay() {
  list.hidden = wide.matches;
  for (const tab of tabs) {
    const pane = paneOf(tab);
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    pane.hidden = !wide.matches && tab !== chosen;
    if (wide.matches) pane.removeAttribute("role");
    else pane.setAttribute("role", "tabpanel");
    pane.setAttribute("aria-labelledby", wide.matches ? pane.querySelector("h2").id : tab.id);
    if (wide.matches) tab.querySelector(".news").textContent = "";
  }
}

const MOVES = {
  ArrowRight: (at) => (at + 1) % tabs.length,
  ArrowLeft: (at) => (at - 1 + tabs.length) % tabs.length,
  Home: () => 0,
  End: () => tabs.length - 1,
};

list.addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) choose(tab);
});
list.addEventListener("keydown", (event) => {
  if (!(event.key in MOVES)) return;
  event.preventDefault();
  const tab = tabs[MOVES[event.key](tabs.indexOf(chosen))];
  choose(tab);
  tab.focus();
});
wide.addEventListener("change", lay);
lay();
