"""TFLite models with random weights, converted by TensorFlow, with the outputs of its interpreter:
`python tflite_models.py FOLDER [NAME …]`. Small ones are committed; `operators` are cases for each operator. The packages
`tensorflow-cpu`, `tf_keras` and `safetensors` are needed.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
import tensorflow as tf
import tf_keras as old  # whose recurrent layers are one operator
from keras import layers

import interpreter


def converted(function, shapes, types=None, half=False):
    """The file of a function of tensors of these shapes."""
    types = types or [tf.float32] * len(shapes)
    specs = [tf.TensorSpec(shape, kind, name=f"input{number}" if len(shapes) > 1 else "input")
             for number, (shape, kind) in enumerate(zip(shapes, types))]
    concrete = tf.function(function).get_concrete_function(*specs)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], function)
    if half:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
    return converter.convert()


def varied(model):
    """Weights and statistics that all differ."""
    generator = numpy.random.default_rng(7)
    for weight in model.weights:
        value = numpy.asarray(weight)
        noise = 0.1 * generator.standard_normal(value.shape)
        if "moving_variance" in weight.name:
            noise = numpy.abs(noise)
        weight.assign(value + noise)
    return model


def spotter():
    """A convolutional network with depthwise convolutions, as spotters of keywords are."""
    x = inputs = keras.Input((49, 10, 1), batch_size=1)
    x = layers.Conv2D(8, (10, 4), strides=2, padding="same", use_bias=False, name="conv")(x)
    x = layers.ReLU(name="relu")(layers.BatchNormalization(name="norm")(x))
    x = layers.DepthwiseConv2D(3, padding="same", name="depthwise")(x)
    x = layers.Conv2D(12, 1, activation="relu6", name="pointwise")(x)
    x = layers.AveragePooling2D((5, 2), padding="same", name="pool")(x)
    x = layers.Dense(16, activation="tanh", name="hidden")(layers.Flatten(name="flatten")(x))
    return keras.Model(inputs, layers.Dense(4, activation="softmax", name="scores")(x)), [(1, 49, 10, 1)]


def segmenter():
    """A network from images to images."""
    image = keras.Input((12, 16, 3), batch_size=1)
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name="edge")(image)
    x = skip = layers.PReLU(shared_axes=[1, 2], name="slope")(layers.Conv2D(6, 3, strides=2, name="down")(x))
    x = layers.Activation("hard_swish", name="swish")(layers.Conv2D(8, 3, padding="same", strides=2, name="middle")(x))
    gate = layers.GlobalAveragePooling2D(keepdims=True, name="squeeze")(x)
    x = layers.Multiply(name="gate")([x, layers.Conv2D(8, 1, activation="sigmoid", name="excite")(gate)])
    x = layers.Conv2DTranspose(6, 3, strides=2, padding="same", activation="relu", name="up")(x)
    x = layers.Concatenate(name="join")([x, skip])
    x = layers.UpSampling2D(2, interpolation="bilinear", name="larger")(x)
    return keras.Model(image, layers.Conv2D(2, 1, name="head")(x)), [(1, 12, 16, 3)]


def listener():
    """A recurrent layer over words, with a convolution along them."""
    words = old.Input((9,), batch_size=1, dtype="int32", name="input")
    x = old.layers.Embedding(30, 8, name="words")(words)
    x = old.layers.Conv1D(6, 3, padding="same", activation="relu", name="conv")(x)
    x = old.layers.LSTM(5, return_sequences=True, name="lstm")(x)
    return old.Model(words, old.layers.Dense(4, name="head")(x)), None


def reader():
    """A block of a transformer."""
    x = inputs = keras.Input((6, 12), batch_size=1)
    normed = layers.LayerNormalization(name="norm1")(x)
    x = layers.Add()([x, layers.MultiHeadAttention(3, 4, name="attention")(normed, normed)])
    h = layers.Dense(20, activation="gelu", name="up")(layers.LayerNormalization(name="norm2")(x))
    x = layers.Add()([x, layers.Dense(12, name="down")(h)])
    return keras.Model(inputs, layers.Dense(3, name="head")(layers.GlobalAveragePooling1D(name="mean")(x))), [(1, 6, 12)]


def application(name, size, **more):
    """A network of Keras with random weights."""
    more |= {"weights": None, "classes": 10, "classifier_activation": None}
    return lambda: (getattr(keras.applications, name)(input_shape=(size, size, 3), **more),
                    [(1, size, size, 3)])


MODELS = {
    "spotter": spotter,
    "segmenter": segmenter,
    "listener": listener,
    "reader": reader,
    "UNIDIRECTIONAL_SEQUENCE_LSTM": lambda: (old.Sequential([old.Input((6, 3), batch_size=1),
                                                             old.layers.LSTM(4, return_sequences=True)]), None),
    "mobilenet": application("MobileNet", 64, alpha=0.25),
    "mobilenet_v2": application("MobileNetV2", 64, alpha=0.35),
    "mobilenet_v3": application("MobileNetV3Small", 64, minimalistic=False),
    "efficientnet": application("EfficientNetB0", 64),
    "densenet": application("DenseNet121", 64),
    "nasnet": application("NASNetMobile", 64),
}

# models of which the weights are stored in half precision
HALF = {"segmenter"}


def weights(*shape):
    return numpy.random.default_rng(sum(shape)).standard_normal(shape).astype("f4")


IMAGE = (1, 6, 8, 4)

# the name of a case begins with the operator, then what is special about it; a function, and the shapes of its inputs
OPERATORS = {
    "CONV_2D": (lambda x: tf.nn.conv2d(x, weights(3, 3, 4, 5), 1, "VALID"), [IMAGE]),
    "CONV_2D-same": (lambda x: tf.nn.relu6(tf.nn.conv2d(x, weights(3, 2, 4, 5), 2, "SAME") + weights(5)), [IMAGE]),
    "CONV_2D-dilated": (lambda x: tf.nn.conv2d(x, weights(3, 3, 4, 5), 1, "SAME", dilations=2), [IMAGE]),
    "CONV_2D-groups": (lambda x: tf.nn.conv2d(x, weights(3, 3, 2, 6), 1, "SAME"), [IMAGE]),
    "CONV_2D-padded": (lambda x: tf.nn.conv2d(tf.pad(x, [[0, 0], [1, 0], [2, 1], [0, 0]]), weights(3, 3, 4, 5), 2, "VALID"), [IMAGE]),
    "CONV_2D-line": (lambda x: tf.nn.conv1d(x, weights(3, 4, 5), 2, "SAME"), [(1, 7, 4)]),
    "CONV_2D-batch": (lambda x: tf.nn.conv2d(x, weights(3, 3, 4, 5), 1, "SAME"), [(2, 6, 8, 4)]),
    "DEPTHWISE_CONV_2D": (lambda x: tf.nn.depthwise_conv2d(x, weights(3, 3, 4, 2), [1, 2, 2, 1], "SAME"), [IMAGE]),
    "DEPTHWISE_CONV_2D-valid": (lambda x: tf.nn.tanh(tf.nn.depthwise_conv2d(x, weights(3, 2, 4, 1), [1, 1, 1, 1], "VALID")), [IMAGE]),
    "TRANSPOSE_CONV": (lambda x: tf.nn.conv2d_transpose(x, weights(3, 3, 5, 4), [1, 12, 16, 5], 2, "SAME"), [IMAGE]),
    "TRANSPOSE_CONV-odd": (lambda x: tf.nn.conv2d_transpose(x, weights(2, 3, 5, 4), [1, 11, 15, 5], 2, "SAME") + weights(5), [IMAGE]),
    "TRANSPOSE_CONV-valid": (lambda x: tf.nn.conv2d_transpose(x, weights(3, 3, 5, 4), [1, 13, 17, 5], 2, "VALID"), [IMAGE]),
    "FULLY_CONNECTED": (lambda x: tf.nn.relu(tf.matmul(x, weights(6, 3)) + weights(3)), [(1, 6)]),
    "FULLY_CONNECTED-axes": (lambda x: tf.einsum("btk,kn->btn", x, weights(6, 3)) + weights(3), [(1, 5, 6)]),
    "FULLY_CONNECTED-flat": (lambda x: tf.matmul(tf.reshape(tf.nn.max_pool2d(x, 2, 2, "VALID"), [1, 48]), weights(48, 3)), [IMAGE]),
    "ADD": (lambda x, y: tf.nn.relu(x + y), [IMAGE, IMAGE]),
    "ADD-gate": (lambda x, y: x + y, [IMAGE, (1, 1, 1, 4)]),
    "ADD-row": (lambda x, y: x + y, [IMAGE, (8, 4)]),
    "ADD-constant": (lambda x: x + weights(4), [IMAGE]),
    "ADD_N": (lambda x, y: tf.raw_ops.AddN(inputs=[x, y, y]), [(1, 5), (1, 5)]),
    "SUB": (lambda x: 1.0 - x * weights(8, 1), [IMAGE]),
    "MUL": (lambda x, y: x * y, [(1, 5, 3), (3,)]),
    "DIV": (lambda x, y: x / (tf.abs(y) + 1), [IMAGE, IMAGE]),
    "MAXIMUM": (lambda x, y: tf.maximum(x, y), [(1, 5), (1, 5)]),
    "MINIMUM": (lambda x: tf.minimum(x, 0.5), [(1, 5)]),
    "POW": (lambda x: tf.pow(tf.abs(x), 1.5), [(1, 5)]),
    "SQUARED_DIFFERENCE": (lambda x, y: tf.math.squared_difference(x, y), [(1, 5), (1, 5)]),
    "FLOOR_DIV": (lambda x: tf.math.floordiv(x, 0.3), [(1, 5)]),
    "FLOOR_MOD": (lambda x: tf.math.floormod(x, 0.7), [(1, 5)]),
    "AVERAGE_POOL_2D": (lambda x: tf.nn.avg_pool2d(x, 2, 2, "VALID"), [IMAGE]),
    "AVERAGE_POOL_2D-same": (lambda x: tf.nn.avg_pool2d(x, 3, 2, "SAME"), [IMAGE]),
    "AVERAGE_POOL_2D-whole": (lambda x: tf.nn.avg_pool2d(x, (6, 8), 1, "VALID"), [IMAGE]),
    "MAX_POOL_2D": (lambda x: tf.nn.max_pool2d(x, (2, 3), 1, "VALID"), [IMAGE]),
    "MAX_POOL_2D-same": (lambda x: tf.nn.max_pool2d(x, 2, 1, "SAME"), [IMAGE]),
    "MEAN": (lambda x: tf.reduce_mean(x, [1, 2]), [IMAGE]),
    "MEAN-channels": (lambda x: tf.reduce_mean(x, -1, keepdims=True), [IMAGE]),
    "SUM": (lambda x: tf.reduce_sum(x, 2), [IMAGE]),
    "REDUCE_MAX": (lambda x: tf.reduce_max(x, [1, 2], keepdims=True), [IMAGE]),
    "REDUCE_MIN": (lambda x: tf.reduce_min(x, 1), [(1, 5, 3)]),
    "REDUCE_PROD": (lambda x: tf.reduce_prod(x, 1), [(1, 5, 3)]),
    "RESHAPE": (lambda x: tf.reshape(tf.nn.relu(x), [1, 48, 4]), [IMAGE]),
    "RESHAPE-image": (lambda x: tf.nn.max_pool2d(tf.reshape(x, [1, 4, 6, 2]), 2, 2, "VALID"), [(1, 48)]),
    "SQUEEZE": (lambda x: tf.squeeze(x, [1]), [(None, 1, 8, 4)]),
    "EXPAND_DIMS": (lambda x: tf.expand_dims(x, -1), [(None, 8, 4)]),
    "TRANSPOSE": (lambda x: tf.transpose(x, [0, 2, 1, 3]), [IMAGE]),
    "TRANSPOSE-matrix": (lambda x: tf.transpose(x, [0, 2, 1]), [(1, 5, 3)]),
    "CONCATENATION": (lambda x, y: tf.concat([x, y], -1), [IMAGE, (1, 6, 8, 3)]),
    "CONCATENATION-rows": (lambda x: tf.concat([x, tf.ones((1, 2, 8, 4)), x], 1), [IMAGE]),
    "SPLIT": (lambda x: tf.split(x, 2, -1), [IMAGE]),
    "SPLIT_V": (lambda x: tf.split(x, [1, 5, 2], 2), [IMAGE]),
    "SLICE": (lambda x: tf.slice(x, [0, 1, 2, 1], [1, 3, -1, 2]), [IMAGE]),
    "STRIDED_SLICE": (lambda x: x[:, ::2, 1:-1], [IMAGE]),
    "STRIDED_SLICE-one": (lambda x: x[:, -1], [(1, 5, 3)]),
    "STRIDED_SLICE-new": (lambda x: x[:, :, tf.newaxis, 1], [(1, 5, 3)]),
    "PACK": (lambda x, y: tf.stack([x, y], 1), [(1, 5), (1, 5)]),
    "UNPACK": (lambda x: tf.unstack(x, axis=1), [(1, 2, 3)]),
    "PAD": (lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3], [0, 0]]), [IMAGE]),
    "PAD-channels": (lambda x: tf.pad(x, [[0, 0], [0, 0], [0, 0], [0, 2]]), [IMAGE]),
    "PAD-wider": (lambda x: tf.pad(x, [[0, 0], [0, 0], [0, 0], [1, 2]]), [IMAGE]),
    "PADV2": (lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3], [0, 0]], constant_values=1.5), [IMAGE]),
    "MIRROR_PAD": (lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3], [0, 0]], "REFLECT"), [IMAGE]),
    "MIRROR_PAD-symmetric": (lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3], [0, 0]], "SYMMETRIC"), [IMAGE]),
    "RELU": (tf.nn.relu, [IMAGE]),
    "RELU6": (tf.nn.relu6, [IMAGE]),
    "RELU_N1_TO_1": (lambda x: tf.maximum(-1.0, tf.minimum(x, 1.0)), [(1, 5)]),
    "RELU_0_TO_1": (lambda x: tf.maximum(0.0, tf.minimum(x, 1.0)), [(1, 5)]),
    "LEAKY_RELU": (lambda x: tf.nn.leaky_relu(x, 0.3), [IMAGE]),
    "PRELU": (lambda x: SLOPES(x), [IMAGE]),
    "ELU": (tf.nn.elu, [IMAGE]),
    "LOGISTIC": (tf.nn.sigmoid, [IMAGE]),
    "TANH": (tf.nn.tanh, [IMAGE]),
    "HARD_SWISH": (lambda x: x * tf.nn.relu6(x + 3) * (1 / 6), [IMAGE]),
    "GELU": (lambda x: tf.nn.gelu(x, False), [(1, 5)]),
    "GELU-tanh": (lambda x: tf.nn.gelu(x, True), [(1, 5)]),
    "SOFTMAX": (tf.nn.softmax, [IMAGE]),
    "LOG_SOFTMAX": (tf.nn.log_softmax, [(1, 5)]),
    "EXP": (tf.exp, [(1, 5)]),
    "LOG": (lambda x: tf.math.log(tf.abs(x) + 0.1), [(1, 5)]),
    "SQRT": (lambda x: tf.sqrt(tf.abs(x)), [(1, 5)]),
    "RSQRT": (lambda x: tf.math.rsqrt(tf.abs(x) + 0.1), [(1, 5)]),
    "ABS": (tf.abs, [(1, 5)]),
    "NEG": (tf.negative, [(1, 5)]),
    "SQUARE": (tf.square, [(1, 5)]),
    "SIN": (tf.sin, [(1, 5)]),
    "COS": (tf.cos, [(1, 5)]),
    "CEIL": (tf.math.ceil, [(1, 5)]),
    "FLOOR": (tf.floor, [(1, 5)]),
    "ROUND": (lambda x: tf.round(x * 3), [(1, 5)]),
    "SIGN": (tf.sign, [(1, 5)]),
    "RESIZE_BILINEAR": (lambda x: tf.compat.v1.image.resize_bilinear(x, [9, 12]), [IMAGE]),
    "RESIZE_BILINEAR-corners": (lambda x: tf.compat.v1.image.resize_bilinear(x, [9, 12], align_corners=True), [IMAGE]),
    "RESIZE_BILINEAR-half": (lambda x: tf.image.resize(x, [12, 16]), [IMAGE]),
    "RESIZE_BILINEAR-smaller": (lambda x: tf.image.resize(x, [4, 5]), [IMAGE]),
    "RESIZE_NEAREST_NEIGHBOR": (lambda x: tf.compat.v1.image.resize_nearest_neighbor(x, [9, 12]), [IMAGE]),
    "RESIZE_NEAREST_NEIGHBOR-corners": (lambda x: tf.compat.v1.image.resize_nearest_neighbor(x, [9, 12], align_corners=True), [IMAGE]),
    "RESIZE_NEAREST_NEIGHBOR-half": (lambda x: tf.image.resize(x, [12, 16], "nearest"), [IMAGE]),
    "RESIZE_NEAREST_NEIGHBOR-smaller": (lambda x: tf.image.resize(x, [4, 5], "nearest"), [IMAGE]),
    "DEPTH_TO_SPACE": (lambda x: tf.nn.depth_to_space(x, 2), [(1, 3, 4, 8)]),
    "SPACE_TO_DEPTH": (lambda x: tf.nn.space_to_depth(x, 2), [IMAGE]),
    "BATCH_MATMUL": (lambda x, y: tf.matmul(x, y), [(1, 3, 4), (1, 4, 5)]),
    "BATCH_MATMUL-turned": (lambda x, y: tf.matmul(x, y, transpose_b=True), [(1, 2, 3, 4), (1, 2, 5, 4)]),
    "GATHER": (lambda x: tf.gather(weights(7, 3), x), [(1, 5)], [tf.int32]),
    "GATHER-wrapped": (lambda x: tf.gather(weights(7, 3), tf.where(x < 0, x + 7, x)), [(1, 5)], [tf.int32]),
    "GATHER-known": (lambda x: tf.gather(x, [2, 0, 3], axis=-1), [IMAGE]),
    "CAST": (lambda x: tf.cast(tf.cast(x * 3, tf.int32), tf.float32), [(1, 5)]),
    "L2_NORMALIZATION": (lambda x: tf.math.l2_normalize(x, -1), [(1, 5)]),
    "LOCAL_RESPONSE_NORMALIZATION": (lambda x: tf.nn.local_response_normalization(x, 1, 1.0, 0.5, 0.75), [IMAGE]),
    "ARG_MAX": (lambda x: tf.argmax(x, -1, tf.int32), [IMAGE]),
    "ARG_MIN": (lambda x: tf.argmin(x, 1, tf.int32), [(1, 5, 3)]),
    "CUMSUM": (lambda x: tf.cumsum(x, 1), [(1, 5, 3)]),
    "CUMSUM-reverse": (lambda x: tf.cumsum(x, 1, exclusive=True, reverse=True), [(1, 5, 3)]),
    "TILE": (lambda x: tf.tile(x, [1, 2, 1, 3]), [IMAGE]),
    "BROADCAST_TO": (lambda x: tf.broadcast_to(x, [1, 5, 3]), [(1, 1, 3)]),
    "REVERSE_V2": (lambda x: tf.reverse(x, [1]), [IMAGE]),
    "GREATER": (lambda x: tf.where(x > 0.2, x, -x), [IMAGE]),
    "LESS": (lambda x, y: tf.cast(x < y, tf.float32), [(1, 5), (1, 5)]),
    "EQUAL": (lambda x: tf.cast(tf.equal(tf.round(x), 0.0), tf.float32), [(1, 5)]),
    "NOT_EQUAL": (lambda x: tf.cast(tf.not_equal(tf.round(x), 0.0), tf.float32), [(1, 5)]),
    "LOGICAL_AND": (lambda x: tf.cast(tf.logical_and(x > 0.0, x < 0.5), tf.float32), [(1, 5)]),
    "LOGICAL_OR": (lambda x: tf.cast(tf.logical_or(x < 0.0, x > 0.5), tf.float32), [(1, 5)]),
    "LOGICAL_NOT": (lambda x: tf.cast(tf.logical_not(tf.logical_and(x > 0.0, x < 0.5)), tf.float32), [(1, 5)]),
    "ONE_HOT": (lambda x: tf.one_hot(tf.cast(tf.abs(x), tf.int32), 4), [(1, 5)]),
    "SHAPE": (lambda x: tf.reshape(x, [tf.shape(x)[0], -1]), [(None, 6, 8, 4)]),
}

SLOPES = layers.PReLU(shared_axes=[1, 2], alpha_initializer="random_normal")


def main(folder, *names):
    for name in names or [*MODELS, "operators"]:
        keras.utils.set_random_seed(sum(map(ord, name)))
        if name == "operators":
            for case, (function, shapes, *types) in OPERATORS.items():
                write(f"{folder}/{case}", lambda: converted(function, shapes, *types), case)
            continue
        model, shapes = MODELS[name]()
        varied(model)
        if isinstance(model, old.Model):
            write(f"{folder}/{name}", tf.lite.TFLiteConverter.from_keras_model(model).convert, name)
            continue
        kinds = [tf.as_dtype(one.dtype) for one in model.inputs]
        write(f"{folder}/{name}", lambda: converted(lambda x: model(x, training=False), shapes, kinds, name in HALF), name)


def write(folder, convert, name):
    try:
        model = convert()
        # the plain kernel leaves out the last channel of the window
        interpreter.write(folder, model, plain=not name.startswith("LOCAL_RESPONSE"))
        print(name, len(model), flush=True)
    except Exception as error:
        print(name, "is not written:", (str(error) or repr(error)).splitlines()[0][:200], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
