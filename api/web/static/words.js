// Words of the current text are chosen by selecting them: with the mouse in the piece, by keyboard in the form's read-only field.
const said = document.querySelector(".choose[aria-current] .words");
const passage = document.getElementById("comment-passage");
const words = document.getElementById("comment-words");
const begins = document.getElementById("comment-begins");

const IN_A_WORD = /[\p{L}\p{N}]/u;

// Whole words, without the space around them.
function whole(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  if (start === end) return [start, end];
  while (start > 0 && IN_A_WORD.test(text[start]) && IN_A_WORD.test(text[start - 1])) start--;
  while (end < text.length && IN_A_WORD.test(text[end - 1]) && IN_A_WORD.test(text[end])) end++;
  return [start, end];
}

function placeOf(node, offset) {
  const before = document.createRange();
  before.setStart(said, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

function rangeOf(start, end) {
  const range = document.createRange();
  const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const next = at + node.length;
    if (start >= at && start < next) range.setStart(node, start - at);
    if (end > at && end <= next) range.setEnd(node, end - at);
    at = next;
  }
  return range;
}

function show(start, end) {
  if (!window.Highlight) return;
  CSS.highlights.delete("chosen");
  if (end > start) CSS.highlights.set("chosen", new Highlight(rangeOf(start, end)));
}

function choose(from, to) {
  const text = said.textContent;
  const [start, end] = whole(text, from, to);
  if (start === end) return;
  words.value = text.slice(start, end);
  begins.value = [...text.slice(0, start)].length;
  show(start, end);
}

function selectedInPiece() {
  const selection = getSelection();
  if (selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return said.contains(range.startContainer) && said.contains(range.endContainer) ? range : null;
}

if (said && words) {
  passage.closest(".field").hidden = false;
  document.addEventListener("mouseup", () => {
    const range = selectedInPiece();
    if (!range) return;
    words.closest("details").open = true;
    choose(placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset));
  });
  // Read only, yet with a caret: a browser gives a field that is `readonly` none to select with.
  passage.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const name of ["select", "keyup", "mouseup"]) {
    passage.addEventListener(name, () => choose(passage.selectionStart, passage.selectionEnd));
  }
  words.addEventListener("input", () => {
    begins.value = "";
    show(0, 0);
  });
}
