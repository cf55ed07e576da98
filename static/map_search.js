/* Finding a household by what is typed: the page searches, the map goes where the person points. */
"use strict";

function diabanSearch(core, panels, { words, onSearch, onGo }) {
  const PAUSE_MS = 500;
  const { box, button, group, open } = panels.panel(words.search, diabanIcon("M13 13L18 18M8.5 14.5A6 6 0 1 1 8.5 2.5A6 6 0 0 1 8.5 14.5Z"));
  const input = core.element("input", "diaban-search");
  const list = core.element("div", "diaban-hits");
  let waiting = 0;
  let asked = "";
  input.type = "search";
  input.placeholder = words.search_hint;
  input.setAttribute("aria-label", words.search_hint);
  input.maxLength = 80;
  list.setAttribute("role", "status");
  box.append(input, list);

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") ask();
    if (event.key === "ArrowDown") (list.querySelector("button") || input).focus();
  });
  list.addEventListener("keydown", (event) => {
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!next) return;
    event.preventDefault();
    (event.target.closest("button")[next] || input).focus();
  });

  function ask() {
    clearTimeout(waiting);
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (text) onSearch(text);
    else list.replaceChildren();
  }

  function hitOf({ lines: [first, ...rest], layer, row }) {
    const hit = core.element("button", "diaban-hit");
    hit.type = "button";
    hit.append(core.element("strong", "", first), ...rest.map((line) => core.element("span", "", line)));
    if (layer === null) {
      hit.disabled = true;
      hit.append(core.element("em", "", words.search_unplaced));
    } else hit.addEventListener("click", () => {
      open(false);
      onGo({ layer, row });
    });
    return hit;
  }

  return {
    offer(wanted) {
      group.hidden = !wanted;
      if (!wanted) open(false);
    },
    /* What the page found, where it is what was asked for last. */
    answer(found) {
      if (!found || found.text !== asked) return;
      const hits = found.hits.map(hitOf);
      list.replaceChildren(...(hits.length ? hits : [core.element("div", "", words.search_none)]));
    },
    button,
  };
}
