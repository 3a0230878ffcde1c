// Which elements take text, and keep the keys that are pressed in them.

const NO_TEXT = ["button", "checkbox", "color", "file", "radio", "range", "reset", "submit"];

function takesText(element) {
  if (!element.closest) return false; // the document
  if (element.isContentEditable || element.closest("textarea")) return true;
  return element.tagName === "INPUT" && !NO_TEXT.includes(element.type);
}
