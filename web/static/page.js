// Small comforts; every page works without this file.
"use strict";

(() => {
  // "/" puts the cursor into the question box, unless someone is typing elsewhere.
  document.addEventListener("keydown", (event) => {
    const box = document.getElementById("q");
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && box && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  enhance(document);

  // An address that names folded details unfolds them.
  const aimed = document.getElementById(location.hash.slice(1));
  if (aimed instanceof HTMLDetailsElement) aimed.open = true;

  function enhance(root) {
    copies(root);
    keeps(root);
    switches(root);
    const box = root.querySelector("form[data-complete] #q");
    if (box) completes(box);
  }

  // Citations in their several forms can be copied with one button each.
  function copies(root) {
    if (!navigator.clipboard) return;
    for (const block of root.querySelectorAll("details pre")) {
      const button = element("button", { type: "button", className: "quiet", textContent: `Copy as ${block.dataset.name}` });
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.textContent);
        button.textContent = "Copied";
      });
      block.before(button);
    }
  }

  // An answer with the place of its first quote, and its address, can be copied with one button each.
  function keeps(root) {
    const answer = root.querySelector("[data-copy]");
    if (!navigator.clipboard || !answer) return;
    const said = [answer.querySelector("h1"), ...answer.querySelectorAll(".answer-list > li")].map((each) => {
      const copy = each.cloneNode(true);
      copy.querySelectorAll(".sup").forEach((mark) => mark.remove());
      return copy.textContent.trim();
    });
    const plain = root.querySelector(".evidence pre[data-name='Plain text']")?.textContent;
    const line = element("p", { className: "copying screen" });
    const texts = [["Copy answer", [...said, ...(plain ? ["", plain] : [])].join("\n")], ["Copy link", location.href]];
    for (const [name, text] of answer.dataset.copy === "answer" ? texts : texts.slice(1)) {
      const button = element("button", { type: "button", className: "quiet", textContent: name });
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      });
      line.append(button);
    }
    (answer.querySelector(".answer-list") ?? answer.querySelector("h1")).after(line);
  }

  // Hourly or annual: the other figures come in place, where the reader is.
  function switches(root) {
    for (const link of root.querySelectorAll(".switch a")) {
      link.addEventListener("click", async (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        const answer = await fetch(link.href).catch(() => null);
        if (!answer?.ok) return location.assign(link.href);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const main = document.querySelector("main");
        const chosen = link.textContent;
        main.replaceChildren(...page.querySelector("main").childNodes);
        history.replaceState(null, "", link.href);
        enhance(main);
        [...main.querySelectorAll(".switch a")].find((each) => each.textContent === chosen)?.focus();
      });
    }
  }

  // The box completes from the index's own words and headings: an ARIA combobox with a list of options.
  function completes(input) {
    const list = element("ul", { id: "completions", className: "completions", role: "listbox", hidden: true });
    const said = element("p", { className: "unseen", role: "status" });
    list.setAttribute("aria-label", "Completions");
    input.after(list, said);
    const state = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(state)) input.setAttribute(name, value);
    let typed = "";
    let at = -1;
    let waiting = 0;

    const show = (texts) => {
      at = -1;
      list.replaceChildren(...texts.map((textContent, n) => element("li", { id: `completion-${n}`, role: "option", textContent })));
      list.hidden = texts.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
      said.textContent = texts.length ? `${texts.length} completions, arrow keys choose` : "";
    };
    const choose = (to) => {
      list.children[at]?.removeAttribute("aria-selected");
      at = to;
      const option = list.children[at];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
      input.value = option ? option.textContent : typed;
    };
    const ask = async () => {
      const wanted = typed.trimStart();
      if (wanted.length < 2) return show([]);
      const answer = await fetch(`/api/complete?q=${encodeURIComponent(wanted)}`).catch(() => null);
      if (!answer?.ok) return;
      const { completions } = await answer.json();
      if (typed.trimStart() === wanted && document.activeElement === input) show(completions);
    };

    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    });
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (list.hidden) return;
      if (step) {
        event.preventDefault();
        const places = list.children.length + 1;
        choose(((at + 1 + step + places) % places) - 1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        choose(-1);
        show([]);
      }
    });
    input.addEventListener("blur", () => show([]));
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (!option) return;
      input.value = typed = option.textContent;
      show([]);
    });
  }

  function element(name, properties) {
    const { role, ...rest } = properties;
    const made = Object.assign(document.createElement(name), rest);
    if (role) made.setAttribute("role", role);
    return made;
  }
})();
