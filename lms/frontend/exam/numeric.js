// A number as it was typed, and its unit. What it means is read on the server, which asks again where it could be two.
export function read(element) {
  const number = element.querySelector("[data-number]").value.trim();
  const unit = element.querySelector("[data-unit]")?.value ?? "";
  return { ...(number && { number }), ...(unit && { unit }) };
}

export function write(element, response) {
  element.querySelector("[data-number]").value = response.number ?? "";
  const unit = element.querySelector("[data-unit]");
  if (unit) unit.value = response.unit ?? "";
}
