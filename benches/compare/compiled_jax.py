"""The rows of JAX: functions compiled beforehand, as `jax.jit` compiles them, and waited for."""

import os

from timing import arguments, rows

GIVEN = arguments()
# before JAX is loaded
os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={'true' if GIVEN.threads > 1 else 'false'} intra_op_parallelism_threads={GIVEN.threads}"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
from jax import numpy as np  # noqa: E402

if GIVEN.threads == 1:
    jax.config.update("jax_cpu_enable_async_dispatch", False)


def uniform(*shape):
    uniform.seed += 1
    fan = shape[-2] if len(shape) == 2 else max(1, shape[-1])
    return jax.random.uniform(jax.random.key(uniform.seed), shape, minval=-1, maxval=1) / fan**0.5


uniform.seed = 0


def layers(*sizes):
    return [(uniform(a, b), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]


def dense(params, x):
    for weight, bias in params[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = params[-1]
    return x @ weight + bias


def convolution(params, x, padding):
    kernel, bias = params
    x = jax.lax.conv_general_dilated(x, kernel, (1, 1), padding, dimension_numbers=("NHWC", "HWIO", "NHWC"))
    x = jax.nn.relu(x + bias)
    n, h, w, c = x.shape
    return x.reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))


def lenet(params, x):
    x = convolution(params[0], x, "VALID")
    x = convolution(params[1], x, "VALID")
    return dense(params[2], x.reshape(x.shape[0], -1))


def simple_cnn(params, x):
    x = convolution(params[0], x, "SAME")
    return dense(params[1], x.reshape(x.shape[0], -1))


def kernel(size, inputs, outputs):
    return uniform(size, size, inputs, outputs), np.zeros(outputs)


NETWORKS = {
    "2-4-1": (lambda params, x: jax.nn.sigmoid(dense(params, x)), lambda: layers(2, 4, 1), [2]),
    "4-64-64-2": (dense, lambda: layers(4, 64, 64, 2), [4]),
    "784-128-10": (dense, lambda: layers(784, 128, 10), [784]),
    "lenet5": (lenet, lambda: [kernel(5, 1, 6), kernel(5, 6, 16), layers(256, 120, 84, 10)], [28, 28, 1]),
    "simplecnn": (simple_cnn, lambda: [kernel(3, 1, 32), layers(6272, 128, 10)], [28, 28, 1]),
}


def bce(y, t):
    return -(t * np.log(y) + (1 - t) * np.log(1 - y)).mean()


def mse(y, t):
    return ((y - t) ** 2).mean()


def cross_entropy(y, t):
    return -np.take_along_axis(jax.nn.log_softmax(y), t[:, None], 1).mean()


def predict(name):
    forward, make, shape = NETWORKS[name]

    def prepare():
        params, x = make(), np.ones((1, *shape)) * 0.5
        compiled = jax.jit(forward).lower(params, x).compile()
        return lambda: compiled(params, x).block_until_ready()

    return f"predict-{name}", prepare


def descend(params, gradient, state):
    return jax.tree.map(lambda p, g: p - 1e-5 * g, params, gradient), state


def adam(params, gradient, state):
    mean, square, step = state
    step = step + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradient)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, square, gradient)
    scale = lambda m, s: m / (1 - 0.9**step) / (np.sqrt(s / (1 - 0.999**step)) + 1e-8)  # noqa: E731
    return jax.tree.map(lambda p, m, s: p - 1e-5 * scale(m, s), params, mean, square), (mean, square, step)


def train(name, batch, loss):
    forward, make, shape = NETWORKS[name]
    update = adam if name == "simplecnn" else descend

    def prepare():
        params, x = make(), np.ones((batch, *shape)) * 0.5
        outputs = forward(params, x).shape[1]
        target = np.arange(batch) % outputs if loss is cross_entropy else np.ones((batch, outputs)) * 0.3
        zeros = jax.tree.map(np.zeros_like, params)
        state = (zeros, jax.tree.map(np.zeros_like, params), np.float32(0)) if update is adam else ()

        def step(params, state, x, target):
            value, gradient = jax.value_and_grad(lambda params: loss(forward(params, x), target))(params)
            params, state = update(params, gradient, state)
            return params, state, value

        compiled = jax.jit(step, donate_argnums=(0, 1)).lower(params, state, x, target).compile()
        kept = [params, state]

        def work():
            kept[0], kept[1], value = compiled(*kept, x, target)
            value.block_until_ready()

        return work

    return f"train-{name}-b{batch}{'-adam' if update is adam else ''}", prepare


if __name__ == "__main__":
    trainings = [("2-4-1", 4, bce), ("4-64-64-2", 32, mse), ("784-128-10", 64, cross_entropy)]
    trainings += [("784-128-10", 1, cross_entropy), ("lenet5", 64, cross_entropy), ("simplecnn", 64, cross_entropy)]
    rows("jax", [predict(name) for name in NETWORKS] + [train(*each) for each in trainings], GIVEN)
