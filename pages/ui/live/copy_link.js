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
}
