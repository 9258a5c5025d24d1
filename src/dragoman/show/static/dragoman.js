// Dragoman's page script: tables that sort, filter and download; keys; charts on request.
// No framework, no network but this server, no inline code.  The page works without it.
"use strict";

(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const token = () => $("meta[name=dragoman-token]")?.content ?? "";

  // ---- Tables -------------------------------------------------------------
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v ?? cell.textContent.trim();
  };
  const compare = (number) => (a, b) => {
    if (number) {
      const [x, y] = [a, b].map((v) => parseFloat(v.replace("\u2212", "-").replace(/[\u202f,]/g, "")));
      return (Number.isNaN(x) ? -Infinity : x) - (Number.isNaN(y) ? -Infinity : y);
    }
    return a.localeCompare(b, "en", { numeric: true });
  };
  const sortBy = (table, column, descending) => {
    const number = table.tHead.rows[0].cells[column].classList.contains("number");
    const order = compare(number);
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => order(valueOf(a, column), valueOf(b, column)) * (descending ? -1 : 1));
    table.tBodies[0].append(...rows);
    [...table.tHead.rows[0].cells].forEach((th, i) => {
      if (i === column) th.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
  };
  const csvOf = (table) => {
    const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
    const lines = [[...table.tHead.rows[0].cells].map((th) => quote(th.textContent.trim()))];
    for (const row of table.tBodies[0].rows) {
      lines.push([...row.cells].map((_, i) => quote(safe(valueOf(row, i)))));
    }
    return lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
  };
  const save = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const state = (wrap) => `${wrap.id}.sort`;
  const remember = (wrap, column, descending) => {
    if (document.body.dataset.offline !== undefined) return;
    const address = new URL(location.href);
    address.searchParams.set(state(wrap), `${column}${descending ? "d" : "a"}`);
    history.replaceState(null, "", address);
  };
  const dressTable = (wrap) => {
    const table = $("table", wrap);
    if (!table || wrap.dataset.dressed) return;
    wrap.dataset.dressed = "1";
    [...table.tHead.rows[0].cells].forEach((th, column) => {
      const button = $("button", th);
      button.disabled = false;
      button.addEventListener("click", () => {
        const descending = th.getAttribute("aria-sort") === "ascending";
        sortBy(table, column, descending);
        remember(wrap, column, descending);
      });
    });
    const tools = $("[data-tools]", wrap);
    const box = tools && $("[data-filter]", tools);
    if (box) {
      // It has had its place from the start, so that nothing moves when it can be used.
      box.disabled = false;
      box.addEventListener("input", () => {
        const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const row of table.tBodies[0].rows) {
          const text = row.textContent.toLowerCase();
          row.hidden = !words.every((word) => text.includes(word));
        }
      });
    }
    if (tools && !$("a[download]", tools)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = "CSV";
      button.addEventListener("click", () => save(`${wrap.dataset.table}.csv`, csvOf(table)));
      tools.append(button);
    }
    const kept = new URL(location.href).searchParams.get(state(wrap));
    if (kept && /^\d+[ad]$/.test(kept)) {
      const column = parseInt(kept, 10);
      if (column < table.tHead.rows[0].cells.length) sortBy(table, column, kept.endsWith("d"));
    }
  };
  const dress = (root) => $$("[data-table]", root).forEach(dressTable);
  // Buttons of sorting may not move the head row: they are dressed before the first paint.
  dress(document);

  // ---- Charts that answer to the pointer, on request ------------------------
  const load = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`could not load ${address}`));
    document.head.append(script);
  });
  const interact = async (button) => {
    button.disabled = true;
    const figure = button.closest("figure");
    const plate = $(".plate", figure);
    const address = new URL(location.href);
    address.pathname = `/chart${address.pathname === "/" ? "/overview" : address.pathname}`;
    address.searchParams.set("chart", button.dataset.interact);
    const [response] = await Promise.all([fetch(address), window.vegaEmbed ? null : load(document.body.dataset.bundle)]);
    const spec = await response.json();
    plate.style.minHeight = `${plate.offsetHeight}px`;
    plate.replaceChildren();
    await window.vegaEmbed(plate, spec, { ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } });
    plate.removeAttribute("role");
    button.remove();
  };
  $$("[data-interact]").forEach((button) => {
    button.disabled = false;
    button.addEventListener("click", () => interact(button).catch((error) => toast(String(error.message ?? error))));
  });

  // ---- Messages ---------------------------------------------------------------
  const toast = (text) => {
    const box = document.createElement("div");
    box.className = "toast";
    box.setAttribute("role", "status");
    box.textContent = text;
    document.body.append(box);
    setTimeout(() => box.remove(), 4000);
  };

  // ---- Evidence: open the marked sentence -------------------------------------
  const aim = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    $$(".target").forEach((item) => item.classList.remove("target"));
    if (id && document.getElementById(id)?.closest(".article")) document.getElementById(id).classList.add("target");
  };
  addEventListener("hashchange", aim);
  aim();

  // ---- Keys ---------------------------------------------------------------------
  const help = () => {
    let box = $("#keys");
    if (!box) {
      box = document.createElement("dialog");
      box.id = "keys";
      box.setAttribute("aria-labelledby", "keys-title");
      const title = document.createElement("h3");
      title.id = "keys-title";
      title.textContent = "Keys";
      const list = document.createElement("ul");
      const lines = [["1–9, 0", "open a page by its number"], ["/", "go to the search or filter"], ["?", "this list"], ["Esc", "close"]];
      for (const [key, what] of [...lines, ...(window.dragomanKeys ?? [])]) {
        const item = document.createElement("li");
        const code = document.createElement("kbd");
        code.textContent = key;
        item.append(code, ` ${what}`);
        list.append(item);
      }
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = "Close";
      close.addEventListener("click", () => box.close());
      box.append(title, list, close);
      document.body.append(box);
    }
    box.showModal();
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "?") { event.preventDefault(); help(); }
    if (event.key === "/") {
      const box = $("main input[type=search]");
      if (box) { event.preventDefault(); box.focus(); }
    }
    if (/^[0-9]$/.test(event.key)) $$(".contents li")[(parseInt(event.key, 10) + 9) % 10]?.querySelector("a")?.click();
  });

  window.dragoman = { $, $$, token, toast, dress };
})();
