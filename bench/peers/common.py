"""What the Python peers share: arguments, settings, data, the model that all of them predict with, and the line of JSON that a call prints.

Import it before anything that computes: the number of threads has to stand in the environment when NumPy or PyTorch is loaded.

A peer is called as
    peer_NAME.py TASK [--threads N] [--epochs N] [--seed N] [--data DIR] [--work DIR]
TASK is one of the workloads GEMM and W1 to W7, `version`, or `prepare` (turns W3's model into the peer's own file format, for W7).
"""
import argparse
import gzip
import json
import os
import struct
import sys
import time

STARTED = time.perf_counter()
HERE = os.path.dirname(os.path.abspath(__file__))


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument('task')
    parser.add_argument('--threads', type=int, default=1)
    parser.add_argument('--epochs', type=int, help='instead of the number in workloads.json')
    parser.add_argument('--seed', type=int, default=0, help='decides what is drawn at random')
    parser.add_argument('--data', default=os.environ.get('NABLA_DATA', ''), help='folder that has mnist/ in it')
    parser.add_argument('--work', default='.', help='folder of the benchmark: the table, the model, the prepared files')
    return parser.parse_args()


ARGUMENTS = parse_arguments()
for variable in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[variable] = str(ARGUMENTS.threads)

import numpy as np  # noqa: E402 (after the environment)

with open(os.path.join(HERE, '..', 'workloads.json'), encoding='utf-8') as file:
    SETTINGS = json.load(file)


def network(task):
    """The setting of a workload, with the sizes of all layers as `sizes` and the epochs that were asked for."""
    setting = dict(SETTINGS['networks'][task])
    setting['sizes'] = [setting['inputs'], *setting['hidden'], setting['outputs']]
    setting['epochs'] = ARGUMENTS.epochs or setting['epochs']
    return setting


def work_file(name):
    return os.path.join(ARGUMENTS.work, name)


def report(**values):
    print(json.dumps(dict(workload=ARGUMENTS.task, threads=ARGUMENTS.threads, **values)), flush=True)


def report_version(version):
    """The peer's version and the BLAS behind it. Debian's own reference BLAS is many times slower than OpenBLAS: a comparison with it says nothing."""
    np.ones((2, 2)) @ np.ones((2, 2))
    try:
        with open('/proc/self/maps', encoding='utf-8') as maps:
            libraries = {os.path.basename(line.split()[-1]) for line in maps if '/' in line}
    except OSError:
        libraries = set()
    fast = sorted(name for name in libraries if any(word in name.lower() for word in ('openblas', 'mkl_', 'blis', 'libatlas')))
    reference = not fast and any(name.startswith('libblas') for name in libraries)
    report(version=version, blas='reference' if reference else fast[0] if fast else 'unknown')


def idx(name):
    """An IDX file as an array: two zero bytes, type, number of dimensions, big-endian sizes, bytes."""
    with gzip.open(os.path.join(ARGUMENTS.data, 'mnist', name + '.gz')) as stream:
        content = stream.read()
    dimensions = content[3]
    shape = struct.unpack_from('>%dI' % dimensions, content, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def images(part):
    """Inputs in [0, 1], [samples, 784], and labels."""
    pixels = idx(part + '-images-idx3-ubyte')
    return pixels.reshape(len(pixels), -1).astype(np.float32) / np.float32(255), idx(part + '-labels-idx1-ubyte').astype(np.int64)


def training_images():
    """The first 50,000 training images: the last 10,000 are the validation set of the book, and nobody trains on them here."""
    x, y = images('train')
    return x[:50000], y[:50000]


def prediction_images():
    x, y = images('t10k')
    count = SETTINGS['prediction_batch']
    return x[:count], y[:count]


def sample():
    """The one sample of W7: a row of numbers in a text file, [1, 784]."""
    with open(work_file('sample.csv'), encoding='ascii') as stream:
        return np.array([[float(value) for value in stream.readline().split(',')]], np.float32)


def saved_layers():
    """Weights [out, in] and biases [out] of W3's model: a safetensors file is a length, a JSON header with offsets, and the raw values."""
    with open(work_file('w3/model.safetensors'), 'rb') as stream:
        header = json.loads(stream.read(struct.unpack('<Q', stream.read(8))[0]))
        values = stream.read()

    def tensor(name):
        first, end = header[name]['data_offsets']
        return np.frombuffer(values[first:end], '<f4').reshape(header[name]['shape']).copy()

    count = sum(name.endswith('.weight') for name in header)
    return [(tensor('layers.%d.weight' % i), tensor('layers.%d.bias' % i)) for i in range(count)]


def table():
    """W6's table: training inputs and labels, test inputs and labels."""
    import pandas
    values = pandas.read_csv(work_file('table.csv')).to_numpy(np.float32)
    split = len(values) - SETTINGS['table_test']
    x, y = values[:, :-1], values[:, -1].astype(np.int64)
    return x[:split], y[:split], x[split:], y[split:]


def best_epoch(epochs, samples, train):
    """Samples per second of the fastest of some epochs: the first one also pays for what is made only once."""
    best = float('inf')
    for _ in range(epochs):
        started = time.perf_counter()
        train()
        best = min(best, time.perf_counter() - started)
    return samples / best


def times_of(call, repetitions, warm_up=0.5):
    """Seconds of each of some calls, sorted, after calls for some time that are not counted."""
    end = time.perf_counter() + warm_up
    while time.perf_counter() < end:
        call(0)
    seconds = []
    for i in range(repetitions):
        started = time.perf_counter()
        call(i)
        seconds.append(time.perf_counter() - started)
    return np.sort(seconds)


def report_prediction(one, batch, x, y):
    """W5: `one` predicts the labels of one row, `batch` of all rows. The answers are looked at before anything is timed."""
    accuracy = float((np.asarray(batch(x)) == y).mean())
    alone = times_of(lambda i: one(x[i % len(x):i % len(x) + 1]), 3000)
    together = times_of(lambda i: batch(x), 80)
    report(one_us=np.median(alone) * 1e6, one_p99_us=float(alone[int(len(alone) * 0.99)]) * 1e6,
           batch_samples_per_s=len(x) / np.median(together), test_accuracy=accuracy)


def report_products(multiply):
    """GEMM: multiply(a, b, c) writes the product of two square float matrices into c."""
    random = np.random.default_rng(0)
    rates = {}
    for n in (1024, 2048):
        a, b, c = (random.random((n, n), dtype=np.float32) for _ in range(3))
        multiply(a, b, c)
        assert np.allclose(c[n // 2, :8], a[n // 2].astype(float) @ b[:, :8].astype(float), rtol=1e-4), 'wrong product'
        seconds = times_of(lambda i: multiply(a, b, c), 96 * 1024 ** 3 // n ** 3)
        rates['gflops_%d' % n] = 2 * n ** 3 / seconds[0] / 1e9
    report(**rates)


def run(tasks):
    """Runs the task of the command line out of a dictionary of functions."""
    if ARGUMENTS.task not in tasks:
        sys.exit('no task %s: expected one of %s' % (ARGUMENTS.task, ', '.join(tasks)))
    tasks[ARGUMENTS.task]()
