#!/usr/bin/env python3
"""Reads model files of Nabla with nothing but json and NumPy, by what docs/files.md says, and compares what they predict with `nabla predict`.

    python3 safetensors.py NABLA FOLDER [TABLE.csv ...]

NABLA is the built program, Nabla.Cli.dll; FOLDER an empty folder to work in. Models are trained on a table that this script writes, with every
kind of column, on a built-in set, and on each TABLE (comma-separated, without quotes, the target last). Also the other way: a state
dictionary with PyTorch's names, written here, is imported, and goes through network2 JSON and back. A line a case; exit status 1 if one fails.
"""
import datetime
import json
import math
import pathlib
import subprocess
import sys

import numpy as np

TOLERANCE = 1e-5
MISSING = {"", "?", "na", "n/a", "nan", "null"}
TYPES = {"F32": "<f4", "F64": "<f8"}
ERF = np.vectorize(math.erf)
ACTIVATIONS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "leaky-relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "gelu": lambda z: 0.5 * z * (1 + ERF(z / math.sqrt(2))),
    "softplus": lambda z: np.logaddexp(0, z),
    "linear": lambda z: z,
    "step": lambda z: (z > 0).astype(float),
}


def read(path):
    """The tensors of a file, and its metadata."""
    data = pathlib.Path(path).read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[start:end], TYPES[entry["dtype"]]).reshape(entry["shape"]).astype(float)
    return tensors, metadata


def write(path, tensors):
    """A file of 32-bit tensors, in the order of their names."""
    header, parts, at = {}, [], 0
    for name in sorted(tensors):
        raw = tensors[name].astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape), "data_offsets": [at, at + len(raw)]}
        parts.append(raw)
        at += len(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))


def forward(tensors, network, x):
    for i, layer in enumerate(network["layers"]):
        z = x @ tensors[f"layers.{i}.weight"].T + tensors[f"layers.{i}.bias"]
        if layer["activation"] == "softmax":
            e = np.exp(network["softmax_constant"] * (z - z.max(axis=1, keepdims=True)))
            x = e / e.sum(axis=1, keepdims=True)
        elif "unit_activations" in layer:
            x = np.stack([ACTIVATIONS[name](z[:, j]) for j, name in enumerate(layer["unit_activations"])], axis=1)
        else:
            x = ACTIVATIONS[layer["activation"]](z)
    return x


def seconds(text):
    day, _, time = text.replace("T", " ").partition(" ")
    moment = datetime.datetime.fromisoformat(f"{day} {time or '00:00'}").replace(tzinfo=datetime.timezone.utc)
    return (moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds()


def scaled(x, column):
    return max(-1e15, min(1e15, (x - column["center"]) / column["scale"])) if column["scale"] > 0 else 0.0


def encode_cell(text, column):
    """The inputs of a cell."""
    missing, kind, names = text.lower() in MISSING, column["kind"], column["categories"]
    if kind == "numeric":
        inputs = [scaled(column["imputed"] if missing else float(text), column)]
    elif kind == "boolean":
        inputs = [column["imputed"] if missing else float(text.lower() in ("true", "yes", "t", "y"))]
    elif kind == "categorical":
        code = int(column["imputed"]) if missing else names.index(text) if text in names else -1
        inputs = [float(code == i) for i in range(len(names))] + ([float(code < 0)] if column["has_other"] else [])
    else:
        instant = column["imputed"] if missing else seconds(text)
        day = math.floor(instant / 86400)
        turns = [day / 365.2425, (day + 3) / 7] + ([instant / 86400] if column["has_time"] else [])
        inputs = [scaled(instant, column)] + [f(2 * math.pi * (turn % 1)) for turn in turns for f in (math.sin, math.cos)]
    return inputs + ([float(missing)] if column["has_missing_indicator"] else [])


def encode(columns, header, rows):
    places = [header.index(column["name"]) for column in columns["inputs"]]
    return np.array([[value for place, column in zip(places, columns["inputs"]) for value in encode_cell(row[place], column)] for row in rows])


def cells(text):
    header, *rows = [line.split(",") for line in text.rstrip("\n").split("\n")]
    return header, rows


def model_of(path):
    tensors, metadata = read(path)
    assert metadata["nabla"] == "1"
    return tensors, json.loads(metadata["model"])


def largest_difference(ours, theirs):
    return float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))))


def draw_table(path, count):
    numbers = np.random.default_rng(7)
    lines = ["size,colour,open,born,called,constant,price,area"]
    for _ in range(count):
        day = (datetime.date(2019, 1, 1) + datetime.timedelta(days=int(numbers.integers(2000)))).isoformat()
        size = f"{numbers.uniform(-30, 70):.3f}" if numbers.random() > 0.1 else numbers.choice(["", "NA"])
        colour = str(numbers.choice(["red", "green", "blue ∇", "?", f"rare{numbers.integers(10**9)}"], p=[0.3, 0.3, 0.3, 0.05, 0.05]))
        lines.append(f"{size},{colour},{numbers.choice(['yes', 'no', ''])},{day},{day} {numbers.integers(24):02}:{numbers.integers(60):02},5,{numbers.uniform(0, 5e5):.2f},{numbers.uniform(-1, 2):.5f}")
    pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(nabla, folder, tables):
    folder = pathlib.Path(folder)
    failed = 0

    def run(*arguments):
        return subprocess.run(["dotnet", nabla, *map(str, arguments)], check=True, capture_output=True, encoding="utf-8").stdout

    def report(name, difference):
        nonlocal failed
        failed += not difference <= TOLERANCE
        print(f"{'ok  ' if difference <= TOLERANCE else 'FAIL'} {name}: largest difference {difference:.2e}")

    def table(name, path, *options):
        run("train", path, *options, "--epochs", 3, "--hidden", 8, "--run", folder / name, "--quiet")
        tensors, model = model_of(folder / name / "model.safetensors")
        ours = forward(tensors, model["network"], encode(model["columns"], *cells(pathlib.Path(path).read_text(encoding="utf-8"))))
        header, rows = cells(run("predict", folder / name, path, "--probabilities"))
        if model["classes"]:
            start = header.index("label") + 2
        else:
            start = 0
            ours = ours * [target["scale"] for target in model["columns"]["targets"]] + [target["center"] for target in model["columns"]["targets"]]
        report(name, largest_difference(ours, np.array([[float(cell) for cell in row[start:start + ours.shape[1]]] for row in rows])))

    draw_table(folder / "drawn.csv", 400)
    table("drawn", folder / "drawn.csv", "--target", "price,area")
    table("double", folder / "drawn.csv", "--target", "price,area", "--precision", "double")
    for path in tables:
        table(pathlib.Path(path).stem, path)

    run("train", "moons", "--epochs", 2, "--hidden", "8,5", "--activation", "gelu", "--run", folder / "moons", "--quiet")
    tensors, model = model_of(folder / "moons" / "model.safetensors")
    x = np.random.default_rng(1).uniform(-2, 2, (200, 2)).astype(np.float32)
    (folder / "points.csv").write_text("\n".join(f"{a:.9g},{b:.9g}" for a, b in x) + "\n")
    _, rows = cells(run("predict", folder / "moons", folder / "points.csv", "--probabilities"))
    report("moons", largest_difference(forward(tensors, model["network"], x.astype(float)), np.array([[float(cell) for cell in row[2:]] for row in rows])))

    # A Sequential of PyTorch numbers its activations, too: the layers are 0, 2 and so on.
    numbers = np.random.default_rng(2)
    sizes = [2, 4, 4, 4, 4, 4, 3]
    state = {}
    for i, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
        state[f"net.{2 * i}.weight"], state[f"net.{2 * i}.bias"] = numbers.normal(size=(units, inputs)).astype(np.float32), numbers.normal(size=units).astype(np.float32)
    write(folder / "state.safetensors", state)
    network = {"layers": [{"activation": "sigmoid"}] * (len(sizes) - 1)}
    renamed = {f"layers.{int(name.split('.')[1]) // 2}.{name.split('.')[2]}": tensor.astype(float) for name, tensor in state.items()}
    expected = forward(renamed, network, x.astype(float))
    run("import", folder / "state.safetensors", "--activation", "sigmoid", "--output", "sigmoid", "--out", folder / "imported.safetensors")
    run("export", folder / "imported.safetensors", "--to", "network2", folder / "network.json")
    run("import", folder / "network.json", "--out", folder / "back.safetensors")
    for name in ("imported", "back"):
        _, rows = cells(run("predict", folder / f"{name}.safetensors", folder / "points.csv", "--probabilities"))
        report(f"state dictionary, {name}", largest_difference(expected, np.array([[float(cell) for cell in row[2:]] for row in rows])))

    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
