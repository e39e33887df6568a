// What a file's ending tells of its kind is proposed until the reader chooses: slides are no label, whatever stands first in the list.
const KINDS = { pptx: "deck", vtt: "transcript", srt: "transcript", csv: "claims", xlsx: "claims" };
const files = document.getElementById("files");
const kind = document.getElementById("kind");
let chosen = (kind?.selectedIndex ?? 0) > 0; // a form that came back has what its reader chose

kind?.addEventListener("change", () => {
  chosen = true;
});

files?.addEventListener("change", () => {
  const told = new Set([...files.files].map((file) => KINDS[file.name.split(".").pop().toLowerCase()]));
  const [only] = told;
  if (!chosen && told.size === 1 && only) kind.value = only;
});
