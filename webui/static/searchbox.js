// <broadsheet-search archive="https://archive.example"></broadsheet-search>: the search box of an archive, on any page.
// Attributes: archive (required), label, button, placeholder, lang-ui (language of the results page). Suggestions need
// the archive to name this site in [web] cors_origins; without that the box searches all the same.
class BroadsheetSearch extends HTMLElement {
  static STYLE = `
    :host { display: block; max-inline-size: 34rem; font: inherit; }
    form { display: flex; position: relative; }
    input { flex: 1; min-inline-size: 0; font: inherit; padding: .5em .7em; border: 1px solid currentColor; border-inline-end: 0; border-radius: 0; background: Field; color: FieldText; }
    button { font: inherit; font-weight: 600; padding: .5em 1em; border: 1px solid currentColor; background: ButtonText; color: ButtonFace; cursor: pointer; }
    label { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    ul { position: absolute; inset-block-start: 100%; inset-inline: 0; z-index: 9; margin: 0; padding: 0; list-style: none; background: Canvas; color: CanvasText; border: 1px solid currentColor; }
    ul[hidden] { display: none; }
    li { padding: .45em .7em; cursor: pointer; }
    li[aria-selected=true], li:hover { background: Highlight; color: HighlightText; }
    :focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }`;

  connectedCallback() {
    if (this.shadowRoot) return;
    const base = this.#base();
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(BroadsheetSearch.STYLE);
    root.adoptedStyleSheets = [sheet];
    const make = (tag, attributes, text = "") => {
      const node = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
      node.textContent = text;
      return node;
    };
    const label = this.getAttribute("label") ?? "Search the archive";
    const form = make("form", { role: "search", method: "get", action: base ? `${base}/search` : "" });
    const input = make("input", { type: "search", name: "q", id: "q", autocomplete: "off", maxlength: "1000", dir: "auto", role: "combobox",
      "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": "offers", placeholder: this.getAttribute("placeholder") ?? label });
    const list = make("ul", { id: "offers", role: "listbox", "aria-label": label, hidden: "" });
    form.append(make("label", { for: "q" }, label), input, make("button", { type: "submit" }, this.getAttribute("button") ?? "Search"), list);
    const language = this.getAttribute("lang-ui");
    if (language) form.append(make("input", { type: "hidden", name: "ui", value: language }));
    root.append(form);
    if (base) this.#suggest(base, form, input, list, make);
  }

  // Only a web address: nothing else may become the target of a form.
  #base() {
    try {
      const url = new URL(this.getAttribute("archive"), document.baseURI);
      return ["http:", "https:"].includes(url.protocol) ? url.href.replace(/[?#].*$/, "").replace(/\/+$/, "") : "";
    } catch {
      return "";
    }
  }

  #suggest(base, form, input, list, make) {
    let timer = 0, chosen = -1, running = null;
    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const show = (offers) => {
      list.replaceChildren(...offers.map((text, index) => {
        const item = make("li", { id: `offer-${index}`, role: "option", "aria-selected": "false", dir: "auto" }, text);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          input.value = text;
          form.requestSubmit();
        });
        return item;
      }));
      list.hidden = !offers.length;
      chosen = -1;
      input.setAttribute("aria-expanded", String(offers.length > 0));
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const text = input.value.trim();
      if (text.length < 2) return close();
      timer = setTimeout(async () => {
        running?.abort();
        running = new AbortController();
        try {
          const answer = await fetch(`${base}/suggest?${new URLSearchParams({ q: text })}`, { signal: running.signal, credentials: "omit" });
          if (answer.ok && input.value.trim() === text) show((await answer.json())[1].slice(0, 8).map(String));
        } catch { /* not allowed, not there, or a newer letter */ }
      }, 150);
    });
    input.addEventListener("keydown", (event) => {
      const items = list.children;
      if (list.hidden || !items.length || event.isComposing) return;
      if (event.key === "Escape") {
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        items[chosen]?.setAttribute("aria-selected", "false");
        chosen = (chosen + (event.key === "ArrowDown" ? 1 : items.length - (chosen < 0 ? 0 : 1))) % items.length;
        items[chosen].setAttribute("aria-selected", "true");
        input.setAttribute("aria-activedescendant", items[chosen].id);
        input.value = items[chosen].textContent;
      } else {
        return;
      }
      event.preventDefault();
    });
    input.addEventListener("blur", close);
  }
}
customElements.get("broadsheet-search") || customElements.define("broadsheet-search", BroadsheetSearch);
