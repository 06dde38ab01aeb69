// Wagtail 7.4 draws two searches on a list page, the whole admin's and the list's own, and names neither: a screen
// reader cannot tell them apart. The sidebar's gets the words of its field. Delete this when Wagtail names it.
const sidebar = document.getElementById("wagtail-sidebar");

function nameSearch() {
  const search = sidebar.querySelector("form[role=search]:not([aria-label])");
  const words = search?.querySelector("input")?.placeholder;
  if (words) search.setAttribute("aria-label", words);
}

if (sidebar) {
  nameSearch();
  new MutationObserver(nameSearch).observe(sidebar, { childList: true, subtree: true });
}
