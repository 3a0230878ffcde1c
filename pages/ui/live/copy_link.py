"""The address of a page, which holds all that its widgets hold, for the clipboard."""

import streamlit as st

HTML = '<button type="button"><span aria-live="polite">Copy link</span></button>'
CSS = """
button { min-width: 6rem; min-height: 2.5rem; padding: .25rem .75rem; white-space: nowrap; cursor: pointer;
  line-height: 1.6; font-style: inherit;
  font-family: var(--st-font); font-size: var(--st-base-font-size); font-weight: var(--st-base-font-weight);
  color: var(--st-text-color); border: 1px solid var(--st-widget-border-color, var(--st-border-color));
  background: var(--st-background-color);
  border-radius: var(--st-button-radius); box-sizing: border-box; }
button span { font-size: .875rem; }
button:hover { background: color-mix(in srgb, var(--st-text-color) 12%, var(--st-background-color)); }
button:focus-visible { outline: none;
  box-shadow: 0 0 0 .2rem color-mix(in srgb, var(--st-primary-color) 50%, transparent); }
"""
JS = """
const SECONDS = 2

// a page in a frame may not be allowed the clipboard, and one without https has none: then as before there was one
async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    area.readOnly = true
    area.style.cssText = "position: fixed; top: 0; opacity: 0"
    place.append(area)
    area.select()
    const copied = document.execCommand("copy")
    area.remove()
    return copied
  }
}

export default function ({ parentElement }) {
  const button = parentElement.querySelector("button")
  const words = button.querySelector("span")
  // a run of the page calls this again; what is said now goes on
  button.onclick = async () => {
    const copied = await copy(window.location.href, parentElement)
    button.focus()
    words.textContent = copied ? "Copied" : "Copy the address above"
    clearTimeout(button.timer)
    button.timer = setTimeout(() => { words.textContent = "Copy link" }, SECONDS * 1000)
  }
  return () => clearTimeout(button.timer)
}
"""

_button = st.components.v2.component("copy_link", html=HTML, css=CSS, js=JS)


def copy_link(key: str = "copy_link") -> None:
    """A button that puts the address of the page on the clipboard, and says so for two seconds."""
    _button(key=key, width="content")
