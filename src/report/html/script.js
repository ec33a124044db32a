"use strict";
// The list of a run: search, filter, sort, pages of rows. Everything shown is set as text; nothing is read as HTML.
(() => {
  const PAGE = 100, PRINTED = 1000;
  const OUTCOME = 0, REASON = 1, SOURCE = 2, ROWS = 3, PHONE = 4, USER = 5, ASSIGNEE = 6, NAME = 7, ORDERS = 8, TOTAL = 9,
    TASK = 10, CREATION = 11, CONVERSATION = 12, CODE = 13, MESSAGE = 14, HINT = 15, ATTEMPTS = 16, STATUS = 17,
    SENT = 18, FINISHED = 19, LATENCY = 20;
  const byId = (id) => document.getElementById(id);
  const words = JSON.parse(byId("words").textContent);
  const { rows, strings, base } = JSON.parse(byId("data").textContent);
  byId("data").remove();
  document.documentElement.classList.add("scripted");

  // What repeats stands once in `strings`, and as its number in the rows.
  const text = (row, field) => {
    const value = row[field];
    if (value === undefined || value === null) return "";
    const repeats = field === SOURCE || field === ASSIGNEE || field === NAME || (field >= CODE && field <= HINT);
    return repeats && typeof value === "number" ? strings[value] : String(value);
  };
  const code = (row) => words.outcomes[row[OUTCOME]].code;
  const place = (row) => [text(row, SOURCE), text(row, ROWS)].filter(Boolean).join(":");
  const why = (row) => [text(row, CODE) && `[${text(row, CODE)}]`, text(row, MESSAGE)].filter(Boolean).join(" ");
  const grouped = (number) => {
    const [whole, decimals] = String(number).split(".");
    const groups = whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u00a0");
    return decimals === undefined ? groups : `${groups}.${decimals}`;
  };
  const moment = (seconds) => new Date((base + seconds) * 1000).toISOString().slice(0, 19).replace("T", " ");
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => name in values ? values[name] : all);

  // Search: one lower-case text for each row, made when there is time, or when it is needed.
  const beyondAscii = /[^\x00-\x7f]/;
  const fold = (words) => (beyondAscii.test(words) ? words.normalize("NFC") : words).toLowerCase();
  const haystacks = new Array(rows.length);
  let made = 0;
  const makeUpTo = (end) => {
    for (; made < end; made += 1) {
      const row = rows[made];
      haystacks[made] = fold(` ${text(row, PHONE)} ${text(row, USER)} ${text(row, TASK)} ${text(row, NAME)} ${text(row, ASSIGNEE)} `
        + `${text(row, TOTAL)} ${place(row)} ${code(row)} ${words.outcomes[row[OUTCOME]].label} ${text(row, CODE)} `
        + `${text(row, MESSAGE)} ${text(row, CREATION)} ${text(row, CONVERSATION)} orders:${row[ORDERS]} `
        + `status:${text(row, STATUS)} attempts:${row[ATTEMPTS] || 0} `);
    }
  };
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 20));
  const prepare = () => {
    makeUpTo(Math.min(rows.length, made + 4000));
    if (made < rows.length) idle(prepare); else byId("filters").dataset.ready = "";
  };
  idle(prepare);

  // What is typed is looked for as it stands, and if no line has it so, word by word. A phone may be typed with spaces and
  // signs, or with the 0 of its country in front.
  const needles = (query) => {
    const whole = fold(query).trim().replace(/\s+/g, " ");
    if (whole === "") return [[]];
    if (/^[+(]?[\d\s()+-]{6,}$/.test(whole)) return [[whole.replace(/\D/g, "").replace(/^0+/, "")], [whole]];
    const exact = (word) => /^(orders|status|attempts):\d+$/.test(word) ? ` ${word} ` : word;
    const words = whole.split(" ").map(exact);
    return words.length > 1 ? [[whole], words] : [words];
  };

  const state = { query: "", outcome: "", reason: "", assignee: "", sort: "", down: false, page: 0 };
  let hits = [];
  let hitsByOutcome = [];

  const find = () => {
    const begin = performance.now();
    const ways = needles(state.query);
    if (ways[0].length) makeUpTo(rows.length);
    const outcome = words.outcomes.findIndex((one) => one.code === state.outcome);
    const reason = state.reason === "" ? -1 : Number(state.reason);
    for (const wanted of ways) {
      hits = [];
      hitsByOutcome = words.outcomes.map(() => 0);
      next: for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at];
        if (reason >= 0 && row[REASON] !== reason) continue;
        if (state.assignee !== "" && text(row, ASSIGNEE) !== state.assignee) continue;
        for (const word of wanted) if (!haystacks[at].includes(word)) continue next;
        hitsByOutcome[row[OUTCOME]] += 1;
        if (outcome < 0 || row[OUTCOME] === outcome) hits.push(at);
      }
      if (hitsByOutcome.some((count) => count > 0)) break;
    }
    if (state.sort) hits.sort(order());
    byId("hits").dataset.milliseconds = (performance.now() - begin).toFixed(1);
  };

  // Amounts are compared digit by digit: they may have more digits than a number can hold.
  const below = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const amounts = (a, b) => a[0].length - b[0].length || below(a[0], b[0]) || below(a[1], b[1]);
  const amount = (words) => {
    const [whole, decimals] = words.split(".");
    return [whole, (decimals || "").replace(/0+$/, "")];
  };
  const keys = {
    place: (row) => row, phone: (row) => text(row, PHONE), user: (row) => text(row, USER),
    assignee: (row) => text(row, ASSIGNEE), orders: (row) => row[ORDERS] || 0, total: (row) => amount(text(row, TOTAL)),
    outcome: (row) => row[OUTCOME], task: (row) => Number(row[TASK]) || 0, why: (row) => why(row),
  };
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const order = () => {
    const sign = state.down ? -1 : 1;
    if (state.sort === "place") return (a, b) => sign * (a - b);
    const cells = new Array(rows.length);
    for (const at of hits) cells[at] = keys[state.sort](rows[at]);
    const compare = state.sort === "total" ? amounts
      : ["orders", "outcome", "task"].includes(state.sort) ? (a, b) => a - b
      : state.sort === "phone" ? below
      : collator.compare;
    return (a, b) => sign * compare(cells[a], cells[b]) || a - b;
  };

  // Showing -------------------------------------------------------------------------------------------------------
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const tag = (row) => {
    const { label, code } = words.outcomes[row[OUTCOME]];
    return element("span", { class: `tag o-${code}` }, label);
  };
  const isolated = (words) => element("bdi", {}, words);

  const details = (row) => {
    const facts = [
      [words.name, text(row, NAME), true], [words.what, why(row), true], [words.remedy, text(row, HINT), true],
      ["task_id", text(row, TASK)], ["creation_id", text(row, CREATION)], ["conversation_id", text(row, CONVERSATION)],
      [words.attempts, text(row, ATTEMPTS)], ["HTTP", text(row, STATUS)],
      [words.sent, typeof row[SENT] === "number" ? moment(row[SENT]) : ""],
      [words.finished, typeof row[FINISHED] === "number" ? moment(row[FINISHED]) : ""],
      [words.latency, text(row, LATENCY) && `${grouped(row[LATENCY])} ms`],
    ];
    const list = element("dl", {});
    for (const [name, value, isLong] of facts) {
      if (value === "") continue;
      list.append(element("div", isLong ? { class: "long" } : {}, element("dt", {}, name), element("dd", {}, isolated(value))));
    }
    return element("tr", { class: "details", role: "row" }, element("td", { colspan: "9", role: "cell" }, list));
  };

  const titles = [...document.querySelectorAll("#rows thead th")].map((head) => head.textContent);
  const line = (at) => {
    const row = rows[at];
    const more = element("button", { type: "button", class: "more", "aria-expanded": "false", "aria-label": words.details }, "▸");
    const cells = [
      [more, isolated(place(row))], [isolated(text(row, PHONE))], [isolated(text(row, USER))], [isolated(text(row, ASSIGNEE))],
      [grouped(row[ORDERS] || 0)], [grouped(text(row, TOTAL))], [tag(row)], [text(row, TASK)], [isolated(why(row))],
    ];
    const shown = element("tr", { role: "row" });
    cells.forEach((children, column) => {
      const attributes = { role: "cell", "data-label": titles[column] };
      if (column === 4 || column === 5) attributes.class = "number";
      shown.append(element("td", attributes, ...children));
    });
    more.addEventListener("click", () => {
      const isOpen = more.getAttribute("aria-expanded") === "true";
      if (isOpen) shown.nextElementSibling.remove(); else shown.after(details(row));
      more.setAttribute("aria-expanded", String(!isOpen));
      more.textContent = isOpen ? "▸" : "▾";
    });
    return shown;
  };

  const draw = (size) => {
    const pages = Math.max(1, Math.ceil(hits.length / size));
    const page = Math.min(state.page, pages - 1);
    const from = page * size;
    const part = hits.slice(from, from + size);
    byId("body").replaceChildren(...part.map(line));
    const counts = { from: grouped(part.length ? from + 1 : 0), to: grouped(from + part.length), hits: grouped(hits.length), all: grouped(rows.length) };
    byId("hits").textContent = filled(hits.length === rows.length ? words.shown : hits.length ? words.found : words.nothing, counts);
    byId("page").textContent = filled(words.page, { page: grouped(page + 1), pages: grouped(pages) });
    byId("previous").disabled = page === 0;
    byId("next").disabled = page >= pages - 1;
    for (const chip of byId("outcome-filter").children) {
      chip.setAttribute("aria-pressed", String(chip.dataset.outcome === state.outcome));
      const number = words.outcomes.findIndex((one) => one.code === chip.dataset.outcome);
      const count = number < 0 ? hitsByOutcome.reduce((sum, one) => sum + one, 0) : hitsByOutcome[number];
      chip.lastElementChild.textContent = grouped(count);
    }
    const reason = words.reasons[state.reason];
    const clear = byId("clear");
    clear.hidden = !(state.reason || state.outcome || state.assignee || state.query);
    clear.textContent = reason ? `${reason} ✕` : `${words.clear} ✕`;
    clear.setAttribute("aria-label", words.clear);
    for (const head of document.querySelectorAll("#rows thead th")) {
      if (head.dataset.sort === state.sort) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  // What is filtered stands behind the # of the address: it can be linked to, and "back" goes back.
  const FILTERS = ["outcome", "reason", "assignee", "query"];
  const address = () => {
    const set = FILTERS.filter((name) => state[name] !== "").map((name) => `${name}=${encodeURIComponent(state[name])}`);
    return `#${set.join("&") || "list"}`;
  };
  const update = () => {
    state.page = 0;
    find();
    draw(PAGE);
    try { history.replaceState(null, "", address()); } catch { /* a page without an address of its own */ }
  };
  const go = (hash) => {
    const asked = new URLSearchParams(hash.slice(1));
    if (!FILTERS.some((name) => asked.has(name))) return false;
    for (const name of FILTERS) state[name] = asked.get(name) || "";
    byId("search").value = state.query;
    byId("assignee").value = state.assignee;
    state.page = 0;
    find();
    draw(PAGE);
    byId("list").scrollIntoView();
    byId("list").focus({ preventScroll: true });
    return true;
  };

  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("search").addEventListener("input", (event) => { state.query = event.target.value; update(); });
  byId("assignee").addEventListener("change", (event) => { state.assignee = event.target.value; update(); });
  byId("clear").addEventListener("click", () => {
    for (const name of FILTERS) state[name] = "";
    byId("search").value = "";
    byId("assignee").value = "";
    update();
    byId("search").focus();
  });
  byId("previous").addEventListener("click", () => { state.page -= 1; draw(PAGE); byId("list").scrollIntoView(); });
  byId("next").addEventListener("click", () => { state.page += 1; draw(PAGE); byId("list").scrollIntoView(); });

  const present = new Set(rows.map((row) => row[OUTCOME]));
  const chip = (outcome, label) => {
    const button = element("button", { type: "button", class: outcome ? `o-${outcome}` : "", "data-outcome": outcome, "aria-pressed": "false" },
      label, element("span", {}));
    button.addEventListener("click", () => { state.outcome = state.outcome === outcome ? "" : outcome; update(); });
    return button;
  };
  byId("outcome-filter").append(chip("", words.all), ...words.outcomes.filter((_, number) => present.has(number)).map((one) => chip(one.code, one.label)));
  const assignees = [...new Set(rows.map((row) => text(row, ASSIGNEE)))].filter(Boolean).sort(collator.compare);
  byId("assignee").append(...assignees.slice(0, 2000).map((name) => element("option", { value: name }, name)));

  for (const head of document.querySelectorAll("#rows thead th")) {
    const button = element("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const key = head.dataset.sort;
      if (state.sort === key && state.down) { state.sort = ""; state.down = false; }
      else { state.down = state.sort === key; state.sort = key; }
      update();
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash.includes("=")) {
      event.preventDefault();
      history.pushState(null, "", link.hash);
      go(link.hash);
    }
    const copy = event.target.closest("button.copy");
    if (copy) {
      const source = copy.parentElement.querySelector("code");
      const done = () => {
        const before = words.copy;
        copy.textContent = words.copied;
        setTimeout(() => { copy.textContent = before; }, 1500);
      };
      const select = () => {
        getSelection().selectAllChildren(source);
        if (document.execCommand("copy")) done();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(source.textContent).then(done, select); else select();
    }
  });
  addEventListener("popstate", () => go(location.hash));
  addEventListener("beforeprint", () => draw(PRINTED));
  addEventListener("afterprint", () => draw(PAGE));

  find();
  if (!go(location.hash)) draw(PAGE);
})();
