/* A search box for other sites: <broadsheet-search base="https://archive.example"></broadsheet-search>
   Plain form in a shadow root, suggestions where the archive allows the site to ask. See docs/embed.md. */
(() => {
  "use strict";
  if (!window.customElements || customElements.get("broadsheet-search")) return;

  const OWN = document.currentScript ? document.currentScript.src.replace(/\/static\/embed\.js(\?.*)?$/, "") : "";
  const WAIT = 150; // ms after the last key
  const LEAST = 2; // characters
  const PATIENCE = 2; // failed requests after which no more are made
  const STYLE = `
    :host { display: block; max-inline-size: 40rem; font: inherit; }
    :host([hidden]) { display: none; }
    form { position: relative; display: flex; gap: .5rem; }
    .field { position: relative; flex: 1; min-inline-size: 0; }
    input, button { box-sizing: border-box; font: inherit; line-height: 1.25; padding: .55em .7em; color: inherit;
      border: 1px solid var(--broadsheet-rule, #767676); border-radius: var(--broadsheet-radius, .2rem); }
    input { inline-size: 100%; background: var(--broadsheet-paper, Field); color: var(--broadsheet-ink, FieldText); }
    button { background: var(--broadsheet-accent, #8a1c14); border-color: transparent; cursor: pointer;
      color: var(--broadsheet-accent-ink, #fff); }
    input:focus-visible, button:focus-visible { outline: 3px solid var(--broadsheet-focus, #0b57d0); outline-offset: 1px; }
    ul { position: absolute; inset-inline: 0; inset-block-start: 100%; z-index: 10; margin: .2rem 0 0; padding: .25rem 0;
      list-style: none; background: var(--broadsheet-paper, Canvas); color: var(--broadsheet-ink, CanvasText);
      border: 1px solid var(--broadsheet-rule, #767676); border-radius: var(--broadsheet-radius, .2rem);
      max-block-size: 20rem; overflow: auto; box-shadow: 0 .3rem 1rem rgb(0 0 0 / .2); }
    ul[hidden] { display: none; }
    li { display: flex; justify-content: space-between; gap: 1rem; padding: .45em .7em; cursor: pointer; }
    li span { opacity: .75; font-size: .85em; white-space: nowrap; }
    li[aria-selected="true"], li:hover { background: var(--broadsheet-accent, #8a1c14);
      color: var(--broadsheet-accent-ink, #fff); }
    li[aria-selected="true"] { outline: 2px solid currentColor; outline-offset: -3px; }
    .live { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (forced-colors: active) { li[aria-selected="true"] { forced-color-adjust: none; background: Highlight;
      color: HighlightText; } }`;

  /** An element with attributes and children; text is never read as markup. */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  class BroadsheetSearch extends HTMLElement {
    static observedAttributes = ["base", "label", "placeholder", "button", "params", "target", "suggestions"];

    #root = this.attachShadow({ mode: "open", delegatesFocus: true });
    #offers = [];
    #active = -1;
    #failures = 0;
    #timer = 0;
    #asking = null;

    connectedCallback() {
      this.#draw();
    }

    disconnectedCallback() {
      this.#close();
    }

    attributeChangedCallback() {
      if (this.isConnected) this.#draw();
    }

    /** The address of the archive without a slash at the end; empty where it is none. */
    get base() {
      try {
        const url = new URL(this.getAttribute("base") || OWN, document.baseURI);
        return /^https?:$/.test(url.protocol) ? url.origin + url.pathname.replace(/\/+$/, "") : "";
      } catch {
        return "";
      }
    }

    get value() {
      return this.input ? this.input.value : "";
    }

    set value(text) {
      if (this.input) this.input.value = text;
    }

    #draw() {
      const typed = this.value;
      const base = this.base;
      const label = this.getAttribute("label") || "Search the archive";
      this.#close();
      this.#failures = 0;
      if ("adoptedStyleSheets" in this.#root && !this.#root.adoptedStyleSheets.length) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        this.#root.adoptedStyleSheets = [sheet];
      }
      if (!base) return this.#root.replaceChildren(make("slot"));
      this.input = make("input", {
        type: "search", name: "q", part: "input", role: "combobox", maxlength: 1000, autocomplete: "off",
        autocapitalize: "off", spellcheck: "false", dir: "auto", "aria-label": label, "aria-autocomplete": "list",
        "aria-expanded": "false", "aria-controls": "offers", placeholder: this.getAttribute("placeholder") || label,
      });
      this.input.value = typed;
      this.list = make("ul", { id: "offers", part: "list", role: "listbox", "aria-label": label, hidden: "" });
      this.live = make("div", { class: "live", role: "status" });
      this.form = make("form", { action: `${base}/search`, method: "get", role: "search", part: "form",
        target: this.getAttribute("target") || "_self" },
        make("div", { class: "field" }, this.input, this.list),
        make("button", { type: "submit", part: "button" }, this.getAttribute("button") || "Search"), this.live);
      for (const [name, value] of new URLSearchParams(this.getAttribute("params") || ""))
        if (name !== "q") this.form.append(make("input", { type: "hidden", name, value }));
      this.input.addEventListener("input", () => this.#later());
      this.input.addEventListener("keydown", (event) => this.#key(event));
      this.input.addEventListener("blur", () => this.#close());
      this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
      this.list.addEventListener("click", (event) => {
        const at = [...this.list.children].indexOf(event.target.closest("li"));
        if (at >= 0) this.#choose(at);
      });
      this.#root.replaceChildren(this.form);
    }

    #later() {
      clearTimeout(this.#timer);
      if (this.value.trim().length < LEAST) return this.#close();
      if (this.getAttribute("suggestions") === "off" || this.#failures >= PATIENCE) return;
      this.#timer = setTimeout(() => this.#ask(this.value), WAIT);
    }

    async #ask(typed) {
      this.#asking?.abort();
      const asking = (this.#asking = new AbortController());
      try {
        const url = `${this.base}/suggest?q=${encodeURIComponent(typed.slice(0, 200))}`;
        const answer = await fetch(url, { signal: asking.signal, credentials: "omit", referrerPolicy: "no-referrer" });
        if (!answer.ok) throw new Error(answer.status);
        const [, texts, remarks = [], urls = []] = await answer.json();
        this.#failures = 0;
        if (asking.signal.aborted || typed !== this.value) return;
        this.#show(texts.map((text, at) => ({ text: String(text), remark: remarks[at] || "", url: urls[at] || "" })));
      } catch (error) {
        // Without suggestions the box still searches.
        if (error.name !== "AbortError") this.#failures += 1;
      }
    }

    #show(offers) {
      this.#offers = offers;
      this.#active = -1;
      this.list.replaceChildren(...offers.map(({ text, remark }, at) =>
        make("li", { id: `offer-${at}`, role: "option", part: "option", "aria-selected": "false" },
          make("bdi", {}, text), make("span", {}, remark))));
      this.list.hidden = !offers.length;
      this.input.setAttribute("aria-expanded", String(!!offers.length));
      this.input.removeAttribute("aria-activedescendant");
      this.live.textContent = offers.length ? String(offers.length) : "";
    }

    #close() {
      clearTimeout(this.#timer);
      this.#asking?.abort();
      if (this.list) this.#show([]);
    }

    #key(event) {
      if (event.isComposing) return;
      const count = this.#offers.length;
      if (event.key === "Escape" && count) {
        event.preventDefault();
        this.#close();
      } else if (event.key === "ArrowDown" && !count) {
        this.#later();
      } else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        // One step beyond either end is the field itself.
        const steps = count + 1;
        this.#mark(((this.#active + 1 + (event.key === "ArrowDown" ? 1 : steps - 1)) % steps) - 1);
      } else if (event.key === "Enter" && this.#active >= 0) {
        event.preventDefault();
        this.#choose(this.#active);
      }
    }

    #mark(at) {
      this.#active = at;
      [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      if (at < 0) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", `offer-${at}`);
      this.list.children[at].scrollIntoView({ block: "nearest" });
    }

    #choose(at) {
      const { text, url } = this.#offers[at];
      this.#close();
      this.value = text;
      // The archive may lead to its own pages only.
      if (url.startsWith(`${this.base}/`)) window.open(url, this.form.target, this.form.target === "_blank" ? "noopener" : "");
      else this.form.requestSubmit();
    }
  }

  customElements.define("broadsheet-search", BroadsheetSearch);
})();
