// Fields that each stand for one key of the response: {key: value}, blank ones left out.
const fields = (element) => [...element.querySelectorAll("[data-key]")];

export const readKeyed = (element) =>
  Object.fromEntries(
    fields(element)
      .map((field) => [field.dataset.key, field.value.trim()])
      .filter(([, value]) => value),
  );

export function writeKeyed(element, values = {}) {
  for (const field of fields(element)) field.value = values[field.dataset.key] ?? "";
}
