// A table in a form of the admin: one more row, named and numbered after the last one.
function addRow(table) {
  const rows = table.querySelector("tbody");
  const last = rows.lastElementChild;
  const number = Number(table.querySelector("[data-count]").value);
  const row = last.cloneNode(true);
  for (const field of row.querySelectorAll("input, select")) {
    field.name = field.name.replace(/-\d+-(?=[^-]*$)/, `-${number}-`);
    field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, number + 1));
    if (field.type === "checkbox") field.checked = field.defaultChecked;
    else if (field.tagName === "SELECT") field.selectedIndex = [...field.options].findIndex((one) => one.defaultSelected);
    else field.value = field.defaultValue;
  }
  rows.append(row);
  table.querySelector("[data-count]").value = number + 1;
  offer(table);
  row.querySelector("input, select").focus();
}

function offer(table) {
  const isFull = Number(table.querySelector("[data-count]").value) >= Number(table.dataset.most);
  table.querySelector("[data-add-row]").hidden = isFull;
}

for (const table of document.querySelectorAll("[data-rows]")) {
  table.querySelector("[data-add-row]").addEventListener("click", () => addRow(table));
  offer(table);
}
