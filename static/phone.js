/* One member's page: the list, the map, what is recorded, and how it leaves the phone. Names only ever as text. */
"use strict";

(() => {
  const told = JSON.parse(document.getElementById("told").textContent);
  const { words, homes, goals } = told;
  const records = diabanRecords;
  const place = `diaban ${told.plan} ${told.member}`;
  const goalNames = Object.fromEntries(goals.map((goal) => [goal.id, goal.name]));
  const byId = (id) => document.getElementById(id);
  let remembers = true;
  let entries = remembered();
  let map = null;
  let saidUntil = 0;

  function remembered() {
    try {
      localStorage.setItem(`${place} ?`, "1");
      localStorage.removeItem(`${place} ?`);
      return JSON.parse(localStorage.getItem(place) || "[]");
    } catch {
      remembers = false;
      return [];
    }
  }

  function keep(changed) {
    entries = changed;
    try { localStorage.setItem(place, JSON.stringify(entries)); } catch { remembers = false; }
    refresh();
  }

  function make(tag, said = {}, ...inside) {
    const { on = {}, ...rest } = said;
    const made = Object.assign(document.createElement(tag), rest);
    for (const [event, act] of Object.entries(on)) made.addEventListener(event, act);
    made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  }

  const line = (text, className = "") => (text ? make("p", { textContent: text, className }) : null);
  const of = (home) => entries.filter((entry) => entry.household === home.id);
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const pad = (number) => String(number).padStart(2, "0");

  function when(at) {
    const day = new Date(at);
    return `${pad(day.getHours())}:${pad(day.getMinutes())} ${pad(day.getDate())}/${pad(day.getMonth() + 1)}/${day.getFullYear()}`;
  }

  function typed(at) {
    const day = new Date(at);
    return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}T${pad(day.getHours())}:${pad(day.getMinutes())}`;
  }

  function standing(home) {
    const own = of(home);
    if (own.some((entry) => entry.outcome === "met")) return "done";
    return own.length ? "tried" : "";
  }

  function say(text) {
    const box = byId("said");
    box.textContent = text;
    box.hidden = false;
    saidUntil = Date.now() + 3500;
    setTimeout(() => { box.hidden = Date.now() >= saidUntil - 50; }, 3550);
  }

  // --- list and map ---

  function card(home) {
    const own = of(home);
    const last = own.at(-1);
    return make(
      "button",
      { type: "button", className: `home ${standing(home)}`, on: { click: () => go(home) } },
      make("span", { className: "stop", textContent: home.stop }),
      make("b", { textContent: home.head || home.id }),
      make("span", { textContent: home.address || words.no_address }),
      last ? make("span", { className: "told", textContent: `${words[last.outcome]} · ${when(last.at)}` })
        : home.note ? make("span", { className: "told", textContent: `${words.last_note}: ${home.note}` }) : null,
      home.goals.length && !home.open.length && !last ? make("span", { className: "told", textContent: words.all_reached }) : null,
    );
  }

  function refresh() {
    byId("homes").replaceChildren(...homes.map(card));
    const seen = homes.filter((home) => of(home).length).length;
    const waiting = entries.filter((entry) => !entry.sent).length;
    byId("progress").textContent = fill(words.progress, { seen, all: homes.length, waiting });
    byId("forgetful").hidden = remembers;
    if (map) map.mark(standing);
    fillSending();
    document.body.dataset.entries = entries.length;
  }

  // --- one household ---

  const go = (home) => { location.hash = `h${home.stop}`; };

  function showHousehold(home, corrected = null) {
    const sheet = byId("sheet");
    const draft = {
      outcome: corrected?.outcome ?? null,
      goals: new Set(corrected?.goals ?? (home.open.length ? home.open : home.goals)),
    };
    const buttons = Object.fromEntries(["met", "absent", "refused", "not_found"].map((outcome) => [outcome, make("button", {
      type: "button", textContent: words[outcome],
      on: { click: () => { draft.outcome = outcome; press(); } },
    })]));
    const press = () => Object.entries(buttons).forEach(([outcome, button]) => button.setAttribute("aria-pressed", outcome === draft.outcome));
    const note = make("textarea", { id: "note", value: corrected?.note ?? "", maxLength: 500 });
    const time = make("input", { id: "time", type: "datetime-local", value: typed(corrected?.at ?? Date.now()), disabled: Boolean(corrected) });
    const boxes = home.goals.map((goal) => make("label", { className: "goal" }, make("input", {
      type: "checkbox", checked: draft.goals.has(goal), disabled: Boolean(corrected?.sent),
      on: { change: (event) => (event.target.checked ? draft.goals.add(goal) : draft.goals.delete(goal)) },
    }), make("span", { textContent: goalNames[goal] })));
    press();
    sheet.replaceChildren(...[
      make("button", { type: "button", className: "wide", textContent: words.back, on: { click: leave } }),
      make("h2", { textContent: `${home.stop}. ${home.head || home.id}` }),
      line(home.address || words.no_address), line(home.neighbourhood, "faint"),
      home.phone ? make("a", { className: "call", href: `tel:${home.phone.replace(/[^\d+]/g, "")}`, textContent: `${words.call} ${home.phone}` }) : null,
      line(home.note ? `${words.last_note} (${home.noted_on}): ${home.note}` : ""),
      line(home.last ? `${words.last_outcome}: ${home.last}` : "", "faint"),
      make("h2", { textContent: corrected ? words.correct : words.outcome }),
      make("div", { className: "outcomes" }, ...Object.values(buttons)),
      boxes.length ? make("h2", { textContent: words.goals }) : null, ...boxes,
      make("h2", {}, make("label", { htmlFor: "note", textContent: words.note })), note,
      make("h2", {}, make("label", { htmlFor: "time", textContent: words.time })), time,
      make("button", {
        type: "button", id: "save", className: "wide main", textContent: words.save,
        on: { click: () => save(home, draft, note.value, time.value, corrected) },
      }),
      ...of(home).map((entry) => recorded(home, entry)),
    ].filter((one) => one !== null && one !== ""));
    sheet.hidden = false;
    sheet.scrollTop = 0;
    sheet.querySelector("button").focus();
  }

  function recorded(home, entry) {
    const remove = () => keep(entries.filter((one) => one !== entry));
    return make(
      "div", { className: "entry" },
      line(`${words[entry.outcome]} · ${when(entry.at)}`), line(entry.goals.map((goal) => goalNames[goal] ?? goal).join(", "), "faint"), line(entry.note),
      make(
        "div", { className: "row" },
        make("button", { type: "button", textContent: words.correct, on: { click: () => showHousehold(home, entry) } }),
        entry.sent ? null : make("button", { type: "button", textContent: words.remove, on: { click: () => { remove(); showHousehold(home); } } }),
      ),
    );
  }

  function save(home, draft, note, time, corrected) {
    const chosen = home.goals.filter((goal) => draft.goals.has(goal));
    if (draft.outcome === null) return say(words.choose_outcome);
    if (home.goals.length && !chosen.length) return say(words.choose_goal);
    if (!time || Number.isNaN(Date.parse(time))) return say(words.choose_time);
    const entry = {
      household: home.id, goals: chosen, outcome: draft.outcome, note: records.plain(note),
      at: corrected?.at ?? free(home, new Date(time)), was: corrected ? history(corrected) : [], sent: false,
    };
    keep([...entries.filter((one) => one !== corrected), entry].sort((a, b) => (a.at < b.at ? -1 : 1)));
    say(words.saved);
    leave();
  }

  /* What others may have by now; nobody has what was never sent. */
  const history = (entry) => (entry.sent ? [...entry.was, entry.outcome] : entry.was);

  /* Two visits to a household in one minute are told apart by a minute. */
  function free(home, time) {
    const taken = new Set(of(home).map((entry) => entry.at));
    const day = new Date(time);
    const told = () => `${day.toISOString().slice(0, 16)}Z`;
    while (taken.has(told())) day.setMinutes(day.getMinutes() + 1);
    return told();
  }

  function leave() {
    location.hash = byId("tab-map").hidden ? "list" : "map";
  }

  // --- sending ---

  function fillSending() {
    const box = byId("parts");
    const parts = records.messages(entries, told.plan, told.member);
    box.replaceChildren(...parts.flatMap((text, at) => {
      const area = make("textarea", { className: "part", readOnly: true, value: text, ariaLabel: fill(words.part, { at: at + 1, of: parts.length }) });
      const copy = make("button", {
        type: "button", className: "wide main", textContent: parts.length > 1 ? fill(words.copy_part, { at: at + 1, of: parts.length }) : words.copy,
        on: { click: () => copied(area) },
      });
      return [copy, area];
    }));
    byId("nothing").hidden = parts.length > 0;
    for (const id of ["file", "csv", "share"]) byId(id).disabled = !parts.length;
  }

  function sent() {
    keep(entries.map((entry) => ({ ...entry, sent: true })));
  }

  async function copied(area) {
    area.focus();
    area.select();
    let done = false;
    try { await navigator.clipboard.writeText(area.value); done = true; } catch { done = document.execCommand("copy"); }
    say(done ? words.copied : words.copy_by_hand);
    if (done) sent();
  }

  function download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    say(words.downloaded);
    sent();
  }

  const named = (ending) => `${told.file}-${typed(Date.now()).replace(/[-:]/g, "").replace("T", "-")}.${ending}`;

  async function share() {
    const file = new File([records.file(entries, told.plan, told.member)], named("json"), { type: "application/json" });
    const text = records.messages(entries, told.plan, told.member).join("\n");
    try {
      await navigator.share(navigator.canShare?.({ files: [file] }) ? { files: [file] } : { text });
      sent();
    } catch { /* the person changed their mind */ }
  }

  function takeBack(text) {
    const found = records.read(text);
    if (found.members.some((member) => member !== told.member)) return say(words.other_member);
    const known = new Set(homes.map((home) => home.id));
    const own = found.entries.filter((entry) => known.has(entry.household));
    const before = entries.length;
    keep(records.together(entries, own));
    return say(fill(words.taken_back, { more: entries.length - before, all: own.length, bad: found.bad + found.entries.length - own.length }));
  }

  // --- the page ---

  function show() {
    const name = location.hash.slice(1);
    const home = homes.find((one) => `h${one.stop}` === name);
    byId("sheet").hidden = !home;
    if (home) return showHousehold(home);
    const tab = ["list", "map", "send"].includes(name) ? name : "list";
    for (const one of ["list", "map", "send"]) {
      byId(`tab-${one}`).hidden = one !== tab;
      byId(`go-${one}`).setAttribute("aria-selected", one === tab);
    }
    if (tab !== "map") return undefined;
    if (!map) map = diabanPhoneMap(byId("map"), told.ground, homes, words, go);
    return map.mark(standing);
  }

  for (const tab of ["list", "map", "send"]) byId(`go-${tab}`).addEventListener("click", () => { location.hash = tab; });
  byId("file").addEventListener("click", () => download(named("json"), "application/json", records.file(entries, told.plan, told.member)));
  byId("csv").addEventListener("click", () => download(named("csv"), "text/csv", records.csv(entries, told.member)));
  byId("share").hidden = !navigator.share;
  byId("share").addEventListener("click", share);
  byId("take").addEventListener("click", () => takeBack(byId("pasted").value));
  byId("take-file").addEventListener("change", async (event) => { takeBack(await event.target.files[0].text()); event.target.value = ""; });
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeunload", (event) => { if (!remembers && entries.some((entry) => !entry.sent)) event.preventDefault(); });
  refresh();
  show();
  document.body.dataset.ready = "1";
})();
