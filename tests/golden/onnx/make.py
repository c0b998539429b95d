#!/usr/bin/env python3
"""Writes the networks of other programs as ONNX files beside this script, and what those programs compute with them: expected.json.

torch-*.onnx      exported by PyTorch 1.13 (torch.onnx.export), as its users do; the numbers are PyTorch's own.
sklearn-*.onnx    networks trained by scikit-learn 1.2 (MLPClassifier and MLPRegressor behind a StandardScaler), written with onnx 1.12 as
                  the graphs that sklearn-onnx makes of such pipelines; the numbers are scikit-learn's own (predict_proba, predict).
refused-*.onnx    exported by PyTorch; more than a chain of dense layers.

The inputs are a formula, x[i, j] = ((i*7919 + j*104729 + 17) mod 509 - 254) / 127 for 8 samples, so that the file keeps outputs only.
Parameters of the PyTorch networks: p[k] = ((k*1299709 + 7*t) mod 2003 - 1001) / 1501 for the t-th tensor, flattened.
"""
import json
import pathlib

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler
from torch import nn

FOLDER = pathlib.Path(__file__).parent
SAMPLES = 8
EXPECTED = {}


def inputs(columns, samples=SAMPLES):
    return numpy.array([[((i * 7919 + j * 104729 + 17) % 509 - 254) / 127 for j in range(columns)] for i in range(samples)])


def fill(module):
    with torch.no_grad():
        for t, parameter in enumerate(module.parameters()):
            flat = [((k * 1299709 + 7 * t) % 2003 - 1001) / 1501 for k in range(parameter.numel())]
            parameter.copy_(torch.tensor(flat, dtype=torch.float64).reshape(parameter.shape))
    return module.eval()


class Formula(nn.Module):
    """A module with a forward pass of its own."""

    def __init__(self, forward, **modules):
        super().__init__()
        for name, module in modules.items():
            setattr(self, name, module)
        self.formula = forward

    def forward(self, x):
        return self.formula(self, x)


def export(name, module, columns, shape=None, dtype=torch.float32, expect=True, **options):
    module = fill(module).to(dtype)
    x = torch.tensor(inputs(columns), dtype=dtype).reshape(shape or (SAMPLES, columns))
    torch.onnx.export(module, x, FOLDER / f"{name}.onnx", input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "n"}, "y": {0: "n"}}, **options)
    if expect:
        with torch.no_grad():
            EXPECTED[name] = {"inputs": columns, "outputs": module.double()(x.double()).reshape(SAMPLES, -1).tolist()}


def with_statistics(norm):
    with torch.no_grad():
        for j in range(norm.num_features):
            norm.running_mean[j] = (j % 5 - 2) / 4
            norm.running_var[j] = 0.5 + (j % 7) / 3
    return norm


def torch_networks():
    export("torch-image-relu-softmax", nn.Sequential(nn.Flatten(), nn.Linear(20, 12), nn.ReLU(), nn.Dropout(0.3), nn.Linear(12, 4), nn.Softmax(dim=1)), 20, (SAMPLES, 1, 4, 5))
    export("torch-activations", nn.Sequential(
        nn.Linear(6, 9), nn.Tanh(), nn.Linear(9, 8), nn.Sigmoid(), nn.Linear(8, 7), nn.LeakyReLU(), nn.Linear(7, 6), nn.GELU(),
        nn.Linear(6, 5), nn.Softplus(), nn.Linear(5, 3)), 6)
    export("torch-scaled-input", Formula(
        lambda self, x: torch.softmax(self.last(self.norm(torch.relu(self.first((x.view(x.size(0), -1) - self.mean) / self.scale)))) / 0.75, dim=-1),
        first=nn.Linear(10, 8), norm=with_statistics(nn.BatchNorm1d(8)), last=nn.Linear(8, 3),
        mean=nn.Parameter(torch.zeros(10)), scale=nn.Parameter(torch.ones(10))), 10, (SAMPLES, 2, 5), opset_version=17)
    export("torch-double-sigmoid", nn.Sequential(nn.Linear(5, 4), nn.Sigmoid(), nn.Linear(4, 1), nn.Sigmoid()), 5, dtype=torch.float64)
    export("torch-no-folding", Formula(
        lambda self, x: torch.tanh(x @ self.w.t() + self.b) @ self.v + 0.25,
        w=nn.Parameter(torch.zeros(6, 4)), b=nn.Parameter(torch.zeros(6)), v=nn.Parameter(torch.zeros(6, 2))), 4, do_constant_folding=False, opset_version=9)
    export("torch-gelu-output", nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1), nn.GELU()), 3, opset_version=14)
    export("refused-convolution", nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(12, 2)), 20, (SAMPLES, 1, 4, 5), expect=False)
    export("refused-skip", Formula(lambda self, x: self.first(x) + torch.relu(self.second(x)), first=nn.Linear(4, 4), second=nn.Linear(4, 4)), 4, expect=False)


def tensor(name, values, dtype=numpy.float32):
    return numpy_helper.from_array(numpy.asarray(values, dtype=dtype), name)


def sklearn_graph(name, scaler, network, labels=None):
    """The graph that sklearn-onnx makes of a pipeline of StandardScaler and a multi-layer perceptron."""
    nodes = [helper.make_node("Scaler", ["X"], ["variable"], name="Scaler", domain="ai.onnx.ml", offset=scaler.mean_.tolist(), scale=(1 / scaler.scale_).tolist()),
             helper.make_node("Cast", ["variable"], ["cast_input"], name="Cast", to=TensorProto.FLOAT)]
    constants, value = [], "cast_input"
    activation = {"relu": "Relu", "tanh": "Tanh", "logistic": "Sigmoid"}[network.activation]
    last = len(network.coefs_) - 1
    for i, (weight, bias) in enumerate(zip(network.coefs_, network.intercepts_)):
        constants += [tensor(f"coefficient{i}", weight), tensor(f"intercepts{i}", bias.reshape(1, -1))]
        nodes += [helper.make_node("MatMul", [value, f"coefficient{i}"], [f"mul_result{i}"], name=f"MatMul{i}"),
                  helper.make_node("Add", [f"mul_result{i}", f"intercepts{i}"], [f"add_result{i}"], name=f"Add{i}")]
        value = f"add_result{i}"
        if i < last:
            nodes.append(helper.make_node(activation, [value], [f"next_activations{i}"], name=f"{activation}{i}"))
            value = f"next_activations{i}"
    outputs = []
    if labels is None:
        constants.append(tensor("shape_tensor", [-1, network.n_outputs_], numpy.int64))
        nodes.append(helper.make_node("Reshape", [value, "shape_tensor"], ["variable1"], name="Reshape"))
        outputs.append(helper.make_tensor_value_info("variable1", TensorProto.FLOAT, [None, network.n_outputs_]))
    else:
        if network.out_activation_ == "softmax":
            nodes.append(helper.make_node("Softmax", [value], ["out"], name="Softmax", axis=1))
        else:
            constants.append(tensor("unity", [1]))
            nodes += [helper.make_node("Sigmoid", [value], ["positive"], name="Sigmoid"),
                      helper.make_node("Sub", ["unity", "positive"], ["negative"], name="Sub"),
                      helper.make_node("Concat", ["negative", "positive"], ["out"], name="Concat", axis=1)]
        constants += [tensor("shape_tensor", [-1], numpy.int64), helper.make_tensor("classes", TensorProto.STRING, [len(labels)], [label.encode() for label in labels])]
        nodes += [helper.make_node("ArgMax", ["out"], ["argmax_output"], name="ArgMax", axis=1),
                  helper.make_node("ArrayFeatureExtractor", ["classes", "argmax_output"], ["extracted"], name="ArrayFeatureExtractor", domain="ai.onnx.ml"),
                  helper.make_node("Reshape", ["extracted", "shape_tensor"], ["label"], name="Reshape"),
                  helper.make_node("ZipMap", ["out"], ["probabilities"], name="ZipMap", domain="ai.onnx.ml", classlabels_strings=labels)]
        outputs.append(helper.make_tensor_value_info("label", TensorProto.STRING, [None]))
        maps = onnx.ValueInfoProto(name="probabilities")
        maps.type.sequence_type.elem_type.map_type.key_type = TensorProto.STRING
        maps.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = TensorProto.FLOAT
        outputs.append(maps)
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, scaler.n_features_in_])], outputs, constants)
    model = helper.make_model(graph, producer_name="make.py", opset_imports=[helper.make_opsetid("ai.onnx.ml", 1), helper.make_opsetid("", 15)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, FOLDER / f"{name}.onnx")


def sklearn_networks():
    raw = inputs(4, 120) * [1, 10, 100, 0.1] + [5, -20, 2000, 0]
    x = inputs(4) * [1, 10, 100, 0.1] + [5, -20, 2000, 0]
    scaler = StandardScaler().fit(raw)
    sums = scaler.transform(raw) @ [1, -1, 0.5, 0.25]
    for name, classes, activation in [("sklearn-two-classes", 2, "tanh"), ("sklearn-three-classes", 3, "relu")]:
        labels = [f"class {'abc'[k]}" for k in range(classes)]
        y = numpy.array(labels)[numpy.digitize(sums, [0] if classes == 2 else [-0.8, 0.8])]
        network = MLPClassifier((7, 5), activation=activation, max_iter=60, random_state=1).fit(scaler.transform(raw), y)
        sklearn_graph(name, scaler, network, labels)
        EXPECTED[name] = {"inputs": 4, "factors": [1, 10, 100, 0.1], "summands": [5, -20, 2000, 0], "classes": labels, "outputs": network.predict_proba(scaler.transform(x)).tolist()}
    network = MLPRegressor((6,), activation="logistic", max_iter=60, random_state=1).fit(scaler.transform(raw), sums)
    sklearn_graph("sklearn-regression", scaler, network)
    EXPECTED["sklearn-regression"] = {"inputs": 4, "factors": [1, 10, 100, 0.1], "summands": [5, -20, 2000, 0], "outputs": network.predict(scaler.transform(x)).reshape(-1, 1).tolist()}


if __name__ == "__main__":
    torch_networks()
    sklearn_networks()
    (FOLDER / "expected.json").write_text(json.dumps(EXPECTED, indent=1) + "\n")
