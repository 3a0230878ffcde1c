// The boundary o = 0 between the points of the grid, as segments: x1 and x2 of one end, x1 and x2 of the other. Marching
// triangles: the diagonal divides each cell into two triangles, and a triangle with both signs contains one segment, whose
// ends are interpolated along its sides. Saddle points need no special case.

function contour(output) {
  const { points } = GRID;
  const segments = [];
  for (let i = 0; i < points - 1; i += 1) {
    for (let j = 0; j < points - 1; j += 1) {
      const near = points * i + j;
      const [right, up, far] = [near + points, near + 1, near + points + 1];
      const positive = [near, right, up, far].filter((at) => output[at] >= 0).length;
      if (positive === 0 || positive === 4) continue;
      for (const middle of [right, up]) segments.push(...segment(output, [near, middle, far]));
    }
  }
  return segments;
}

// The corner whose sign differs from the other two lies on both sides that o = 0 crosses.
function segment(output, corners) {
  const positive = corners.map((at) => output[at] >= 0);
  const number = positive.filter(Boolean).length;
  if (number === 0 || number === 3) return [];
  const lone = positive.indexOf(number === 1);
  return [[1, 2].flatMap((turn) => crossing(output, corners[lone], corners[(lone + turn) % 3]))];
}

function crossing(output, first, second) {
  const share = output[first] / (output[first] - output[second]);
  return INPUTS.map((input) => input[first] + share * (input[second] - input[first]));
}

// The signs of every tenth point along both axes, 1 for positive.
function lattice(output) {
  const { points } = GRID;
  const signs = [];
  for (let i = 5; i < points; i += 10) for (let j = 5; j < points; j += 10) signs.push(Number(output[points * i + j] >= 0));
  return signs;
}
