// What makes the pages quicker to use. Everything works without it.
"use strict";
(() => {
  const texts = document.getElementById("texts")?.dataset ?? {};
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const drawn = (look) => document.querySelector(`#texts ${look}`).cloneNode(true);
  const typing = (node) => node.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  // Clippings, notes on them and the last searches, kept by this browser alone, which may hold anything and keep nothing.
  const { clippings, keptFor, search, said } = document.body.dataset;
  const kept = (name, usable) => {
    const key = `broadsheet-${name}${keptFor}`;
    const read = () => { try { return usable(JSON.parse(localStorage.getItem(key)) ?? {}); } catch { return usable({}); } };
    const write = (value) => { try { localStorage.setItem(key, JSON.stringify({ ...read(), ...value })); return true; } catch { return false; } };
    return { read, write };
  };
  const listed = ({ list }) => [].concat(list).filter((each) => typeof each?.id === "string");
  const address = (list) => clippings + (list.length ? `?${list.map(({ id }) => `id=${id}`).join("&")}` : "");
  // Bounds as in webui/addresses/clippings.py, which writes the ids as addresses have them.
  const fits = (list) => list.length <= 200 && address(list).length <= 7600;
  const clips = kept("clippings", (found) => ({ list: listed(found).reduce((list, { id, note }) => {
    const longer = [...list, { id, note: `${note ?? ""}`.slice(0, 2000) }];
    return /^[\w.~%+/:-]+$/.test(id) && !list.some((each) => each.id === id) && fits(longer) ? longer : list;
  }, []) }));
  const searches = kept("searches", (found) => ({ off: found.off === true, list: listed(found)
    .filter(({ id, text }) => id.startsWith(`${clippings.slice(0, -9)}search?`) && text).slice(0, 10) }));
  const last = searches.read();
  if (search && !last.off) searches.write({ list: [{ id: search, text: said, time: Date.now() }, ...last.list.filter(({ text }) => text !== said)] });
  addEventListener("submit", ({ target }) => target.action.endsWith("/logout") && searches.write({ list: [] }));

  const entry = make("li", { className: "clipped" }, make("a"));
  const alarm = make("span", { className: "aside", role: "alert" });
  const warn = (node, text) => {
    alarm.textContent = text || "";
    if (text) node.after(alarm);
    else alarm.remove();
    return !text;
  };
  const toggles = [...document.querySelectorAll("[data-clip]:is(.hit, .story)")].map((node) => {
    const { clip: id } = node.dataset;
    const ariaLabel = texts.clipIt.replace("{}", () => node.querySelector("h1, h2, h3").textContent.trim());
    const button = make("button", { type: "button", className: "clip", ariaLabel }, drawn(".ribbon"), texts.clip);
    let own = { id }; // put back after a slip, it has its note again
    button.addEventListener("click", () => {
      const { list } = clips.read();
      own = list.find((each) => each.id === id) ?? own;
      const rest = list.filter((each) => each.id !== id);
      if (rest.length === list.length) rest.push(own);
      warn(button, !fits(rest) ? texts.full : !clips.write({ list: rest }) && texts.unkept);
      mark();
    });
    const place = node.querySelector(".facts");
    place.append(button);
    place.parentNode.hidden = false;
    return [id, button];
  });
  const mark = () => {
    const { list } = clips.read();
    for (const [id, button] of toggles) button.ariaPressed = list.some((each) => each.id === id);
    entry.hidden = !list.length;
    Object.assign(entry.firstChild, { textContent: `${texts.clippings} (${list.length})`, href: address(list) });
  };
  document.querySelector(".sections ul")?.append(entry);
  mark();
  for (const event of ["pageshow", "storage"]) addEventListener(event, mark);
  window.broadsheet = { texts, make, warn, clips, searches, address, fits };

  // Suggestions while typing: the combobox pattern of the ARIA authoring practices.
  const suggest = (input) => {
    const list = make("ul", { className: "offers", id: `${input.id}-offers`, hidden: true });
    list.role = "listbox";
    input.closest("form").append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"],
      ["aria-controls", list.id]]) input.setAttribute(name, value);
    const told = make("span", { className: "unseen" });
    told.setAttribute("role", "status");
    list.after(told);
    let chosen = -1, typed = "", timer = 0, running = null, offers = [], before = "";
    const close = () => {
      list.hidden = true;
      chosen = -1;
      told.textContent = "";
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const named = ({ kind, text, matched }) => !kind ? typed : kind === "title" ? text : `${before} ${matched || text}`.trim();
    const choose = (index) => {
      const options = list.children;
      if (chosen >= 0) options[chosen].setAttribute("aria-selected", "false");
      chosen = index < -1 ? options.length - 1 : index >= options.length ? -1 : index;
      if (chosen < 0) {
        input.value = typed;
        input.removeAttribute("aria-activedescendant");
        return;
      }
      const option = options[chosen];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
      input.value = named(offers[chosen]);
    };
    // A name is a filter, whose count is the one that stands beside it; a title is searched for as it stands.
    const take = ({ kind, text, id }) => {
      close();
      if (id) return location.assign(id);
      input.value = !kind ? typed : kind === "title" ? `"${text.replaceAll('"', "")}"` : before;
      if (kind && kind !== "title") input.form.append(make("input", { type: "hidden", name: kind, value: text }));
      input.form.requestSubmit();
    };
    const row = ({ kind, text, matched, count, id }) => id ? [make("bdi", { textContent: text })] : kind ? [
      make("span", {}, make("bdi", { textContent: matched || text }), ...(matched ? [" ", make("bdi", { className: "aside", textContent: text })] : [])),
      make("span", { className: "count", textContent: `${texts[kind] ?? ""} ${kind === "title" || before ? "" : count}` }),
    ] : [make("span", {}, `${texts.searchFor} `, make("bdi", { textContent: typed }))];
    const show = (found, label) => {
      offers = found;
      list.ariaLabel = label;
      list.classList.toggle("recent", label === texts.recent);
      list.replaceChildren(...offers.map((each, index) => {
        const option = make("li", { id: `${list.id}-${index}` }, ...row(each));
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(each);
        });
        return option;
      }));
      list.hidden = !offers.length;
      chosen = -1;
      told.textContent = offers.length ? `${label}: ${offers.length - 1}` : "";
      input.setAttribute("aria-expanded", String(offers.length > 0));
    };
    // In an empty box: the last searches, and where they are cleared.
    const remember = () => {
      if (input.value || document.activeElement !== input) return;
      const { list: found } = searches.read();
      typed = "";
      show(found.length ? [...found, { id: `${clippings}#recent`, text: texts.tidy }] : [], texts.recent);
    };
    input.addEventListener("focus", remember);
    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(timer);
      running?.abort();
      const text = typed.trim();
      if (text.length < 2) {
        close();
        return remember();
      }
      timer = setTimeout(async () => {
        running = new AbortController();
        try {
          const answer = await fetch(`${document.body.dataset.suggest}?${new URLSearchParams({ q: text })}`, { signal: running.signal });
          if (answer.ok && input.value === typed && document.activeElement === input) {
            const { before: stays, suggestions } = await answer.json();
            before = stays;
            show(suggestions.length ? [{}, ...suggestions] : [], texts.suggestions);
          }
        } catch { /* a newer letter, or no network: the box goes on without suggestions */ }
      }, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
      else if (event.key === "Escape") { input.value = typed; close(); }
      else if (event.key === "Enter" && chosen >= 0) take(offers[chosen]);
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
  };
  document.querySelectorAll("input#q").forEach(suggest);

  // Advanced search: the query as it is written, and names for what is typed so far.
  const fill = document.querySelector(".fill");
  let waiting = 0;
  fill?.addEventListener("input", ({ target: box }) => {
    const ask = async (address, pairs) => (await fetch(`${address}?${new URLSearchParams(pairs)}`)).json();
    clearTimeout(waiting);
    const now = waiting = setTimeout(async () => {
      const written = fill.querySelector(".written"), { kind } = box.dataset;
      try {
        const { query, count } = await ask(fill.dataset.query, new FormData(fill));
        if (now !== waiting) return;
        written.hidden = !query;
        [written.children[1].textContent, written.children[2].textContent] = [query, count];
        if (!kind || !box.value) return;
        const { suggestions } = await ask(document.body.dataset.suggest, { q: box.value, size: 20 });
        box.list.replaceChildren(...suggestions.filter((each) => each.kind === kind).map(({ text, matched }) => make("option", { value: matched || text })));
      } catch { /* no network: the form writes the query when it is sent */ }
    }, 250);
  });

  // A row of a facet is one stop of the Tab key; arrows lead on to its links.
  const box = (row) => row.querySelector("input");
  const taking = (rows) => [...rows].map((row) => {
    for (const link of row.querySelectorAll(".acts a")) link.tabIndex = -1;
    row.closest("fieldset").ariaDescription = texts.rows;
    return row;
  });
  const choices = taking(document.querySelectorAll(".choice"));
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest(".choice");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!row || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...row.querySelectorAll("input, a")];
    stops[stops.indexOf(event.target) + (getComputedStyle(row).direction === "ltr" ? step : -step)]?.focus();
    event.preventDefault();
  });

  // Apply says how many changes wait.
  const filters = document.querySelector(".filters");
  if (filters) {
    const button = filters.querySelector("button");
    const apply = button.parentElement;
    const plain = button.textContent;
    const told = make("span", { className: "unseen", role: "status" });
    apply.append(told);
    const plural = new Intl.PluralRules(document.documentElement.lang);
    const differs = (input) => input.checked !== input.defaultChecked || input.value !== input.defaultValue;
    const count = () => {
      const changes = [...filters.querySelectorAll("input[form=search]")].filter(differs).length;
      const text = changes ? filters.dataset[plural.select(changes)].replace("#", changes) : plain;
      if (text === button.textContent) return;
      apply.classList.toggle("changed", changes);
      button.className = changes ? "" : "quiet";
      button.textContent = text;
      told.textContent = changes ? text : "";
    };
    filters.addEventListener("input", count);
    addEventListener("pageshow", count);

    // A long facet is searched while one types; what was ticked goes along.
    const asking = (path, contains) => `${path}?${new URLSearchParams([...new FormData(button.form, button), ["contains", contains]])}`;
    filters.addEventListener("click", ({ target }) => {
      const link = target.closest(".more a");
      if (link && !button.className) link.href = asking(link.pathname, "");
    });
    for (const among of filters.querySelectorAll(".among")) {
      const { contains } = among.elements;
      const list = among.parentElement.querySelector("ul");
      const first = [...list.children];
      const found = make("span", { className: "aside", role: "status" });
      among.append(found);
      const ticked = (row) => box(row).checked || box(row).defaultChecked;
      const show = (rows, text) => {
        const kept = [...list.children].filter(ticked);
        const values = kept.map((row) => box(row).value);
        list.replaceChildren(...kept, ...rows.filter((row) => !values.includes(box(row).value)));
        found.textContent = text;
      };
      contains.addEventListener("input", () => {
        const text = contains.value;
        if (!text.trim()) return show(first, "");
        setTimeout(async () => {
          if (contains.value !== text) return;
          const answer = await fetch(`${asking(among.action, text)}&beside=1`).catch(() => ({}));
          if (contains.value !== text || !answer.ok) return;
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const fitting = taking(page.querySelectorAll(".values .choice")).filter((row) => !box(row).checked).slice(0, 8);
          for (const row of fitting) box(row).setAttribute("form", "search");
          show(fitting, page.querySelector(".found .aside").textContent);
        }, 200);
      });
      among.addEventListener("submit", (event) => {
        event.preventDefault();
        location = asking(among.action, contains.value);
      });
    }
  }

  // Charts are one stop of the Tab key: arrows lead through their links.
  const later = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const arrow = ({ key, ctrlKey, altKey, metaKey }) => !/^Arrow(Left|Right)$/.test(key) || ctrlKey || altKey || metaKey ? 0 : key === later ? 1 : -1;
  for (const list of document.querySelectorAll(".bars, .whole ol")) {
    const links = [...list.querySelectorAll("a")];
    const stop = (at) => links.forEach((link, place) => { link.tabIndex = place === at ? 0 : -1; });
    stop(0);
    list.addEventListener("keydown", (event) => {
      const next = links.indexOf(event.target) + arrow(event);
      if (!arrow(event) || event.shiftKey || !links[next]) return;
      event.preventDefault();
      stop(next);
      links[next].focus();
    });
  }

  // A range of bars: dragged over, or from a bar on with Shift and the arrows. Enter goes there, Escape gives it up.
  for (const list of document.querySelectorAll(".bars")) {
    const bars = [...list.children];
    const { any, ends, spoken, hint } = list.dataset;
    const said = make("span", { className: "aside" });
    said.setAttribute("role", "status");
    list.closest(".chart").querySelector("header p").append(said);
    let start = -1, end = -1, held = false;
    const range = () => start === end ? [] : bars.slice(Math.min(start, end), Math.max(start, end) + 1);
    const show = (text = "") => {
      const chosen = range();
      for (const bar of bars) bar.classList.toggle("in", chosen.includes(bar));
      said.textContent = chosen[0] ? spoken.replace("{0}", chosen[0].dataset.name).replace("{1}", chosen.at(-1).dataset.name) : text;
    };
    const clear = () => { start = end = -1; held = false; show(); };
    const go = () => {
      const address = new URL(any, location);
      ends.split(" ").forEach((name, at) => address.searchParams.set(name, range().at(-at).dataset.at));
      location.assign(address);
    };
    const below = (event) => bars.indexOf(event.target.closest("li"));
    const on = (name, act, node = list) => node.addEventListener(name, act);
    on("dragstart", (event) => event.preventDefault());
    on("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch" || event.ctrlKey || event.shiftKey || event.metaKey) return;
      start = end = below(event);
      held = start >= 0;
    });
    on("pointermove", (event) => {
      if (!held || below(event) < 0) return;
      end = below(event);
      show();
    });
    on("pointerup", () => {
      if (!held) return;
      held = false;
      if (range()[0]) go(); else clear();
    }, document);
    on("keydown", (event) => { if (event.key === "Escape") clear(); }, document);
    on("keydown", (event) => {
      if (event.key === "Enter" && range()[0]) go();
      else if (event.shiftKey && arrow(event)) {
        if (start < 0) start = end = below(event);
        end = Math.min(Math.max(end + arrow(event), 0), bars.length - 1);
        show();
      } else return;
      event.preventDefault();
    });
    on("focusin", (event) => { if (event.target.matches(":focus-visible")) show(hint); });
    on("focusout", () => { if (!held) clear(); });
    on("pagehide", clear, window);
  }

  // The matches of an article, one after the other.
  let toMatch = null;
  const marks = [...document.querySelectorAll(".story mark")];
  const bar = document.querySelector(".matches");
  if (bar && marks.length) {
    let at = -1;
    const place = make("span", { className: "aside" });
    place.setAttribute("role", "status");
    const go = (step) => {
      marks[at]?.classList.remove("current");
      at = at < 0 && step < 0 ? marks.length - 1 : (at + step + marks.length) % marks.length;
      marks[at].classList.add("current");
      marks[at].tabIndex = -1;
      marks[at].focus({ preventScroll: true });
      marks[at].scrollIntoView({ block: "center" });
      place.textContent = `${at + 1} / ${marks.length}`;
    };
    toMatch = go;
    const button = (look, text, step) => {
      const node = make("button", { type: "button", className: "quiet", title: text }, drawn(`.${look}`));
      node.setAttribute("aria-label", text);
      node.addEventListener("click", () => go(step));
      return node;
    };
    bar.append(" ", button("up", texts.previous, -1), " ", button("down", texts.next, 1), " ", place);
  }

  // Copying a citation.
  for (const button of document.querySelectorAll("[data-copies]")) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      button.textContent = texts.copied;
    });
  }

  // The filters of a narrow screen close with Escape.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#filters") location.hash = "#to-filters";
  });

  // Keys: / search, j and k through the results, o open, ? help. They can be switched off for this browser.
  if (!("keys" in document.body.dataset)) return;
  const STORE = "broadsheet-keys";
  const off = () => { try { return localStorage.getItem(STORE) === "off"; } catch { return false; } };
  const set = (value) => { try { localStorage.setItem(STORE, value); } catch { /* private mode: until the page closes */ } };
  const headlines = () => [...document.querySelectorAll(".hits .hit :is(h2, h3) a")];
  const step = (by) => {
    const links = headlines();
    const now = links.indexOf(document.activeElement);
    links[Math.min(Math.max(now + by, 0), links.length - 1)]?.focus();
  };
  const dialog = make("dialog", { className: "keys" });
  const help = () => {
    const rows = [...(toMatch ? [["n", texts.next], ["p", texts.previous]] : []), ["/", texts.keySearch], ["j", texts.keyNext], ["k", texts.keyPrevious], ["o", texts.keyOpen], ...(choices.length ? [["← →", texts.rows]] : []), ["?", texts.keyHelp]];
    const switcher = make("button", { type: "button", className: "quiet", textContent: off() ? texts.keysOn : texts.keysOff });
    switcher.addEventListener("click", () => { set(off() ? "on" : "off"); help(); });
    const close = make("button", { type: "button", textContent: texts.close });
    close.addEventListener("click", () => dialog.close());
    dialog.setAttribute("aria-label", texts.keys);
    dialog.replaceChildren(make("h2", { textContent: texts.keys }),
      make("dl", {}, ...rows.flatMap(([key, text]) => [make("dt", {}, make("kbd", { textContent: key })), make("dd", { textContent: text })])),
      make("p", { className: "apply" }, close, switcher));
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
  };
  const opener = make("button", { type: "button", className: "quiet", textContent: texts.keys });
  opener.addEventListener("click", help);
  document.querySelector(".foot nav ul")?.append(make("li", {}, opener));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || dialog.open) return;
    if (off()) return;
    const action = { "/": () => document.getElementById("q")?.focus(), j: () => step(1), k: () => step(-1), "?": help,
      n: toMatch && (() => toMatch(1)), p: toMatch && (() => toMatch(-1)),
      o: () => headlines().includes(document.activeElement) && document.activeElement.click() }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
