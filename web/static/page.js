// Small comforts; every page works without this file.
"use strict";

(() => {
  const box = document.getElementById("q");

  // "/" puts the cursor into the question box, unless someone is typing elsewhere.
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && box && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  // Citations in their several forms can be copied with one button each.
  if (navigator.clipboard) {
    for (const block of document.querySelectorAll("details pre")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = `Copy as ${block.dataset.name}`;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.textContent);
        button.textContent = "Copied";
      });
      block.before(button);
    }
  }

  // The box completes from the index's own words and headings.
  if (box) {
    const list = document.createElement("datalist");
    list.id = "completions";
    box.after(list);
    box.setAttribute("list", list.id);
    let asked = "";
    let waiting = 0;
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(complete, 120);
    });
    const complete = async () => {
      const typed = box.value.trimStart();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      const answer = await fetch(`/api/complete?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || asked !== typed) return;
      const { completions } = await answer.json();
      list.replaceChildren(...completions.map((text) => Object.assign(document.createElement("option"), { value: text })));
    };
  }
})();
