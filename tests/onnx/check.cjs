// Compares what ONNX Runtime computes from the files that Nabla exports with what Nabla predicts.
//
//   node check.cjs NABLA FOLDER [MNIST]
//
// NABLA is the built program, Nabla.Cli.dll, FOLDER an empty folder to work in, MNIST the folder with the IDX files. Tables are taken from $NABLA_DATA/tables, if
// there are any. ONNX Runtime is looked for as Node does and in NODE_PATH. A line a case; the last line is "N passed, N failed, N skipped".
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const ort = require('onnxruntime-node');

const [, , nabla, folder, mnist] = process.argv;
const TOLERANCE = 1e-5;
let passed = 0, failed = 0, skipped = 0;

const run = (...args) => execFileSync('dotnet', [nabla, ...args], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
const at = (name) => path.join(folder, name);

/** Numbers of a fixed sequence in [0, 1), the same in every run (a linear congruence modulo 2^32). */
function sequence(seed) {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** A model file: one safetensors file with random weights and the network in its metadata. */
function writeModel(file, network, classes, targets, seed) {
  const next = sequence(seed), tensors = {}, parts = [];
  let inputs = network.inputs, offset = 0;
  /** Numbers in [-scale, scale), or in [least, scale) where `least` is given. */
  const add = (name, shape, scale, least = -scale) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => least + next() * (scale - least));
    tensors[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
    parts.push(Buffer.from(values.buffer));
  };
  // Layers are numbered among those that have tensors.
  let number = 0;
  for (const layer of network.layers) {
    const place = `layers.${number}`;
    if (layer.layer === 'batch-norm') {
      add(`${place}.weight`, [inputs], 2);
      add(`${place}.bias`, [inputs], 1);
      add(`${place}.running_mean`, [inputs], 1);
      add(`${place}.running_var`, [inputs], 2, 0.05);
      number++;
    } else if (layer.units) {
      add(`${place}.weight`, [layer.units, inputs], 3 / Math.sqrt(inputs));
      add(`${place}.bias`, [layer.units], 1);
      inputs = layer.units;
      number++;
    }
  }

  const model = { network, classes, targets, facts: { data: 'drawn' } };
  let header = JSON.stringify({ __metadata__: { nabla: '1', model: JSON.stringify(model) }, ...tensors });
  header = header.padEnd(Math.ceil(Buffer.byteLength(header) / 8) * 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  fs.writeFileSync(file, Buffer.concat([length, Buffer.from(header), ...parts]));
}

/** Rows of `nabla predict` as numbers: label and outputs, or outputs alone. */
function predictions(text, hasLabel) {
  const rows = text.trimEnd().split('\n').slice(1).map((line) => line.split(','));
  return hasLabel ? rows.map((row) => ({ label: row[0], outputs: row.slice(2).map(Number) })) : rows.map((row) => ({ outputs: row.map(Number) }));
}

const compare = (name, onnx, x, inputs, expected, classes, hasArgMax) =>
  compareFeeds(name, onnx, { input: new ort.Tensor('float32', x, [x.length / inputs, inputs]) }, expected, classes, hasArgMax);

async function compareFeeds(name, onnx, feeds, expected, classes, hasArgMax) {
  const session = await ort.InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const results = await session.run(feeds);
  const values = results[hasArgMax ? 'probabilities' : 'outputs'], width = values.dims[1];
  let largest = 0, labels = 0;
  expected.forEach((row, i) => {
    if (row.outputs.length !== width) throw new Error(`row ${i} has ${row.outputs.length} outputs, ONNX Runtime gives ${width}`);
    row.outputs.forEach((a, j) => {
      const difference = Math.abs(a - values.data[i * width + j]) / Math.max(1, Math.abs(a));
      // A value that is not a number must not pass for a small difference.
      largest = difference <= largest ? largest : Number.isNaN(difference) ? Infinity : difference;
    });
    labels += hasArgMax && classes[Number(results.label.data[i])] !== row.label ? 1 : 0;
  });
  const holds = largest <= TOLERANCE && labels === 0 && expected.length === values.dims[0];
  holds ? passed++ : failed++;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}: ${expected.length} rows, largest difference ${largest.toExponential(2)}${hasArgMax ? `, ${labels} other labels` : ''}`);
}

async function guarded(name, work) {
  try {
    await work();
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${String(error.stderr || error.message).trim()}`);
  }
}

async function drawn(name, network, classes, targets, seed, readsBack = true) {
  await guarded(name, async () => {
    const model = at(`${name}.safetensors`), onnx = at(`${name}.onnx`), rows = at(`${name}.csv`), next = sequence(seed + 1);
    writeModel(model, network, classes, targets, seed);
    run('export', model, '--to', 'onnx', onnx);
    const x = Float32Array.from({ length: 500 * network.inputs }, () => (next() - 0.5) * 4);
    const lines = [];
    for (let i = 0; i < x.length; i += network.inputs) lines.push(Array.from(x.subarray(i, i + network.inputs)).join(','));
    fs.writeFileSync(rows, lines.join('\n') + '\n');
    const text = run('predict', model, rows, '--probabilities');
    await compare(name, onnx, x, network.inputs, predictions(text, classes.length > 0), classes, classes.length > 0 && targets === 'one-hot');
    if (readsBack) await back(name, onnx, rows, text);
  });
}

/** Batch normalisation at every place where it is folded into a dense layer, and behind the last one, where it is not. */
async function normalized(seed) {
  const norm = { layer: 'batch-norm', momentum: 0.1, epsilon: 1e-5 }, dense = (units, activation = 'linear') => ({ units, activation });
  const alone = (activation) => ({ layer: 'activation', activation }), dropout = { layer: 'dropout', probability: 0.2 };
  const places = {
    'before-activation': [dense(16), norm, alone('relu'), dense(4)],
    'behind-activation': [dense(16, 'relu'), norm, dense(4)],
    'before-and-behind': [dense(16), norm, alone('elu:0.5'), norm, dropout, dense(12), norm, alone('silu'), dense(4)],
    'before-first-layer': [norm, dense(16, 'tanh'), dense(4)],
    'behind-last-layer': [dense(16, 'selu'), dense(4), norm],
  };
  for (const [place, layers] of Object.entries(places)) {
    await drawn(`batch-norm-${place}`, { inputs: 7, layers, cost: 'quadratic', softmax_constant: 1 }, [], 'one-hot', seed++);
  }

  const classifier = [dense(16), norm, alone('gelu'), dropout, dense(5), norm, alone('softmax')];
  await drawn('batch-norm-softmax', { inputs: 7, layers: classifier, cost: 'label-smoothing:0.2', softmax_constant: 1 }, Array.from({ length: 5 }, (_, i) => `class ${i}`), 'one-hot', seed++);
  // A second scaling, or one behind the last activation, has no dense layer to be folded into: it stays a layer of the graph, which import refuses.
  const whole = [dense(16, 'relu'), norm, norm, dense(4, 'tanh'), norm];
  await drawn('batch-norm-in-graph', { inputs: 7, layers: whole, cost: 'quadratic', softmax_constant: 1 }, [], 'one-hot', seed++, false);
}

/** What Nabla reads back predicts the same to the last digit. */
async function back(name, onnx, rows, text) {
  const imported = at(`${name}.back.safetensors`);
  run('import', onnx, '--out', imported);
  const same = run('predict', imported, rows, '--probabilities') === text;
  same ? passed++ : failed++;
  console.log(`${same ? 'ok  ' : 'FAIL'} ${name}: read back, the predictions are the same`);
}

/** Images of an IDX file, plain or gzipped, in [0, 1]. */
function readImages(file) {
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : zlib.gunzipSync(fs.readFileSync(`${file}.gz`));
  const count = bytes.readUInt32BE(4), pixels = bytes.readUInt32BE(8) * bytes.readUInt32BE(12);
  return Float32Array.from({ length: count * pixels }, (_, i) => bytes[16 + i] / 255);
}

async function digits() {
  const images = mnist && path.join(mnist, 't10k-images-idx3-ubyte');
  if (!images || !(fs.existsSync(images) || fs.existsSync(`${images}.gz`))) {
    skipped++;
    console.log('skip MNIST: set NABLA_DATA to a folder with mnist/ in it');
    return;
  }

  await guarded('MNIST', async () => {
    const onnx = at('mnist.onnx');
    run('train', mnist, '--preset', 'plain', '--activation', 'relu', '--hidden', '30', '--epochs', '1', '--validation', '0', '--run', at('mnist'), '--quiet');
    run('export', at('mnist'), '--to', 'onnx', onnx);
    const classes = Array.from({ length: 10 }, (_, i) => String(i));
    await compare('MNIST', onnx, readImages(images), 784, predictions(run('predict', at('mnist'), mnist, '--probabilities'), true), classes, true);
  });
}

/** Rows of a comma-separated file without quotes: the header, and the cells. */
function readTable(text) {
  const [header, ...rows] = text.trimEnd().split('\n').map((line) => line.split(','));
  return { header, rows };
}

const isMissing = (cell) => ['', '?', 'na', 'n/a', 'nan', 'null'].includes(cell.toLowerCase());
const READ = {
  numeric: (cell) => (isMissing(cell) ? NaN : Number(cell)),
  boolean: (cell) => (isMissing(cell) ? NaN : ['true', 'yes', 't', 'y'].includes(cell.toLowerCase()) ? 1 : 0),
  date: (cell) => (isMissing(cell) ? NaN : Date.parse(/[T ]/.test(cell) ? cell.replace(' ', 'T').replace(/(:\d\d)$/, '$1Z') : cell) / 1000),
  categorical: (cell) => cell,
};

/** What the graph takes for these rows: one tensor of all cells, or a tensor a column. `kinds`: of each column that is an input, by name. */
function feedsOf({ header, rows }, kinds) {
  const names = header.filter((name) => name in kinds);
  const cells = (name) => rows.map((row) => READ[kinds[name]](row[header.indexOf(name)]));
  if (names.every((name) => kinds[name] === 'numeric' || kinds[name] === 'boolean')) {
    const columns = names.map(cells);
    return { input: new ort.Tensor('float32', Float32Array.from({ length: rows.length * names.length }, (_, i) => columns[i % names.length][Math.floor(i / names.length)]), [rows.length, names.length]) };
  }

  const tensor = (name) => ({
    categorical: () => new ort.Tensor('string', cells(name), [rows.length, 1]),
    date: () => new ort.Tensor('float64', Float64Array.from(cells(name)), [rows.length, 1]),
  })[kinds[name]]?.() ?? new ort.Tensor('float32', Float32Array.from(cells(name)), [rows.length, 1]);
  return Object.fromEntries(names.map((name) => [TAKEN[name] ?? name, tensor(name)]));
}

/** Columns whose names the graph needs itself have a name by their place. */
const TAKEN = { label: 'columns.7' };

/** Trains on a table, and compares predictions for the rows of `input`, raw cells on both sides. */
async function table(name, train, input, kinds, targets) {
  await guarded(name, async () => {
    const folder = at(name), onnx = at(`${name}.onnx`);
    run('train', train, '--target', targets.join(','), '--epochs', '3', '--hidden', '8', '--run', folder, '--quiet');
    run('export', folder, '--to', 'onnx', onnx);
    const text = run('predict', folder, input, '--probabilities'), lines = text.trimEnd().split('\n').map((line) => line.split(','));
    const isClassifier = lines[0].includes('label'), from = isClassifier ? lines[0].indexOf('label') : 0;
    const expected = lines.slice(1).map((line) => isClassifier
      ? { label: line[from], outputs: line.slice(from + 2).map(Number) }
      : { outputs: targets.map((target) => Number(line[lines[0].indexOf(target)])) });
    const classes = isClassifier ? lines[0].slice(from + 2) : [];
    await compareFeeds(name, onnx, feedsOf(readTable(fs.readFileSync(input, 'utf8')), kinds), expected, classes, isClassifier);
    await back(name, onnx, input, text);
  });
}

/** A table of every kind of column, drawn; `kinds` tells which of them. */
function drawTable(file, count, seed, columns, isTraining) {
  const next = sequence(seed), pick = (...list) => list[Math.floor(next() * list.length)];
  const day = () => new Date(Date.UTC(2019, 0, 1) + Math.floor(next() * 2000) * 86400000).toISOString().slice(0, 10);
  const draw = {
    size: () => (next() * 100 - 30).toFixed(3),
    weight: () => (next() < 0.2 ? pick('', 'NA', '?', 'null') : (next() * 1e6).toExponential(4)),
    fixed: () => (isTraining ? '5' : pick('5', '7', '')),
    far: () => (!isTraining && next() < 0.1 ? pick('1e30', '-1e38', '1e300') : next().toFixed(4)),
    colour: () => (next() < 0.1 ? pick('', 'NaN', 'n/A') : next() < 0.05 ? `rare ${next().toFixed(9)}` : pick('red', 'green', 'blue ∇', 'Blue')),
    shape: () => (isTraining ? pick('round', 'square') : pick('round', 'square', 'oval', '')),
    label: () => (next() < 0.1 ? '?' : pick('yes', 'no')),
    open: () => pick('true', 'false', 'T', 'f'),
    born: () => (next() < 0.1 ? '' : day()),
    seen: () => (isTraining ? day() : pick('1890-03-05', '2024-02-29', '')) ,
    called: () => (next() < 0.1 ? 'N/A' : `${day()} ${String(Math.floor(next() * 24)).padStart(2, '0')}:${String(Math.floor(next() * 60)).padStart(2, '0')}:17`),
    kind: () => pick('first', 'second', 'third'),
    price: () => (next() * 5e5).toFixed(2),
    area: () => (next() * 3 - 1).toFixed(5),
  };
  const rows = [columns.join(',')];
  for (let i = 0; i < count; i++) rows.push(columns.map((column) => (draw[column]())).join(','));
  fs.writeFileSync(file, rows.join('\n') + '\n');
}

const KINDS = {
  size: 'numeric', weight: 'numeric', fixed: 'numeric', far: 'numeric', colour: 'categorical', shape: 'categorical', label: 'boolean', open: 'boolean',
  born: 'date', seen: 'date', called: 'date',
};

async function tables() {
  const cases = [
    ['table-classes', ['size', 'colour', 'weight', 'fixed', 'shape', 'born', 'open', 'label', 'far', 'called', 'seen'], ['kind']],
    ['table-values', ['called', 'size', 'colour', 'born', 'shape', 'weight', 'open', 'label'], ['price', 'area']],
    ['table-numbers', ['fixed', 'size', 'label', 'weight', 'far', 'open'], ['kind']],
    ['table-number-values', ['weight', 'size'], ['area', 'price']],
    ['table-names', ['colour', 'shape'], ['kind']],
    ['table-dates', ['born', 'called'], ['kind']],
  ];
  for (const [name, inputs, targets] of cases) {
    const train = at(`${name}.csv`), input = at(`${name}.input.csv`);
    drawTable(train, 400, 7, [...inputs, ...targets], true);
    drawTable(input, 300, 8, inputs, false);
    await table(name, train, input, Object.fromEntries(inputs.map((column) => [column, KINDS[column]])), targets);
  }

  for (const name of ['iris', 'wine', 'digits8x8']) {
    const file = process.env.NABLA_DATA && path.join(process.env.NABLA_DATA, 'tables', `${name}.csv`);
    if (!file || !fs.existsSync(file)) {
      skipped++;
      console.log(`skip ${name}: set NABLA_DATA to a folder with tables/ in it`);
      continue;
    }

    const { header } = readTable(fs.readFileSync(file, 'utf8')), last = header.at(-1);
    await table(name, file, file, Object.fromEntries(header.slice(0, -1).map((column) => [column, 'numeric'])), [last]);
  }
}

(async () => {
  const names = (count) => Array.from({ length: count }, (_, i) => `class ${i}`);
  let seed = 1;
  for (const activation of ['sigmoid', 'tanh', 'relu', 'leaky-relu', 'gelu', 'softplus', 'linear', 'step', 'leaky-relu:0.2', 'elu', 'elu:0.5', 'selu', 'silu']) {
    await drawn(activation.replace(':', '-'), { inputs: 7, layers: [{ units: 16, activation }, { units: 4, activation }], cost: 'quadratic', softmax_constant: 1 }, [], 'one-hot', seed++);
  }

  const hidden = [{ units: 16, activation: 'tanh' }];
  await drawn('softmax', { inputs: 7, layers: [...hidden, { units: 5, activation: 'softmax' }], cost: 'log-likelihood', softmax_constant: 1 }, names(5), 'one-hot', seed++);
  await drawn('softmax-constant', { inputs: 7, layers: [...hidden, { units: 5, activation: 'softmax' }], cost: 'log-likelihood', softmax_constant: 2.7 }, names(5), 'one-hot', seed++);
  await drawn('sigmoid-classes', { inputs: 7, layers: [...hidden, { units: 5, activation: 'sigmoid' }], cost: 'cross-entropy', softmax_constant: 1 }, names(5), 'one-hot', seed++);
  await drawn('binary-codes', { inputs: 7, layers: [...hidden, { units: 4, activation: 'sigmoid' }], cost: 'cross-entropy', softmax_constant: 1 }, names(10), 'binary', seed++);
  const mixed = ['relu', 'relu', 'gelu', 'step', 'linear', 'sigmoid', 'sigmoid', 'relu', 'softplus', 'tanh', 'leaky-relu', 'gelu', 'silu', 'elu:0.5'];
  await drawn('mixed', { inputs: 7, layers: [{ units: 14, activation: 'relu', unit_activations: mixed }, { units: 3, activation: 'linear' }], cost: 'quadratic', softmax_constant: 1 }, [], 'one-hot', seed++);
  await drawn('label-smoothing', { inputs: 7, layers: [...hidden, { units: 5, activation: 'softmax' }], cost: 'label-smoothing:0.1', softmax_constant: 1 }, names(5), 'one-hot', seed++);
  await normalized(seed);
  await tables();
  await digits();
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
})();
