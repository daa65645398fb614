// What makes the pages quicker to use. Everything works without it.
"use strict";
(() => {
  const texts = document.getElementById("texts")?.dataset ?? {};
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const typing = (node) => node.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  // Suggestions while typing: the combobox pattern of the ARIA authoring practices.
  const suggest = (input) => {
    const list = make("ul", { className: "offers", id: `${input.id}-offers`, hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", texts.suggestions);
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
    const take = ({ kind, text }) => {
      close();
      input.value = !kind ? typed : kind === "title" ? `"${text.replaceAll('"', "")}"` : before;
      if (kind && kind !== "title") input.form.append(make("input", { type: "hidden", name: kind, value: text }));
      input.form.requestSubmit();
    };
    const row = ({ kind, text, matched, count }) => kind ? [
      make("span", {}, make("bdi", { textContent: matched || text }), ...(matched ? [" ", make("bdi", { className: "aside", textContent: text })] : [])),
      make("span", { className: "count", textContent: `${texts[kind] ?? ""} ${kind === "title" || before ? "" : count}` }),
    ] : [make("span", {}, `${texts.searchFor} `, make("bdi", { textContent: typed }))];
    const show = (answer) => {
      before = answer.before;
      offers = answer.suggestions.length ? [{}, ...answer.suggestions] : [];
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
      told.textContent = offers.length ? `${texts.suggestions}: ${offers.length - 1}` : "";
      input.setAttribute("aria-expanded", String(offers.length > 0));
    };
    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(timer);
      const text = typed.trim();
      if (text.length < 2) return close();
      timer = setTimeout(async () => {
        running?.abort();
        running = new AbortController();
        try {
          const answer = await fetch(`${document.body.dataset.suggest}?${new URLSearchParams({ q: text })}`, { signal: running.signal });
          if (answer.ok && input.value === typed && document.activeElement === input) show(await answer.json());
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
    const button = (sign, text, step) => {
      const node = make("button", { type: "button", className: "quiet", title: text, textContent: sign });
      node.setAttribute("aria-label", text);
      node.addEventListener("click", () => go(step));
      return node;
    };
    bar.append(" ", button("↑", texts.previous, -1), " ", button("↓", texts.next, 1), " ", place);
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
