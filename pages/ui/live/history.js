// The history of player.py: the header's length in bytes, the padded JSON header, and a row of numbers per epoch.

function decode(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  return { ...header, numbers: new Float64Array(bytes.slice(4 + size).buffer) };
}

export default function ({ data }) {
  const history = decode(data);
  document.body.histories = { ...document.body.histories, [history.page]: history };
  document.body.dispatchEvent(new Event("history"));
}
