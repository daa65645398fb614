// The search of a dossier: words of its articles, read from script files beside it. See webui/dossier/search_data.py.
"use strict";
(() => {
  const form = document.querySelector("form.box"), box = document.getElementById("q");
  const list = document.getElementById("found"), says = document.getElementById("says");
  if (!list) return;
  const texts = list.dataset, language = document.documentElement.lang;
  const waiting = new Map(), files = new Map();
  let about;

  window.dossier = {
    index: (value) => { about = value; },
    words: (at, flat) => waiting.get(`words-${pad(at)}`)(new Map(pairs(flat))),
    articles: (at, rows) => waiting.get(`articles-${pad(at)}`)(rows),
  };

  const pad = (at) => String(at).padStart(4, "0");
  function* pairs(flat) { for (let at = 0; at < flat.length; at += 2) yield [flat[at], flat[at + 1]]; }

  // One file of the folder `search`, once. A page of a disk may not fetch, but may take in a script.
  function file(name) {
    if (!files.has(name)) files.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, resolve);
      script.onerror = () => reject(new Error(name));
      script.src = `search/${name}.js`;
      document.head.append(script);
    }));
    return files.get(name);
  }

  // Words, as indexer/analysis/tokens.py cuts them out of folded text.
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf"
    + "\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const SOLID = "[\\p{L}\\p{N}]", LETTER = `(?![${UNSPACED}])\\p{L}`, WORD = `(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`;
  const TOKEN = new RegExp(
    `((?<![+#])(?<!${SOLID})[a-z](?:\\+\\+(?!\\p{L})|#(?!${SOLID}))(?![+#])|(?<!\\.)(?<!${SOLID})\\.net(?!${SOLID}))`
    + `|((?<!${SOLID})${LETTER}(?:\\.${LETTER})+(?!${SOLID})\\.?)|(${WORD}(?:'${WORD})*)|([${UNSPACED}]+)`, "gu");
  const ELISIONS = new Set("l d j m t s n c qu jusqu lorsqu puisqu dell nell all un".split(" "));
  let folds;

  function fold(text) {
    if (!folds) {
      folds = new Map();
      for (const [to, from] of pairs(about.fold)) for (const letter of from) folds.set(letter, to);
    }
    let found = "";
    for (const letter of text.normalize("NFC")) found += folds.get(letter) ?? letter.toLowerCase();
    return found;
  }

  function tokens(text) {
    const found = [];
    for (const [whole, signed, acronym, word, run] of fold(text).matchAll(TOKEN)) {
      if (signed) found.push(signed);
      else if (acronym) found.push(acronym.replaceAll(".", ""));
      else if (word) found.push(bare(word));
      else {
        const letters = [...run];
        if (letters.length < 2) found.push(whole);
        for (let at = 0; at + 1 < letters.length; at++) found.push(letters[at] + letters[at + 1]);
      }
    }
    return found;
  }

  function bare(word) {
    if (word.endsWith("'s")) word = word.slice(0, -2);
    const at = word.indexOf("'");
    if (at > 0 && ELISIONS.has(word.slice(0, at)) && word.length > at + 2) word = word.slice(at + 1);
    return word.replaceAll("'", "");
  }

  // A query: words, "phrases", beginnings*, and -what is left out.
  function parse(query) {
    const parts = [];
    for (const found of query.matchAll(/(-?)(?:["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+))/gu)) {
      const words = tokens(found[2] ?? found[3]);
      const open = found[3]?.endsWith("*") || (words.length === 1 && [...words[0]].length === 1 && TOKEN_RUN.test(words[0]));
      if (words.length) parts.push({ words, open, out: found[1] === "-" });
    }
    return parts;
  }
  const TOKEN_RUN = new RegExp(`^[${UNSPACED}]$`, "u");

  function shard(word) {
    let low = 0, high = about.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (about.starts[middle] <= word) low = middle + 1; else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // Article -> places of a word in it.
  function places(text) {
    const found = new Map();
    let article = 0;
    for (const entry of text ? text.split(",") : []) {
      const [step, steps] = entry.split(":");
      found.set(article += parseInt(step, 16), steps);
    }
    return found;
  }

  function numbers(steps) {
    let place = 0;
    return steps.split(" ").map((step) => place += parseInt(step, 16));
  }

  async function ofWord(word) {
    if (!about.starts.length) return new Map();
    return places((await file(`words-${pad(shard(word))}`)).get(word));
  }

  const MOST = 400; // words that a beginning may stand for
  async function ofBeginning(start) {
    const found = new Map();
    let left = MOST;
    for (let at = shard(start); at < about.starts.length && left > 0; at++) {
      if (about.starts[at] > start && !about.starts[at].startsWith(start)) break;
      for (const [word, text] of await file(`words-${pad(at)}`)) {
        if (!word.startsWith(start) || left-- <= 0) continue;
        for (const [article, steps] of places(text)) {
          const before = found.get(article);
          found.set(article, before ? [...new Set([...before, ...numbers(steps)])] : numbers(steps));
        }
      }
    }
    return found;
  }

  async function ofPart({ words, open }) {
    const sets = await Promise.all(words.map((word, at) =>
      open && at === words.length - 1 && word.length > (TOKEN_RUN.test(word) ? 0 : 1) ? ofBeginning(word) : ofWord(word)));
    const found = new Set();
    const listed = (set, article) => { const all = set.get(article); return Array.isArray(all) ? all : numbers(all); };
    for (const article of sets[0].keys()) {
      if (!sets.every((set) => set.has(article))) continue;
      if (sets.length === 1) { found.add(article); continue; }
      const rest = sets.slice(1).map((set) => new Set(listed(set, article)));
      if (listed(sets[0], article).some((place) => rest.every((set, at) => set.has(place + at + 1)))) found.add(article);
    }
    return found;
  }

  async function search(query) {
    const parts = parse(query);
    const sets = await Promise.all(parts.map(ofPart));
    let found = parts.some((part) => !part.out) ? null : new Set(Array.from({ length: about.total }, (_, at) => at + 1));
    parts.forEach((part, at) => {
      if (!part.out) found = found ? new Set([...found].filter((article) => sets[at].has(article))) : sets[at];
    });
    parts.forEach((part, at) => { if (part.out) found = new Set([...found].filter((article) => !sets[at].has(article))); });
    return parts.length ? [...found].sort((one, other) => one - other) : [];
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const number = (value) => new Intl.NumberFormat(language).format(value);
  const PAGE = 50;

  async function show(found, from, word) {
    const part = found.slice(from, from + PAGE);
    const blocks = new Map();
    for (const article of part) {
      const at = Math.floor((article - 1) / about.block);
      blocks.set(at, await file(`articles-${pad(at)}`));
    }
    for (const article of part) {
      const [title, lang, dir, page, facts, lead] = blocks.get(Math.floor((article - 1) / about.block))[(article - 1) % about.block];
      const here = lang ? { lang, dir } : { dir };
      const href = word ? `${page}#:~:text=${encodeURIComponent(word).replaceAll("-", "%2D")}` : page;
      list.append(element("li", {}, element("article", { className: "hit" },
        element("h2", here, element("a", { href, textContent: title })),
        element("p", { className: "facts", textContent: `${texts.number.replace("{}", article)} · ${facts}` }),
        element("p", { className: "snippet", textContent: lead, ...here }))));
    }
    if (from + PAGE < found.length) {
      const more = element("button", { type: "button", className: "quiet", textContent: texts.more });
      const last = element("p", { className: "more" }, more);
      more.onclick = async () => { last.remove(); await show(found, from + PAGE, word); list.children[from + PAGE].querySelector("a").focus(); };
      list.after(last);
    }
  }

  async function answer(query) {
    says.textContent = texts.searching;
    try {
      const found = await search(query);
      const form = texts[new Intl.PluralRules(language).select(found.length)] ?? texts.other;
      says.textContent = found.length ? form.replace("#", number(found.length)) : texts.nothing;
      document.title = `${query} – ${document.title}`;
      const first = parse(query).find((part) => !part.out);
      await show(found, 0, first && !first.open ? query.match(/[^\s"“”„«»]+/u)[0] : "");
    } catch (error) {
      says.textContent = texts.broken.replace("{}", error.message);
    }
  }

  window.addEventListener("DOMContentLoaded", () => {
    const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
    box.value = query;
    if (query && about) answer(query); else box.focus();
  });
})();
