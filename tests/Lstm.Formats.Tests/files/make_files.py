#!/usr/bin/env python3
"""Writes the files of this folder, which the tests read: models made by PyTorch, with inputs and outputs beside them.

    python3 make_files.py        (Debian: python3-torch 1.13.1, python3-h5py, python3-numpy)

What PyTorch writes itself: the ONNX files, and every x and y. The safetensors package is not in Debian: its layout, 8 bytes of length, a header
of JSON, the data, is imitated here. Keras is not in Debian: its layout of groups and datasets is imitated with h5py, and the archive with zipfile.
Each NAME.json has x (T x p) and y (T x K), computed in float64 from the same float32 weights.
"""
import io
import json
import struct
import zipfile

import h5py
import numpy as np
import torch
from torch import nn

STEPS = 40


class Stack(nn.Module):
    """nn.LSTM and nn.Linear, as an audio model has them."""

    def __init__(self, p, d, layers, k, batch_first=True, bias=True, last=False, states=False):
        super().__init__()
        self.rec = nn.LSTM(p, d, layers, batch_first=batch_first, bias=bias)
        self.lin = nn.Linear(d, k) if k else None
        self.last = last
        self.states = states

    def forward(self, x, h=None, c=None):
        wm, state = self.rec(x, (h, c) if self.states else None)
        if self.last:
            wm = wm[:, -1]
        y = self.lin(wm) if self.lin else wm
        return (y, *state) if self.states else y


def seeded(seed, module):
    torch.manual_seed(seed)
    for parameter in module.parameters():
        nn.init.uniform_(parameter, -0.6, 0.6)
    return module.eval()


def expect(name, model, p, extra=None):
    """x and y of a module that takes B x T x p, in float64."""
    x = torch.rand(1, STEPS, p, dtype=torch.float64) * 2 - 1
    y = model.double()(x)
    model.float()
    values = {"x": x.flatten().tolist(), "y": y.detach().flatten().tolist()}
    with open(f"{name}.expected.json", "w") as file:
        json.dump({**values, **(extra or {})}, file)


def safetensors(path, tensors):
    """tensors: name -> (dtype, shape, bytes); sorted by name, as the package does."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(tensors):
        dtype, shape, raw = tensors[name]
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def raw(tensor, dtype):
    if dtype == "BF16":
        return tensor.to(torch.bfloat16).view(torch.int16).numpy().astype("<i2").tobytes()
    return tensor.numpy().astype({"F64": "<f8", "F32": "<f4", "F16": "<f2"}[dtype]).tobytes()


def state(module, dtype="F32", prefix=""):
    return {prefix + name: (dtype, tuple(value.shape), raw(value.detach(), dtype)) for name, value in module.state_dict().items()}


def rounded(module, dtype):
    """The module with its weights rounded to a type, as they are in a file of that type."""
    kind = {"F16": torch.float16, "BF16": torch.bfloat16}.get(dtype)
    if kind:
        for parameter in module.parameters():
            parameter.data = parameter.data.to(kind).float()
    return module


def export_onnx(name, model, p, d, layers, opset, batch_first=True, states=False, dynamic=True):
    x = torch.rand(1, 5, p) if batch_first else torch.rand(5, 1, p)
    args = (x, torch.zeros(layers, 1, d), torch.zeros(layers, 1, d)) if states else (x,)
    axes = {"x": {0: "batch", 1: "time"} if batch_first else {0: "time", 1: "batch"}} if dynamic else None
    names = ["x", "h", "c"] if states else ["x"]
    torch.onnx.export(model, args, f"{name}.onnx", input_names=names, dynamic_axes=axes, opset_version=opset)


def make_safetensors():
    for name, (p, d, layers, k, dtype, bias) in {
        "torch_p1_d8_l1_k1": (1, 8, 1, 1, "F32", True), "torch_p2_d5_l3_k2": (2, 5, 3, 2, "F32", True),
        "torch_f16": (1, 4, 1, 1, "F16", True), "torch_bf16": (1, 4, 1, 1, "BF16", True), "torch_f64": (1, 4, 1, 1, "F64", True),
        "torch_nobias": (2, 4, 2, 1, "F32", False),
    }.items():
        model = rounded(seeded(len(name), Stack(p, d, layers, k, bias=bias)), dtype)
        safetensors(f"{name}.safetensors", state(model, dtype))
        expect(name, model, p)

    # nn.LSTMCell alone, without a prefix; two modules of different sizes
    cell = seeded(7, nn.LSTMCell(3, 4))
    lstm = nn.LSTM(3, 4, batch_first=True)
    lstm.load_state_dict({name + "_l0": value for name, value in cell.state_dict().items()})
    safetensors("torch_cell.safetensors", state(cell))
    expect("torch_cell", Wrapped(lstm), 3)
    two = seeded(8, Two())
    safetensors("torch_two_modules.safetensors", state(two))
    expect("torch_two_modules", two, 2)
    with open("rtneural_torch.json", "w") as file:
        json.dump({name: value.tolist() for name, value in two.state_dict().items()}, file)


class Wrapped(nn.Module):
    def __init__(self, lstm):
        super().__init__()
        self.lstm = lstm

    def forward(self, x):
        return self.lstm(x)[0]


class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = nn.LSTM(2, 6, batch_first=True)
        self.narrow = nn.LSTM(6, 3, 2, batch_first=True)
        self.out = nn.Linear(3, 1)

    def forward(self, x):
        return self.out(self.narrow(self.wide(x)[0])[0])


def make_onnx():
    for name, (p, d, layers, k, opset, options) in {
        "onnx_op9": (1, 4, 2, 1, 9, {}), "onnx_op13": (2, 4, 1, 1, 13, {}), "onnx_op16": (1, 5, 2, 2, 16, {}),
        "onnx_time_first": (1, 4, 1, 1, 13, {"batch_first": False}), "onnx_static": (3, 4, 2, 2, 13, {"batch_first": False, "dynamic": False}),
        "onnx_nobias": (1, 4, 1, 0, 13, {"bias": False}), "onnx_states": (1, 4, 2, 1, 13, {"states": True}),
        "onnx_last": (1, 4, 1, 1, 13, {"last": True}),
    }.items():
        module = {key: options[key] for key in ("batch_first", "bias", "states", "last") if key in options}
        model = seeded(len(name), Stack(p, d, layers, k, **module))
        exported = {key: options[key] for key in ("batch_first", "states", "dynamic") if key in options}
        export_onnx(name, model, p, d, layers, opset, **exported)
        plain = Stack(p, d, layers, k, bias=options.get("bias", True))
        plain.load_state_dict(model.state_dict())
        expect(name, plain.eval(), p)


def keras_weights(file, layers):
    """layers: group -> arrays in order, under cell/vars for an LSTM."""
    with h5py.File(file, "w") as h5:
        h5.create_group("layers/input_layer/vars").attrs["name"] = "input_layer"
        for group, (below, arrays) in layers.items():
            h5.create_group(f"layers/{group}/vars").attrs["name"] = group
            variables = h5.require_group(f"layers/{group}/{below}")
            for index, array in enumerate(arrays):
                variables[str(index)] = array
        h5.create_group("vars").attrs["name"] = "sequential"
        h5.create_group("optimizer/vars")["0"] = np.int64(100)


def keras_layer(name, config):
    return {"module": "keras.layers", "class_name": name, "config": config, "registered_name": None}


def make_keras():
    model = seeded(21, Stack(2, 4, 2, 1))
    parts = {name: value.numpy() for name, value in model.state_dict().items()}
    layers = {}
    for k, group in enumerate(("lstm", "lstm_1")):
        layers[group] = ("cell/vars", [
            parts[f"rec.weight_ih_l{k}"].T, parts[f"rec.weight_hh_l{k}"].T, parts[f"rec.bias_ih_l{k}"] + parts[f"rec.bias_hh_l{k}"]])
        model.rec.get_parameter(f"bias_ih_l{k}").data = torch.from_numpy(layers[group][1][2])
        model.rec.get_parameter(f"bias_hh_l{k}").data.zero_()
    layers["dense"] = ("vars", [parts["lin.weight"].T, parts["lin.bias"]])
    keras_weights("keras.weights.h5", layers)
    expect("keras", model, 2)
    h5 = io.BytesIO()
    keras_weights(h5, layers)
    lstm = {"units": 4, "activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": True, "return_sequences": True, "go_backwards": False}
    config = {"module": "keras", "class_name": "Sequential", "config": {"name": "sequential", "layers": [
        keras_layer("InputLayer", {"batch_shape": [None, None, 2], "name": "input_layer"}), keras_layer("LSTM", {"name": "lstm", **lstm}),
        keras_layer("Dropout", {"name": "dropout", "rate": 0.1}), keras_layer("LSTM", {"name": "lstm_1", **lstm}),
        keras_layer("Dense", {"name": "dense", "units": 1, "activation": "linear", "use_bias": True})]}}
    with zipfile.ZipFile("keras.keras", "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.5.0"}))
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", h5.getvalue())


make_safetensors()
make_onnx()
make_keras()
