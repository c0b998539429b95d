// Compares what ONNX Runtime computes from the files that Nabla exports with what Nabla predicts.
//
//   node check.cjs NABLA FOLDER [MNIST]
//
// NABLA is the built program, Nabla.Cli.dll, FOLDER an empty folder to work in, MNIST the folder with the IDX files. ONNX Runtime is looked for as Node does
// and in NODE_PATH. A line a case; the last line is "N passed, N failed, N skipped".
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
  const add = (name, shape, scale) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => (next() - 0.5) * 2 * scale);
    tensors[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
    parts.push(Buffer.from(values.buffer));
  };
  network.layers.forEach((layer, i) => {
    add(`layers.${i}.weight`, [layer.units, inputs], 3 / Math.sqrt(inputs));
    add(`layers.${i}.bias`, [layer.units], 1);
    inputs = layer.units;
  });
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

async function compare(name, onnx, x, inputs, expected, classes, hasArgMax) {
  const session = await ort.InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const results = await session.run({ input: new ort.Tensor('float32', x, [x.length / inputs, inputs]) });
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

async function drawn(name, network, classes, targets, seed) {
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
    await back(name, onnx, rows, text);
  });
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

(async () => {
  const names = (count) => Array.from({ length: count }, (_, i) => `class ${i}`);
  let seed = 1;
  for (const activation of ['sigmoid', 'tanh', 'relu', 'leaky-relu', 'gelu', 'softplus', 'linear', 'step']) {
    await drawn(activation, { inputs: 7, layers: [{ units: 16, activation }, { units: 4, activation }], cost: 'quadratic', softmax_constant: 1 }, [], 'one-hot', seed++);
  }

  const hidden = [{ units: 16, activation: 'tanh' }];
  await drawn('softmax', { inputs: 7, layers: [...hidden, { units: 5, activation: 'softmax' }], cost: 'log-likelihood', softmax_constant: 1 }, names(5), 'one-hot', seed++);
  await drawn('softmax-constant', { inputs: 7, layers: [...hidden, { units: 5, activation: 'softmax' }], cost: 'log-likelihood', softmax_constant: 2.7 }, names(5), 'one-hot', seed++);
  await drawn('sigmoid-classes', { inputs: 7, layers: [...hidden, { units: 5, activation: 'sigmoid' }], cost: 'cross-entropy', softmax_constant: 1 }, names(5), 'one-hot', seed++);
  await drawn('binary-codes', { inputs: 7, layers: [...hidden, { units: 4, activation: 'sigmoid' }], cost: 'cross-entropy', softmax_constant: 1 }, names(10), 'binary', seed++);
  const mixed = ['relu', 'relu', 'gelu', 'step', 'linear', 'sigmoid', 'sigmoid', 'relu', 'softplus', 'tanh', 'leaky-relu', 'gelu'];
  await drawn('mixed', { inputs: 7, layers: [{ units: 12, activation: 'relu', unit_activations: mixed }, { units: 3, activation: 'linear' }], cost: 'quadratic', softmax_constant: 1 }, [], 'one-hot', seed++);
  await digits();
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
})();
