// Keys for the chronology. Everything they do can be done with links too, so the pages work without this file.
"use strict";
(() => {
  const events = () => [...document.querySelectorAll("article.event")];
  const months = () => [...document.querySelectorAll("section.month > h2, .lane > h2")];
  const dialog = document.getElementById("keys");
  let pending = "";

  const current = () => events().findIndex((event) => event.classList.contains("here"));

  function step(by) {
    const all = events();
    if (!all.length) return;
    const at = current();
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
    choose(next);
  }

  function choose(event) {
    events().forEach((other) => other.classList.toggle("here", other === event));
    event.querySelector("a.open").focus({ preventScroll: true });
    event.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  function leap(by) {
    const heads = months();
    const top = 80;
    const places = heads.map((head) => head.parentElement.getBoundingClientRect().top);
    const at = by > 0 ? places.findIndex((y) => y > top + 4) : places.findLastIndex((y) => y < top - 4);
    if (at < 0) return;
    const event = heads[at].parentElement.querySelector("article.event");
    heads[at].parentElement.scrollIntoView({ block: "start" });
    if (event) { choose(event); heads[at].parentElement.scrollIntoView({ block: "start" }); }
  }

  function follow(selector) {
    const event = events()[current()];
    const link = event && event.querySelector(selector);
    if (link) link.click();
  }

  const actions = {
    "/": () => { const box = document.getElementById("q"); box.focus(); box.select(); },
    j: () => step(1),
    k: () => step(-1),
    o: () => follow("a.source"),
    "[": () => leap(-1),
    "]": () => leap(1),
    "?": () => dialog.showModal(),
    e: () => visit("#correct"),
    z: () => press("z", document),
    a: () => press("a", scope()),
    x: () => press("x", scope()),
  };
  for (let digit = 1; digit < 10; digit += 1) actions[digit] = () => press(String(digit), scope());

  // The forms on the page: the chosen case of a list, else the form of the one event shown.
  function scope() {
    return events()[current()] || document.querySelector(".correct");
  }

  function press(key, place) {
    const all = place ? [...place.querySelectorAll(`[data-key="${key}"]`)] : [];
    const target = all.at(-1);
    if (target) { target.focus(); target.click(); }
  }

  function visit(selector) {
    const place = document.querySelector(selector);
    const event = events()[current()];
    if (!place && event) { const link = event.querySelector("a.open"); if (link) location.assign(link.href.split("#")[0] + selector); return; }
    if (!place) return;
    place.scrollIntoView({ block: "start" });
    const field = place.querySelector("input:not([type=hidden]), a");
    if (field) field.focus({ preventScroll: true });
  }

  // Back from a decision: the case that now stands where the decided one stood is the chosen one.
  const cases = events().filter((event) => event.classList.contains("case"));
  const place = location.hash.match(/^#r(\d+)$/);
  if (cases.length && place) choose(cases[Math.min(Number(place[1]), cases.length) - 1]);
  else if (cases.length) cases[0].classList.add("here");
  if (location.hash === "#correct") visit("#correct");

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.copied;
    });
  }

  document.addEventListener("keydown", (press) => {
    const typing = press.target.closest("input, textarea, select, [contenteditable]");
    if (press.key === "Escape" && typing) { typing.blur(); return; }
    if (typing || press.ctrlKey || press.metaKey || press.altKey || dialog.open) return;
    if (pending === "g" && press.key === "u") {
      const lane = document.getElementById("unknown-year") || document.getElementById("to-lane");
      if (lane) { lane.focus(); lane.scrollIntoView({ block: "start" }); }
      pending = "";
      return;
    }
    pending = press.key;
    const action = actions[press.key];
    if (action) { press.preventDefault(); action(); }
  });
})();
