// ONNX Runtime for prediction: node peer_onnxruntime.cjs TASK [--threads N] [--data DIR] [--work DIR]
// TASK: version | prepare (writes w3.onnx from W3's model) | W5 | W7.
const fs = require('fs'), path = require('path'), zlib = require('zlib');
const runtime = require('onnxruntime-node');

const task = process.argv[2];
const option = (name, other) => { const at = process.argv.indexOf('--' + name); return at < 0 ? other : process.argv[at + 1]; };
const threads = Number(option('threads', 1)), data = option('data', process.env.NABLA_DATA), work = option('work', '.');
const report = values => console.log(JSON.stringify({ workload: task, threads, ...values }));

// --- The model as ONNX. A protobuf message is a row of fields: (number << 3 | kind), then a varint (kind 0) or a length and bytes (kind 2).
function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return Buffer.from([...bytes, value]);
}
const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
function bytes(field, ...content) {
  const all = Buffer.concat(content.map(part => Buffer.from(part)));
  return Buffer.concat([varint(field * 8 + 2), varint(all.length), all]);
}

// TensorProto: dims 1, data_type 2 (1 is float), name 8, raw_data 9.
const tensor = (name, shape, raw) => bytes(5, ...shape.map(size => number(1, size)), number(2, 1), bytes(8, name), bytes(9, raw));
// ValueInfoProto: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { dim_value 1 | dim_param 2 } } } }.
const value = (field, name, size) => bytes(field, bytes(1, name), bytes(2, bytes(1, number(1, 1), bytes(2, bytes(1, bytes(2, 'samples')), bytes(1, number(1, size))))));
// NodeProto: input 1, output 2, op_type 4, attribute 5 { name 1, i 3, type 20 (2 is int) }.
const node = (type, inputs, output, ...attributes) => bytes(1, ...inputs.map(name => bytes(1, name)), bytes(2, output), bytes(4, type), ...attributes);

function prepare() {
  const file = fs.readFileSync(path.join(work, 'w3/model.safetensors')), length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + length)), layers = Object.keys(header).filter(name => name.endsWith('.weight')).length;
  const stored = name => { const [first, end] = header[name].data_offsets; return tensor(name, header[name].shape, file.subarray(8 + length + first, 8 + length + end)); };
  const graph = [], weights = [];
  for (let i = 0, input = 'inputs'; i < layers; i++) {
    const weight = `layers.${i}.weight`, bias = `layers.${i}.bias`;
    graph.push(node('Gemm', [input, weight, bias], `z${i}`, bytes(5, bytes(1, 'transB'), number(3, 1), number(20, 2))));
    graph.push(i < layers - 1 ? node('Relu', [`z${i}`], input = `a${i}`) : node('Softmax', [`z${i}`], 'probabilities'));
    weights.push(stored(weight), stored(bias));
  }
  const [outputs] = header[`layers.${layers - 1}.weight`].shape, inputs = header['layers.0.weight'].shape[1];
  // ModelProto: ir_version 1, graph 7, opset_import 8 { domain 1, version 2 }. GraphProto: node 1, name 2, initializer 5, input 11, output 12.
  fs.writeFileSync(path.join(work, 'w3.onnx'), Buffer.concat([
    number(1, 8), bytes(7, ...graph, bytes(2, 'w3'), ...weights, value(11, 'inputs', inputs), value(12, 'probabilities', outputs)), bytes(8, bytes(1, ''), number(2, 17))]));
}

// --- Prediction.
const open = () => runtime.InferenceSession.create(path.join(work, 'w3.onnx'), { intraOpNumThreads: threads, interOpNumThreads: 1 });
const matrix = values => new runtime.Tensor('float32', values, [values.length / 784, 784]);
const labels = output => Array.from({ length: output.length / 10 }, (_, row) => { const a = output.slice(row * 10, row * 10 + 10); return a.indexOf(Math.max(...a)); });

async function timesOf(call, repetitions) {
  for (const end = Date.now() + 500; Date.now() < end;) await call(0);
  const seconds = [];
  for (let i = 0; i < repetitions; i++) {
    const started = process.hrtime.bigint();
    await call(i);
    seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
  }
  return seconds.sort((a, b) => a - b);
}

async function predict() {
  const idx = name => zlib.gunzipSync(fs.readFileSync(path.join(data, 'mnist', name + '.gz')));
  const count = JSON.parse(fs.readFileSync(path.join(__dirname, '../workloads.json'), 'utf8')).prediction_batch;
  const x = Float32Array.from(idx('t10k-images-idx3-ubyte').subarray(16, 16 + count * 784), pixel => pixel / 255), y = idx('t10k-labels-idx1-ubyte').subarray(8, 8 + count);
  const session = await open();
  const all = matrix(x), rows = Array.from({ length: count }, (_, i) => matrix(x.slice(i * 784, (i + 1) * 784)));
  const right = labels((await session.run({ inputs: all })).probabilities.data).filter((label, i) => label === y[i]).length;
  const alone = await timesOf(i => session.run({ inputs: rows[i % count] }), 3000), together = await timesOf(() => session.run({ inputs: all }), 80);
  report({
    one_us: alone[alone.length >> 1] * 1e6, one_p99_us: alone[Math.floor(alone.length * 0.99)] * 1e6,
    batch_samples_per_s: count / together[together.length >> 1], test_accuracy: right / count });
}

async function coldStart() {
  const row = fs.readFileSync(path.join(work, 'sample.csv'), 'utf8').split('\n')[0].split(',').map(Number);
  const output = await (await open()).run({ inputs: matrix(Float32Array.from(row)) });
  report({ label: labels(output.probabilities.data)[0] });
}

const version = () => report({ version: JSON.parse(fs.readFileSync(path.join(path.dirname(require.resolve('onnxruntime-node')), '../package.json'), 'utf8')).version + ', Node.js ' + process.versions.node });
Promise.resolve({ version, prepare, W5: predict, W7: coldStart }[task]()).catch(error => { console.error(String(error)); process.exit(1); });
