// The page of clippings: notes, removing, copying, adding what another sent; and the list of the last searches.
"use strict";
(() => {
  const { texts, make, warn, clips, searches, address, fits } = window.broadsheet;
  const said = document.getElementById("clip-texts").dataset;
  const main = document.getElementById("main");
  const rows = [...document.querySelectorAll(".clips > li")];
  const { list } = clips.read();
  if (!rows.length && list.length) {
    location.replace(address(list) + location.hash);
    return;
  }
  // The way back shows what is kept now.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  document.querySelector(".clipped a").ariaCurrent = "page";
  const button = (text, action, name) => {
    const node = make("button", { type: "button", className: "quiet", textContent: text });
    if (name) node.setAttribute("aria-label", name);
    node.addEventListener("click", () => action(node));
    return node;
  };
  const same = (one, other) => one.length === other.length && one.every((id) => other.includes(id));
  const own = same(rows.map((row) => row.dataset.of), list.map(({ id }) => id));
  main.classList.toggle("own", own);
  const keep = (node, changed) => warn(node, !clips.write({ list: changed }) && texts.unkept);

  // A note for each that is clipped here: kept at every letter, also while the list stands open in another tab.
  const notes = rows.map((row, index) => {
    const id = row.dataset.of;
    const title = row.querySelector("h2").textContent.trim();
    const area = make("textarea", { id: `note-${index + 1}`, rows: 1, maxLength: 2000, dir: "auto" });
    const label = make("label", { htmlFor: area.id }, said.note, make("span", { className: "unseen", textContent: `: ${title}` }));
    const printed = make("p", { className: "noted", dir: "auto" });
    area.addEventListener("input", () => {
      const { list: now } = clips.read();
      const mine = now.find((each) => each.id === id);
      if (mine) mine.note = area.value;
      if (mine) keep(label, now);
      refresh();
    });
    const remove = own && button(said.remove, (node) => {
      const rest = clips.read().list.filter((each) => each.id !== id);
      if (keep(node, rest)) location.assign(address(rest) + (rest.length ? `#clip-${Math.min(index + 1, rest.length)}` : ""));
    }, said.removeIt.replace("{}", () => title));
    const box = make("div", { className: "note" }, label, area, ...(remove ? [remove] : []));
    row.append(box, printed);
    return { id, area, box, printed };
  });
  const refresh = () => {
    const now = new Map(clips.read().list.map(({ id, note }) => [id, note]));
    for (const { id, area, box, printed } of notes) {
      box.hidden = !now.has(id);
      if (area !== document.activeElement) area.value = now.get(id) ?? "";
      printed.textContent = now.get(id) ?? "";
      printed.hidden = !printed.textContent;
    }
  };
  refresh();
  addEventListener("storage", refresh);
  addEventListener("click", refresh); // a toggle of this page was pressed, perhaps

  // What came with the address of another can be added to one's own.
  const there = rows.filter((row) => row.querySelector(".citation")).map((row) => row.dataset.of);
  const news = there.filter((id) => !list.some((each) => each.id === id));
  if (rows.length && !own) {
    const add = button(said.add, (node) => {
      const all = [...clips.read().list];
      for (const id of there) if (!all.some((each) => each.id === id) && fits([...all, { id }])) all.push({ id, note: "" });
      if (!keep(node, all)) return;
      if (there.every((id) => all.some((each) => each.id === id))) location.assign(address(all));
      else warn(node, texts.full);
    });
    document.getElementById("own").append(make("p", { className: "matches", textContent: `${said.shared} ` },
      ...(news.length ? [add, " "] : []), ...(list.length ? [make("a", { href: address(list), textContent: said.mine })] : [])));
  }

  // Copying, and clearing after a second question.
  const acts = document.querySelector(".acts");
  const copying = (text, written) => button(text, async (node) => {
    try {
      await navigator.clipboard.writeText(written());
      node.textContent = texts.copied;
    } catch { /* not allowed here: the page can be marked and copied by hand */ }
  });
  const quoted = (row) => row.querySelector(".citation, .aside").textContent.trim();
  if (acts && navigator.clipboard) {
    acts.append(copying(said.cite, () => rows.map(quoted).join("\n")), copying(said.text, () => [
      ...rows.map((row, index) => [quoted(row), notes[index].printed.textContent && `${said.note}: ${notes[index].printed.textContent}`].filter(Boolean).join("\n")),
      document.getElementById("address").textContent].join("\n\n")));
  }
  if (acts && own) {
    const dialog = make("dialog", { className: "keys" });
    dialog.setAttribute("aria-labelledby", "sure");
    const clear = button(said.all, (node) => keep(node, []) && location.assign(address([])));
    dialog.append(make("h2", { id: "sure", textContent: said.sure }), make("p", { textContent: said.lost }),
      make("p", { className: "apply" }, clear, button(said.cancel, () => dialog.close())));
    acts.append(button(said.all, () => dialog.showModal()));
    main.append(dialog);
  }

  // The last searches: removed one by one, or all, or no more kept.
  const section = document.getElementById("recent");
  const body = make("div");
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const when = (time) => make("time", { className: "aside", textContent: Number.isFinite(time) ? moment.format(time) : "" });
  const show = (at) => {
    const now = searches.read();
    const change = (changed) => (node) => {
      if (searches.write(changed(searches.read()))) show(now.list.findIndex(({ text }) => text === node.dataset.text));
      else warn(node, texts.unkept);
    };
    const item = ({ id, text, time }) => {
      const drop = button(said.remove, change((was) => ({ list: was.list.filter((each) => each.text !== text) })), said.removeIt.replace("{}", () => text));
      drop.dataset.text = text;
      return make("li", {}, make("a", { href: id }, make("bdi", { textContent: text })), when(time), drop);
    };
    body.replaceChildren(
      now.list.length ? make("ul", { className: "recents" }, ...now.list.map(item)) : make("p", { textContent: said.none }),
      make("p", { className: "apply" }, ...(now.list.length ? [button(said.clear, change(() => ({ list: [] })))] : []),
        button(now.off ? said.on : said.off, change((was) => ({ off: !was.off, list: [] })))));
    if (at !== undefined) (body.querySelectorAll("li button")[Math.max(at, 0)] ?? body.querySelector("button")).focus();
  };
  show();
  addEventListener("storage", () => show());
  section.append(body);
  section.hidden = false;
  if (location.hash === "#recent") section.scrollIntoView();
})();
