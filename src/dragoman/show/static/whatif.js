// What-if: change a number, see the answer.  The address keeps the changes, so it can be shared.
"use strict";

(() => {
  const form = document.querySelector("form[data-whatif]");
  if (!form) return;
  const answer = document.getElementById("answer");
  const reset = form.querySelector("[data-reset]");
  const inputs = [...form.querySelectorAll("[data-base]")];
  let timer = 0;
  let asked = 0;

  const changes = () => {
    const query = new URLSearchParams();
    for (const input of form.querySelectorAll("input[type=hidden]")) query.set(input.name, input.value);
    for (const input of inputs) {
      const moved = parseFloat(input.value) !== parseFloat(input.dataset.base);
      input.classList.toggle("changed", moved);
      if (moved && input.value !== "") query.set(input.name, input.value);
    }
    return query;
  };
  const remember = (query) => {
    history.replaceState(null, "", query.size ? `${location.pathname}?${query}` : location.pathname);
    for (const save of document.querySelectorAll("form[data-save]")) {
      for (const old of save.querySelectorAll("input[name^='set.']")) old.remove();
      for (const [name, value] of query) {
        if (!name.startsWith("set.")) continue;
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        field.value = value;
        save.append(field);
      }
    }
  };
  const ask = async () => {
    const query = changes();
    const mine = ++asked;
    answer.setAttribute("aria-busy", "true");
    const response = await fetch(`${form.dataset.whatif}?${query}`, { headers: { accept: "text/html" } });
    const html = await response.text();
    if (mine !== asked) return;
    const parsed = new DOMParser().parseFromString(html, "text/html");
    if (response.ok) {
      for (const part of parsed.querySelectorAll("[data-part]")) {
        const place = document.getElementById(part.dataset.part);
        place.replaceChildren(...part.childNodes);
        window.dragoman.dress(place);
      }
      remember(query);
    } else {
      window.dragoman.toast(parsed.querySelector("main .lead")?.textContent ?? "This cannot be answered.");
    }
    answer.removeAttribute("aria-busy");
  };
  const show = (input) => {
    const output = input.parentElement.querySelector("output");
    if (output) output.textContent = input.value;
  };

  form.addEventListener("input", (event) => {
    show(event.target);
    reset.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  reset.addEventListener("click", () => {
    for (const input of inputs) {
      input.value = input.dataset.base;
      show(input);
    }
    ask();
    reset.hidden = true;
  });
  changes();
  if (inputs.some((input) => input.classList.contains("changed"))) reset.hidden = false;
})();
