// ODK Web Forms 0.22 speaks English only: its few fixed words are said again in Vietnamese.
// Delete this file when the component takes translations.
const WORDS = new Map([
  ["Send", "Gửi"],
  ["Choose image", "Chọn ảnh"],
  ["Take picture", "Chụp ảnh"],
  ["Choose file", "Chọn tệp"],
  ["Clear", "Xóa"],
  ["Try again", "Thử lại"],
  ["Condition not satisfied: required", "Cần trả lời câu này."],
  ["1 question with error.", "Còn 01 câu cần xem lại."],
]);
const SEVERAL = /^(\d+) questions with errors?\.$/;

function inVietnamese(text) {
  const plain = text.trim();
  const several = SEVERAL.exec(plain);
  return several ? `Còn ${several[1]} câu cần xem lại.` : WORDS.get(plain);
}

function say(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const said = inVietnamese(node.data);
    if (said) node.data = said;
  }
  for (const element of root.querySelectorAll?.("[aria-label]") ?? []) {
    const said = inVietnamese(element.getAttribute("aria-label"));
    if (said) element.setAttribute("aria-label", said);
  }
}

export function speakVietnamese(place) {
  new MutationObserver((changes) => {
    for (const change of changes) say(change.target);
  }).observe(place, { childList: true, subtree: true, characterData: true });
}
