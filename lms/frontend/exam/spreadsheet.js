// A workbook: chosen, sent at once, and named in the response by the id the server gave it.
const PATIENCE = 60_000;
const field = (element) => element.querySelector("[data-upload]");

export function read(element) {
  const upload = field(element).value;
  return upload ? { upload } : {};
}

export function write(element, response) {
  field(element).value = response.upload ?? "";
}

async function send(element, file) {
  const box = element.querySelector("[data-upload-url]");
  const state = element.querySelector("[data-upload-state]");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", element.closest("form").elements.csrfmiddlewaretoken.value);
  body.append("file", file);
  state.textContent = box.dataset.sending;
  try {
    const response = await fetch(box.dataset.uploadUrl, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    const reply = await response.json();
    if (!response.ok) {
      state.textContent = reply.sentence;
      return;
    }
    state.textContent = `${box.dataset.taken} ${reply.name}. ${reply.note}`;
    field(element).value = reply.upload;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  } catch {
    state.textContent = box.dataset.failed;
  }
}

for (const element of document.querySelectorAll("[data-kind=spreadsheet]"))
  element.querySelector("[data-file]").addEventListener("change", (event) => {
    // The file itself is no answer yet: only what the server has taken is.
    event.stopPropagation();
    const [file] = event.target.files;
    if (file) send(element, file);
  });
