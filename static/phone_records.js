/* What was recorded, as entries, as text to copy, as a file; pure: no page, no storage.
 *
 * An entry: household, goals (ids), outcome, was (what it said before it was corrected), at (UTC, to the minute), note.
 * As text, one line each, its own checksum last, so that a damaged line spoils itself alone:
 *   DIABAN1 plan member lines check
 *   household|goals|outcomes, the last one counts|time|note|check
 */
"use strict";

const diabanRecords = (() => {
  const LETTERS = { met: "m", absent: "a", refused: "r", not_found: "n" };
  const OUTCOMES = Object.fromEntries(Object.entries(LETTERS).map(([outcome, letter]) => [letter, outcome]));
  const TAG = "DIABAN1";
  const LONGEST_MESSAGE = 1800;
  const HEAD = /DIABAN1 (\S+) (\S+) (\d+) ([0-9a-f]{8})\s*$/;
  const LINE = /^([^|]+)\|([^|]*)\|([marn]+)\|(\d{6}T\d{4})\|([^|]*)\|([0-9a-f]{8})$/;
  const FORMULA = /(^|[;\n\t])(?='*[ \u00a0]*[=+\-@\t＝＋－＠])/g;

  const TABLE = Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    return rest >>> 0;
  });

  /* CRC-32 as zlib has it, in eight hexadecimal digits. */
  function check(text) {
    let rest = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) rest = TABLE[(rest ^ byte) & 255] ^ (rest >>> 8);
    return ((rest ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
  }

  /* One line of words, without what the text format means by itself. */
  const plain = (text) => text.normalize("NFC").replace(/\|/g, "/").replace(/\s+/g, " ").trim();
  const coded = (id) => id.replace(/[%|,/\s]/g, encodeURIComponent);
  const minute = (at) => at.slice(2, 16).replace(/[-:]/g, "");
  const moment = (time) => `20${time.slice(0, 2)}-${time.slice(2, 4)}-${time.slice(4, 9)}:${time.slice(9)}Z`;
  const key = (entry) => `${entry.household}|${entry.at}`;

  function body(entry) {
    const history = [...entry.was, entry.outcome].map((outcome) => LETTERS[outcome]).join("");
    return [coded(entry.household), entry.goals.map(coded).join(","), history, minute(entry.at), entry.note].join("|").normalize("NFC");
  }

  function line(entry, member) {
    return `${body(entry)}|${check(`${member} ${body(entry)}`)}`;
  }

  /* Messages short enough for a chat, each to be understood by itself. */
  function messages(entries, plan, member) {
    const parts = [[]];
    let length = 0;
    for (const one of entries.map((entry) => line(entry, member))) {
      if (length + one.length > LONGEST_MESSAGE && parts.at(-1).length) {
        parts.push([]);
        length = 0;
      }
      parts.at(-1).push(one);
      length += one.length + 1;
    }
    return parts.filter((lines) => lines.length).map((lines) => {
      const head = `${coded(plan)} ${coded(member)} ${lines.length}`;
      return [`${TAG} ${head} ${check(head)}`, ...lines].join("\n");
    });
  }

  function file(entries, plan, member) {
    const told = entries.map((entry) => {
      const { household, goals, outcome, was, at, note } = entry;
      return { household, goals, outcome, was, at, note, check: check(`${member} ${body(entry)}`) };
    });
    return JSON.stringify({ diaban: "visits", version: 1, plan, member, count: told.length, entries: told }, null, 1);
  }

  function csv(entries, member) {
    const cell = (text) => `"${text.replace(FORMULA, "$1'").replace(/"/g, '""')}"`;
    const rows = entries.flatMap((entry) => (entry.goals.length ? entry.goals : [""]).map((goal) => [
      [entry.household, member, goal || "-"].map(coded).concat(minute(entry.at)).join("/"),
      entry.household, member, goal, entry.at, entry.outcome, entry.note, entry.was.join(","),
    ]));
    const headings = ["visit_id", "household_id", "member_id", "goal_id", "visited_at", "outcome", "note", "corrects"];
    return "\ufeff" + [headings, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  /* Entries out of a file of ours or of text that holds messages of ours; `bad` counts what is damaged or missing. */
  function read(text) {
    const found = text.trimStart().startsWith("{") ? ofFile(text) : ofMessages(text);
    return { ...found, entries: found.entries.filter(sound) };
  }

  function ofFile(text) {
    let told;
    try { told = JSON.parse(text); } catch { return { members: [], entries: [], bad: 1 }; }
    if (told.diaban !== "visits" || !Array.isArray(told.entries)) return { members: [], entries: [], bad: 1 };
    const good = told.entries.filter((entry) => {
      try { return sound(entry) && entry.check === check(`${told.member} ${body(entry)}`); } catch { return false; }
    });
    const entries = good.map(({ check: _, ...entry }) => entry);
    return { members: [String(told.member)], entries, bad: told.entries.length - good.length };
  }

  function ofMessages(text) {
    const members = new Set();
    const entries = [];
    let member = null;
    let missing = 0;
    for (const raw of text.split(/\r?\n/)) {
      const words = raw.normalize("NFC").replace(/\s+/g, " ").trim();
      const head = HEAD.exec(words);
      if (head) {
        const intact = head[4] === check(`${head[1]} ${head[2]} ${head[3]}`);
        member = intact ? decodeURIComponent(head[2]) : null;
        missing += intact ? Number(head[3]) : 1;
        if (intact) members.add(member);
        continue;
      }
      const cut = member === null ? null : LINE.exec(words);
      if (!cut) continue;
      const [whole, household, goals, history, time, note, told] = cut;
      if (told !== check(`${member} ${whole.slice(0, -9)}`)) continue;
      const outcomes = [...history].map((letter) => OUTCOMES[letter]);
      missing -= 1;
      entries.push({
        household: decodeURIComponent(household),
        goals: goals ? goals.split(",").map(decodeURIComponent) : [],
        outcome: outcomes.at(-1), was: outcomes.slice(0, -1), at: moment(time), note,
      });
    }
    return { members: [...members], entries, bad: Math.max(missing, 0) };
  }

  function sound(entry) {
    return typeof entry.household === "string" && Array.isArray(entry.goals) && entry.outcome in LETTERS
      && Array.isArray(entry.was) && entry.was.every((outcome) => outcome in LETTERS)
      && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(entry.at) && typeof entry.note === "string";
  }

  /* The entries of both, each once; of the same one, the one corrected more often. */
  function together(mine, theirs) {
    const kept = new Map(mine.map((entry) => [key(entry), entry]));
    for (const entry of theirs) {
      const known = kept.get(key(entry));
      if (!known || known.was.length < entry.was.length) kept.set(key(entry), { ...entry, sent: true });
    }
    return [...kept.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  return { check, plain, key, messages, file, csv, read, together };
})();
