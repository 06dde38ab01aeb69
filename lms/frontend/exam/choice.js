// Options: one or several of them ticked.
const inputs = (element) => [...element.querySelectorAll(`input[name="${element.dataset.name}"]`)];

export const read = (element) => ({
  chosen: inputs(element)
    .filter((input) => input.checked)
    .map((input) => input.value),
});

export function write(element, response) {
  for (const input of inputs(element)) input.checked = (response.chosen ?? []).includes(input.value);
}
