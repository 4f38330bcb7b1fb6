"""Random models of one `Resize`, with what ONNX Runtime computes: `python resizes.py FOLDER COUNT`.

Some differ, where a coordinate is nearly that of an element, of the middle between two, or of a border, and rounding to 32 bits
decides. Without a count, it is the one model of several of them that is a test.
"""

import random
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

import cases

PLACES = ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric", "tf_crop_and_resize"]


def sizes_of(seed):
    """Sizes of an image. None is the same after it: ONNX Runtime then copies, whatever the region is."""
    axes = seed.choice([1, 2, 2, 2, 3])
    before = [seed.randint(2, 12) for _ in range(axes)]
    after = [seed.choice([2 * size, seed.randint(1, 23)]) for size in before]
    return before, [size + (size == old) for size, old in zip(after, before)]


def model(number):
    """A model and its input."""
    seed = random.Random(number)
    opset = seed.choice([10, 11, 13, 18, 19, 19, 19])
    before, after = sizes_of(seed)
    mode = seed.choice(["nearest", "linear", "cubic"] if len(before) == 2 else ["nearest", "linear"])
    places = PLACES if opset >= 19 else [place for place in PLACES if place != "half_pixel_symmetric"]
    place = seed.choice(places)
    attributes = {"mode": mode}
    if opset >= 11:
        attributes["coordinate_transformation_mode"] = place
        if mode == "nearest":
            attributes["nearest_mode"] = seed.choice(["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"])
        elif place != "tf_crop_and_resize":
            attributes["exclude_outside"] = seed.choice([0, 1]) if mode == "cubic" else 0
    if opset >= 18 and mode != "nearest" and place in ("half_pixel", "pytorch_half_pixel") and len(before) == 2:
        attributes["antialias"] = seed.choice([0, 1])
    shape = [1, seed.choice([1, 2])] + before
    scales = [1.0, 1.0] + [size / old for size, old in zip(after, before)]
    if seed.random() < 0.4:
        scales[2:] = [seed.choice([0.3, 0.6, 0.7, 1.3, 1.75, 2.6]) for _ in before]
        changes = lambda scale, old: 1 <= int(scale * old) != old
        scales[2:] = [scale if changes(scale, old) else 1.75 for scale, old in zip(scales[2:], before)]
        after = None
    stored = [numpy_helper.from_array(numpy.array(scales, "f4"), "scales")]
    inputs = ["x", "scales"]
    if opset >= 11:
        begin = [0.0, 0.0] + [seed.choice([0.0, 0.1, -0.2, 0.4]) for _ in before]
        end = [1.0, 1.0] + [seed.choice([1.0, 0.9, 1.3, 0.6]) for _ in before]
        region = begin + end if place == "tf_crop_and_resize" else []
        stored.append(numpy_helper.from_array(numpy.array(region, "f4"), "region"))
        inputs = ["x", "region", "scales"]
        if after is not None:
            stored[0] = numpy_helper.from_array(numpy.array(shape[:2] + after, "i8"), "sizes")
            stored.append(numpy_helper.from_array(numpy.array([], "f4"), "none"))
            inputs = ["x", "region", "none", "sizes"]
    node = helper.make_node("Resize", inputs, ["y"], **attributes)
    ports = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
    results = [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * len(shape))]
    graph = helper.make_graph([node], "resize", ports, results, stored)
    whole = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    return whole, numpy.random.default_rng(number).standard_normal(shape).astype("f4")


def several():
    """Coordinates that are whole numbers in exact arithmetic, and are not in 32 bits."""
    settings = [
        ({"mode": "linear", "coordinate_transformation_mode": "tf_crop_and_resize"}, [47, 52], [0.0, 0.0, 1.0, 1.0]),
        ({"mode": "linear", "coordinate_transformation_mode": "tf_crop_and_resize"}, [47, 22], [0.1, 0.0, 0.8, 1.2]),
        ({"mode": "linear", "antialias": 1}, [7, 3], None),
        ({"mode": "cubic", "antialias": 1}, [6, 20], None),
        ({"mode": "cubic", "exclude_outside": 1}, [23, 4], None),
        ({"mode": "linear", "coordinate_transformation_mode": "half_pixel_symmetric"}, (1.3, 0.7), None),
        ({"mode": "linear"}, (2.6, 1.3), None),
    ]
    nodes, stored, flat = [], [numpy_helper.from_array(numpy.array([1, -1], "i8"), "flat")], []
    for number, (attributes, size, region) in enumerate(settings):
        region = [] if region is None else [0, 0, *region[:2], 1, 1, *region[2:]]
        stored.append(numpy_helper.from_array(numpy.array(region, "f4"), f"region{number}"))
        is_scale = isinstance(size, tuple)
        kind, head = ("f4", [1.0, 1.0]) if is_scale else ("i8", [1, 2])
        stored.append(numpy_helper.from_array(numpy.array([*head, *size], kind), f"size{number}"))
        inputs = ["x", f"region{number}", *([f"size{number}"] if is_scale else ["", f"size{number}"])]
        nodes.append(helper.make_node("Resize", inputs, [f"resized{number}"], **attributes))
        nodes.append(helper.make_node("Reshape", [f"resized{number}", "flat"], [f"flat{number}"]))
        flat.append(f"flat{number}")
    nodes.append(helper.make_node("Concat", flat, ["y"], axis=1))
    shape = [1, 2, 15, 9]
    ports = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
    graph = helper.make_graph(nodes, "resizer", ports, [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, None])], stored)
    whole = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=8)
    return whole, numpy.random.default_rng(0).standard_normal(shape).astype("f4")


def main(folder, count=None):
    if count is None:
        whole, x = several()
        return cases.write(folder, whole.SerializeToString(), {"x": x}, cases.run(whole.SerializeToString(), {"x": x}))
    written = 0
    for number in range(int(count)):
        whole, x = model(number)
        file = whole.SerializeToString()
        try:
            outputs = cases.run(file, {"x": x})
        except Exception as error:  # what ONNX Runtime does not do
            print(number, str(error).splitlines()[0][:160])
            continue
        cases.write(f"{folder}/resize_{number}", file, {"x": x}, outputs)
        written += 1
    print(f"{written} cases written")


main(*sys.argv[1:])
