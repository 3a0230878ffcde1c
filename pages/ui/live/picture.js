// The outputs of a 2-H-1 network, and images of them: what tinynet and picture.py do, for what moves without the server.
// A browser test compares the forward pass with the core, which also has it; so do expressions of the charts.

const activation = (net) => (2 * GRID.a) / (1 + Math.exp(-GRID.b * net)) - GRID.a;

// The inputs of the grid, x1 and x2: point (i, j) has the index points * i + j.
const INPUTS = [0, 1].map((input) => {
  const { start, step, points } = GRID;
  const place = (at) => (input === 0 ? Math.floor(at / points) : at % points);
  return Float64Array.from({ length: points * points }, (_, at) => start + step * place(at));
});

// For the weights in the order of the printed matrices: the output of each hidden unit and of the network, per input.
function answers(weights, inputs = INPUTS) {
  const units = (weights.length - 1) / 4; // three weights of each hidden unit and one to the output, which has a bias
  const hidden = Array.from({ length: units }, (_, unit) => unitAnswers(weights, 3 * unit, inputs));
  const output = new Float64Array(inputs[0].length).fill(weights[3 * units]);
  hidden.forEach((values, unit) => {
    const weight = weights[3 * units + 1 + unit];
    for (let at = 0; at < output.length; at += 1) output[at] += weight * values[at];
  });
  for (let at = 0; at < output.length; at += 1) output[at] = activation(output[at]);
  return { hidden, output };
}

function unitAnswers(weights, first, [x1, x2]) {
  const [bias, w1, w2] = [weights[first], weights[first + 1], weights[first + 2]];
  const values = new Float64Array(x1.length);
  for (let at = 0; at < values.length; at += 1) values[at] = activation(bias + w1 * x1[at] + w2 * x2[at]);
  return values;
}

// On a canvas: two colours show the sign of the values, four also write it on every tenth point, and more colours show the
// values themselves, from -a to +a.
function fill(canvas, values, colours) {
  const { points } = GRID;
  const image = new ImageData(points, points);
  const pixels = new DataView(image.data.buffer);
  const palette = colours.map((colour) => (parseInt(colour.slice(1), 16) << 8) | 255); // red, green, blue, opaque
  const level = { 2: sign, 4: writtenSign }[palette.length] ?? levelOf(palette.length);
  for (let i = 0, at = 0; i < points; i += 1) {
    for (let j = 0; j < points; j += 1, at += 1) {
      pixels.setInt32(4 * (points * (points - 1 - j) + i), palette[level(values[at], i, j)]); // x2 increases upwards
    }
  }
  if (canvas.width !== points || canvas.height !== points) Object.assign(canvas, { width: points, height: points });
  canvas.getContext("2d", { willReadFrequently: true }).putImageData(image, 0, 0);
}

// The same as a data URL.
function picture(values, colours) {
  fill(scratch, values, colours);
  return scratch.toDataURL();
}

const scratch = document.createElement("canvas");

const sign = (value) => Number(value >= 0);

// The colours after the first two write a minus or a plus, three pixels wide.
function writtenSign(value, i, j) {
  const [x, y] = [Math.abs((i % 10) - 5), Math.abs((j % 10) - 5)];
  const written = (y === 0 && x < 2) || (value >= 0 && x === 0 && y < 2);
  return sign(value) + (written ? 2 : 0);
}

const levelOf = (levels) => (value) => Math.round(((value / GRID.a + 1) / 2) * (levels - 1));

const loaded = (url) => new Promise((done) => Object.assign(new Image(), { onload: done, src: url }));
