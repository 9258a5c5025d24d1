// Review by keyboard: one finding is current; a key decides it and goes on to the next.
"use strict";

(() => {
  const list = document.querySelector("[data-reviews]");
  window.dragomanKeys = [["j k", "next and last finding"], ["a", "accept"], ["r", "reject"], ["c", "correct"], ["o", "open the article"], ["u", "undo the last decision"]];
  if (!list) return;
  const items = () => [...list.querySelectorAll(".review-item")];
  let place = -1;

  const go = (to) => {
    const all = items();
    if (!all.length) return;
    place = Math.max(0, Math.min(to, all.length - 1));
    all.forEach((item, i) => item.classList.toggle("current", i === place));
    all[place].focus({ preventScroll: true });
    all[place].scrollIntoView({ block: "nearest" });
  };
  const send = async (form, button) => {
    const data = new URLSearchParams(new FormData(form));
    if (button?.name) data.set(button.name, button.value);
    const response = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { accept: "application/json" } });
    const answer = await response.json().catch(() => ({ error: "refused" }));
    if (!response.ok) throw new Error(answer.error);
    return answer;
  };
  const settle = (item, answer) => {
    const note = document.createElement("p");
    note.className = "small";
    note.textContent = `Decision ${answer.decision}: ${answer.action}.`;
    item.querySelector(".actions")?.replaceChildren(note);
    item.dataset.decided = answer.decision;
    last = answer.decision;
    window.dragoman.toast(`${answer.action}, u to undo`);
  };
  let last = document.querySelector("[data-undo] input[name=decision]")?.value ?? "";

  const decide = async (form, button) => {
    const item = form.closest(".review-item");
    try {
      settle(item, await send(form, button));
      go(items().indexOf(item) + 1);
    } catch (error) {
      window.dragoman.toast(error.message);
    }
  };
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-decide]")) return;
    event.preventDefault();
    decide(event.target, event.submitter);
  });
  const undo = async () => {
    if (!last) return window.dragoman.toast("Nothing to undo.");
    const data = new URLSearchParams({ token: window.dragoman.token(), decision: last });
    const response = await fetch("/act/undo", { method: "POST", body: data, headers: { accept: "application/json" } });
    if (response.ok) location.reload();
    else window.dragoman.toast((await response.json()).error);
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const item = items()[place];
    const press = (value) => {
      const button = item?.querySelector(`button[value=${value}]`);
      if (button) decide(button.form, button);
    };
    if (event.key === "j") go(place + 1);
    else if (event.key === "k") go(place - 1);
    else if (event.key === "a") press("accept");
    else if (event.key === "r") press("reject");
    else if (event.key === "o") item?.querySelector("a.open-article")?.click();
    else if (event.key === "u") undo();
    else if (event.key === "c") {
      const box = item?.querySelector("details");
      if (box) { box.open = true; box.querySelector("select")?.focus(); event.preventDefault(); }
    }
  });
})();
