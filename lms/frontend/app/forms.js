// A form is sent once, a filter acts when it is chosen, a summary of errors is read first, a demonstration account fills in the form.
function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // A page restored by the back button may be sent again.
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
  // So may one whose answer was a download.
  setTimeout(() => delete form.dataset.sent, 5000);
}

function fill(button) {
  const { fills, value, fillsToo, valueToo } = button.dataset;
  document.getElementById(fills).value = value;
  document.getElementById(fillsToo).value = valueToo;
  document.getElementById(fills).focus();
}

export function guardForms() {
  for (const button of document.querySelectorAll("[data-fills]")) button.addEventListener("click", () => fill(button));
  document.addEventListener("submit", sendOnce);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-autosubmit], .toolbar select")) event.target.form.requestSubmit();
  });
  document.querySelector("[data-focus]")?.focus();
}
