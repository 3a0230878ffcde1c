// The outputs of a 2-2-1 network on the grid, and images of them: what tinynet and picture.py do, for drags that do not
// wait for the server. The forward pass is the only formula written twice; a browser test compares it with the core.

const activation = (net) => GRID.a * Math.tanh((GRID.b / 2) * net);

// The nine weights in the order of the printed matrices; grid point (x1, x2) has the index points * i + j.
function answers([h10, h11, h12, h20, h21, h22, o0, o1, o2]) {
  const { start, step, points } = GRID;
  const [first, second, output] = [0, 1, 2].map(() => new Float64Array(points * points));
  for (let i = 0, at = 0; i < points; i += 1) {
    const x1 = start + step * i;
    for (let j = 0; j < points; j += 1, at += 1) {
      const x2 = start + step * j;
      first[at] = activation(h10 + h11 * x1 + h12 * x2);
      second[at] = activation(h20 + h21 * x1 + h22 * x2);
      output[at] = activation(o0 + o1 * first[at] + o2 * second[at]);
    }
  }
  return { hidden: [first, second], output };
}

// A data URL: two colours show the sign of the values, more colours the values themselves, from -a to +a.
function picture(values, colours) {
  const { points } = GRID;
  const image = new ImageData(points, points);
  const pixels = new DataView(image.data.buffer);
  const palette = colours.map((colour) => (parseInt(colour.slice(1), 16) << 8) | 255); // red, green, blue, opaque
  const level = palette.length === 2 ? (value) => Number(value >= 0) : levelOf(palette.length);
  for (let i = 0, at = 0; i < points; i += 1) {
    for (let j = 0; j < points; j += 1, at += 1) {
      pixels.setInt32(4 * (points * (points - 1 - j) + i), palette[level(values[at])]); // x2 increases upwards
    }
  }
  Object.assign(canvas, { width: points, height: points });
  canvas.getContext("2d", { willReadFrequently: true }).putImageData(image, 0, 0);
  return canvas.toDataURL();
}

const canvas = document.createElement("canvas");

const levelOf = (levels) => (value) => Math.round(((value / GRID.a + 1) / 2) * (levels - 1));
