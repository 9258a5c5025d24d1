// Marking missed words: a selection in the article fills the form's span, in code points of the stored text.
"use strict";

(() => {
  const form = document.querySelector("[data-missed]");
  const article = document.querySelector("[data-s]")?.closest(".article");
  if (!form || !article) return;
  const offset = (node, place) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
    if (!piece || !article.contains(piece)) return null;
    return parseInt(piece.dataset.s, 10) + [...piece.textContent.slice(0, place)].length;
  };
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
    if (start === null || end === null || start >= end) return;
    form.elements.start.value = start;
    form.elements.end.value = end;
    form.elements.words.value = range.toString();
  });
})();
