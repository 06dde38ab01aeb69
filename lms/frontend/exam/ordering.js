// Ordering: each line has a select with its place, which is all that is needed without a script. With one, choosing a
// place moves the line there, and two buttons and the arrow keys on them move it by one. A live region says where it is.
const lines = (element) => [...element.querySelectorAll(".question__line")];
const place = (line) => line.querySelector("select");

export const read = (element) => ({
  places: Object.fromEntries(
    lines(element)
      .filter((line) => place(line).value)
      .map((line) => [line.dataset.key, Number(place(line).value)]),
  ),
});

export function write(element, response) {
  const places = response.places ?? {};
  for (const line of lines(element)) place(line).value = places[line.dataset.key] ?? "";
  const rank = (line) => Number(place(line).value) || Number.MAX_SAFE_INTEGER;
  element.querySelector("ol").append(...lines(element).sort((one, other) => rank(one) - rank(other) || 0));
  refresh(element);
}

function refresh(element) {
  const all = lines(element);
  element.querySelector("[data-keep-order]").hidden = all.every((line) => place(line).value);
  all.forEach((line, index) => {
    const [up, down] = line.querySelectorAll("button");
    up.setAttribute("aria-disabled", index === 0);
    down.setAttribute("aria-disabled", index === all.length - 1);
  });
}

function number(element) {
  lines(element).forEach((line, index) => (place(line).value = String(index + 1)));
  refresh(element);
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

function move(element, line, target) {
  const others = lines(element).filter((one) => one !== line);
  if (target < 0 || target > others.length) return;
  const index = target;
  others.splice(index, 0, line);
  const focused = document.activeElement;
  element.querySelector("ol").append(...others);
  focused?.focus();
  number(element);
  const { moved, of } = element.querySelector("ol").dataset;
  const text = line.querySelector("label").textContent.trim();
  element.querySelector("[data-moves]").textContent = `${text} ${moved} ${index + 1} ${of} ${others.length}`;
}

function button(element, line, step, word) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-outline-primary question__move";
  made.textContent = step < 0 ? "↑" : "↓";
  made.setAttribute("aria-label", `${word}: ${line.querySelector("label").textContent.trim()}`);
  made.addEventListener("click", () => move(element, line, lines(element).indexOf(line) + step));
  return made;
}

function enhance(element) {
  const words = element.querySelector("ol").dataset;
  for (const line of lines(element)) {
    line.append(button(element, line, -1, words.up), button(element, line, 1, words.down));
    line.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || event.target.tagName !== "BUTTON") return;
      event.preventDefault();
      move(element, line, lines(element).indexOf(line) + step);
    });
    place(line).addEventListener("change", (event) => {
      event.stopPropagation();
      if (place(line).value) move(element, line, Number(place(line).value) - 1);
      else number(element);
    });
  }
  const keep = document.createElement("button");
  keep.type = "button";
  keep.className = "btn btn-outline-primary";
  keep.textContent = words.keep;
  keep.dataset.keepOrder = "";
  keep.addEventListener("click", () => {
    number(element);
    place(lines(element)[0]).focus();
  });
  element.append(keep);
  refresh(element);
}

document.querySelectorAll("[data-kind=ordering]").forEach(enhance);
