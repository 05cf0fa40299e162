"""Joins networks that began differently into one: what they share stands in it once, and each gives its own scores."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import onnx
import onnxruntime
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, compose, helper

from tests.learning.train import LEARNED

PIECES = "pieces"
OUTPUTS = {"scores": ["networks", "values"], "weights": [1, "length", "facts"], "meaning": [1, "width"]}
LARGE = 1024  # bytes: smaller parts are not worth looking for twins


def joined(models: list[ModelProto]) -> ModelProto:
    """Return one network: a row of scores from each, the mean of where they looked, their meanings side by side."""
    first = models[0].graph
    parts = [compose.add_prefix(model, f"{place}/").graph for place, model in enumerate(models)]
    for place, part in enumerate(parts):
        _rename(part, f"{place}/{PIECES}", PIECES)
    names = {name: [f"{place}/{name}" for place in range(len(models))] for name in OUTPUTS}
    last = [
        helper.make_node("Concat", names["scores"], ["scores"], axis=0),
        helper.make_node("Mean", names["weights"], ["weights"]),
        helper.make_node("Concat", names["meaning"], ["meaning"], axis=1),
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in OUTPUTS.items()]
    nodes, kept = _without_twins(parts)
    graph = helper.make_graph([*nodes, *last], "joined", [first.input[0]], outputs, kept)
    whole = helper.make_model(graph, opset_imports=models[0].opset_import, ir_version=models[0].ir_version)
    onnx.checker.check_model(whole)
    return whole


def _without_twins(parts: list[GraphProto]) -> tuple[list[NodeProto], list[TensorProto]]:
    """Return all nodes and weights; the table of pieces, which no training changes, stands in each and is kept once."""
    seen: dict[bytes, str] = {}
    kept: list[TensorProto] = []
    for part in parts:
        for weight in part.initializer:
            body = weight.raw_data
            twin = seen.setdefault(body, weight.name) if len(body) > LARGE else weight.name
            if twin == weight.name:
                kept.append(weight)
            else:
                _rename(part, weight.name, twin)
    return [node for part in parts for node in part.node], kept


def _rename(graph: GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        for at, name in enumerate(node.input):
            if name == old:
                node.input[at] = new


def lay_out(whole: ModelProto, folder: Path) -> None:
    """Write the network as the product opens it: its steps made fewer once and for all, its weights in a file that is mapped, not read.

    Made fewer only as far as every kind of processor agrees.
    """
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / "network.onnx")
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", "network.weights")
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", str(LARGE))
    with tempfile.TemporaryDirectory() as scratch:
        onnx.save(whole, Path(scratch) / "network.onnx")
        onnxruntime.InferenceSession(str(Path(scratch) / "network.onnx"), options, providers=["CPUExecutionProvider"])


def main() -> int:
    """Join the networks of some folders, and write them to where the product looks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="what tests.learning.train wrote, each with its --seed")
    parser.add_argument("--to", type=Path, default=LEARNED)
    args = parser.parse_args()
    for name in ("heads.json", "vocabulary.txt"):
        told = {(folder / name).read_text(encoding="utf-8") for folder in args.folders}
        if len(told) != 1:
            sys.exit(f"The networks differ in {name}: train them on the same utterances.")
        (args.to / name).write_text(told.pop(), encoding="utf-8")
    lay_out(joined([onnx.load(folder / "network.onnx") for folder in args.folders]), args.to)
    print(json.dumps({"networks": len(args.folders), "bytes": sum(file.stat().st_size for file in args.to.glob("network.*"))}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
