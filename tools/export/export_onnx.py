#!/usr/bin/env python3
"""Exports any PyTorch model so that CudaNoisy can fine-tune it: evaluation mode, batch-norms kept, parameter names kept, dynamic batch.

    python3 export_onnx.py torchvision.models:resnet18 --checkpoint resnet18.pth --input 3,224,224 -o resnet18.onnx
    python3 export_onnx.py mynet.py:Encoder --kwargs '{"width": 64}' --input 3,32,32 -o encoder.onnx

Needs torch only; tried with PyTorch 1.13 (Debian's python3-torch).
"""
import argparse
import hashlib
import importlib
import importlib.util
import json
import sys

import torch

PRESERVED = "BatchNormalization"


def load_callable(spec):
    """module:name or file.py:name"""
    module, _, name = spec.rpartition(":")
    if not module:
        sys.exit(f"model: MODULE:NAME or FILE.py:NAME expected, '{spec}' came")
    if module.endswith(".py"):
        info = importlib.util.spec_from_file_location("model_file", module)
        loaded = importlib.util.module_from_spec(info)
        info.loader.exec_module(loaded)
    else:
        loaded = importlib.import_module(module)
    return getattr(loaded, name)


def load_state(path, prefix):
    """A state dict, wherever the checkpoint keeps it, without DataParallel's and the given prefix."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        sys.exit(f"{path}: a checkpoint of tensors only expected: {str(error).splitlines()[0]}")
    for key in ("state_dict", "model_state_dict", "model", "net"):
        if isinstance(state, dict) and isinstance(state.get(key), dict):
            state = state[key]
    names = {name: name[len("module."):] if name.startswith("module.") else name for name in state}
    return {name[len(prefix):]: state[key] for key, name in names.items() if name.startswith(prefix)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="MODULE:NAME or FILE.py:NAME, a class or function that returns a torch.nn.Module")
    parser.add_argument("--kwargs", type=json.loads, default={}, help="arguments of it, as JSON")
    parser.add_argument("--checkpoint", help="checkpoint to load")
    parser.add_argument("--prefix", default="", help="what stands in front of the names in the checkpoint")
    parser.add_argument("--input", default="3,32,32", help="channels,height,width")
    parser.add_argument("--output", "-o", required=True, help="ONNX file")
    parser.add_argument("--opset", type=int, default=13, help="ONNX opset (PyTorch 1.13 writes up to 16)")
    parser.add_argument("--names", choices=["features", "logits"], default="features", help="the output's name")
    arguments = parser.parse_args()

    model = load_callable(arguments.model)(**arguments.kwargs)
    if arguments.checkpoint:
        model.load_state_dict(load_state(arguments.checkpoint, arguments.prefix))
    model.eval()
    shape = [int(size) for size in arguments.input.split(",")]
    torch.onnx.export(
        model,
        torch.zeros(2, *shape),
        arguments.output,
        opset_version=arguments.opset,
        input_names=["input"],
        output_names=[arguments.names],
        dynamic_axes={"input": {0: "batch"}, arguments.names: {0: "batch"}},
        # Evaluation mode, but batch-norms stay: PRESERVE with model.eval() neither folds nor changes them.
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
        keep_initializers_as_inputs=False,
    )
    with open(arguments.output, "rb") as file:
        data = file.read()
    norms = sum(isinstance(m, torch.nn.modules.batchnorm._BatchNorm) for m in model.modules())
    if data.count(PRESERVED.encode()) < norms:
        sys.exit(f"{arguments.output}: {norms} {PRESERVED} nodes expected, some were folded")
    print(f"{arguments.output}\t{hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
