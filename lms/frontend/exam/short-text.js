// A short text.
const field = (element) => element.querySelector("input[type=text]");

export function read(element) {
  const text = field(element).value.trim();
  return text ? { text } : {};
}

export function write(element, response) {
  field(element).value = response.text ?? "";
}
