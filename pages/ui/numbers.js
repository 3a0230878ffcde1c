// Numbers as people write them.

const LONGEST = 20; // characters of what was typed that are repeated

// The number that a text stands for, as JavaScript writes it; or that it is only begun; or the problem with it.
function read(text) {
  const plain = text
    .trim()
    .replace(/[−–]/g, "-")
    .replace(/(\d)\s(?=\d{3}(\D|$))/g, "$1"); // 1 000
  const short = text.trim().length > LONGEST ? `${text.trim().slice(0, LONGEST)}…` : text.trim();
  const fraction = plain.match(/^([-+]?[\d.]+)\s*(?:\/\s*([\d.]+)|%)$/);
  const number = withPoint(plain);
  if (number !== null) return Number.isFinite(Number(number)) ? { number } : { problem: `${short} is too large` };
  if (/^[-+]?[1-9]\d{0,2},\d{3}$/.test(plain)) {
    return { problem: `${short} can mean two numbers: write ${plain.replace(",", "")} or ${plain.replace(",", ".")}` };
  }
  const meant = fraction ? Number((fraction[1] / (fraction[2] ?? 100)).toPrecision(3)) : NaN;
  return {
    begun: /^[-+]?[.,]?$|^[-+]?[\d.,\s]+(e[-+]?|\s*\/\s*)$/i.test(plain),
    problem: `${short} is not a number${Number.isFinite(meant) ? `: write ${meant}` : ""}`,
  };
}

// Decimal comma and decimal point alike. 1,000 is nobody's to decide; with two of them, or with both signs, it is clear.
function withPoint(plain) {
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return plain;
  if (/^[-+]?[1-9]\d{0,2}(,\d{3}){2,}$|^[-+]?[1-9]\d{0,2}(,\d{3})+\.\d*$/.test(plain)) return plain.replaceAll(",", "");
  if (/^[-+]?[1-9]\d{0,2}(\.\d{3})+,\d*$/.test(plain)) return plain.replaceAll(".", "").replace(",", ".");
  if (/^[-+]?[1-9]\d{0,2},\d{3}$/.test(plain)) return null;
  return /^[-+]?(\d+,\d*|,\d+)(e[-+]?\d+)?$/i.test(plain) ? plain.replace(",", ".") : null;
}
