"""Activations, scalar functions and losses by the definitions in PyTorch's documentation, and the points at which
make.py computes them: numbers of f32, so that both types are given the same ones, away from kinks.
"""

from mpmath import acos, acosh, asin, asinh, atan, atan2, atanh, cosh, sinh, tan
from mpmath import erf, exp, expm1, floor, ceil, log, log1p, mp, mpf, nint, pi, sin, cos, sqrt, tanh

# some derivatives are 1e-174 of the values that they are differences of
mp.dps = 450
POINTS = [-90, -80, -50, -20, -9.5, -5, -2.5, -1.25, -0.25, 0.125, 0.375, 1.5, 5, 20, 50, 90]
MODERATE = [-20, -15.5, -9.5, -4.25, -2.5, -1.25, -0.75, -0.25, 0.125, 0.375, 1.5, 2.75, 6.5, 9.25, 15.25, 20]
POSITIVE = [2.0**-99, 2.0**-30, 2.0**-9, 0.0625, 0.25, 0.75, 0.875, 1.125, 1.5, 2.5, 7, 20, 90, 999, 2.0**16, 2.0**60]
BETWEEN = [point + 0.0625 for point in POINTS]
INSIDE = [-0.9375, -0.875, -0.75, -0.5, -0.375, -0.25, -0.125, -0.0625, 0.03125, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875]
ABOVE_ONE = [1.0625, 1.125, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6.5, 9.25, 20, 90, 999, 2.0**16, 2.0**30]


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x, beta=1, threshold=20):
    return x if beta * x > threshold else log1p(exp(beta * x)) / beta


def log_sigmoid(x):
    return -log1p(exp(-x))


def elu(x, alpha):
    return x if x > 0 else mpf(alpha) * expm1(x)


def clamp(x, low, high):
    return min(max(x, mpf(low)), mpf(high))


def sign(x):
    return mpf(x > 0) - mpf(x < 0)


def gelu_tanh(x):
    return x / 2 * (1 + tanh(sqrt(2 / pi) * (x + mpf("0.044715") * x**3)))


def mish_tail(x):
    return 2 * exp(-20) * abs(x) if x > 20 else 0


SELU_ALPHA, SELU_SCALE = mpf("1.6732632423543772848170429916717"), mpf("1.0507009873554804934193349852946")
NOTHING, ONE, ARGUMENT = (lambda x: 0), (lambda x: 1), abs

# Call on x, definition, points, floor of the value and, where it is another, of the derivative: of one that PyTorch
# takes from the result, as y * (1 - y), or that autograd adds up, as that of a quotient.
FUNCTIONS = [
    ("exp()", exp, MODERATE, NOTHING),
    ("exp_m1()", expm1, MODERATE, NOTHING),
    ("ln()", log, POSITIVE, NOTHING),
    ("ln_1p()", log1p, POSITIVE, NOTHING),
    ("sqrt()", sqrt, POSITIVE, NOTHING),
    ("abs()", abs, POINTS, NOTHING),
    ("sign()", sign, POINTS, NOTHING),
    ("sin()", sin, POINTS, NOTHING),
    ("cos()", cos, POINTS, NOTHING),
    ("tanh()", tanh, POINTS, NOTHING, ONE),
    ("exp2()", lambda x: mpf(2) ** x, MODERATE, NOTHING),
    ("log2()", lambda x: log(x) / log(mpf(2)), POSITIVE, NOTHING),
    ("log10()", lambda x: log(x) / log(mpf(10)), POSITIVE, NOTHING),
    ("tan()", tan, MODERATE, NOTHING),
    ("asin()", asin, INSIDE, NOTHING),
    ("acos()", acos, INSIDE, NOTHING),
    ("atan()", atan, POINTS, NOTHING),
    ("sinh()", sinh, MODERATE, NOTHING),
    ("cosh()", cosh, MODERATE, NOTHING),
    ("asinh()", asinh, POINTS, NOTHING),
    ("acosh()", acosh, ABOVE_ONE, NOTHING),
    ("atanh()", atanh, INSIDE, NOTHING),
    ("trunc()", lambda x: ceil(x) if x < 0 else floor(x), BETWEEN, NOTHING),
    ("round()", nint, BETWEEN, NOTHING),
    ("erf()", erf, POINTS, NOTHING),
    ("floor()", floor, BETWEEN, NOTHING),
    ("ceil()", ceil, BETWEEN, NOTHING),
    ("sq()", lambda x: x * x, POINTS, NOTHING),
    ("relu()", lambda x: max(x, 0), POINTS, NOTHING),
    ("relu6()", lambda x: clamp(x, 0, 6), POINTS, NOTHING),
    ("leaky_relu()", lambda x: x if x > 0 else mpf("0.01") * x, POINTS, NOTHING),
    ("leaky_relu(slope = 0.2)", lambda x: x if x > 0 else mpf("0.2") * x, POINTS, NOTHING),
    ("elu()", lambda x: elu(x, 1), POINTS, NOTHING),
    ("elu(alpha = 0.7)", lambda x: elu(x, "0.7"), POINTS, NOTHING),
    ("celu(alpha = 0.5)", lambda x: max(x, 0) + min(0, expm1(x / mpf("0.5")) / 2), POINTS, NOTHING),
    ("selu()", lambda x: SELU_SCALE * elu(x, SELU_ALPHA), POINTS, NOTHING),
    ("sigmoid()", sigmoid, POINTS, NOTHING, sigmoid),
    ("silu()", lambda x: x * sigmoid(x), POINTS, NOTHING, sigmoid),
    ("softplus()", softplus, BETWEEN, NOTHING),
    ("softplus(beta = 2.5, threshold = 3)", lambda x: softplus(x, mpf("2.5"), 3), POINTS, NOTHING),
    ("softplus(threshold = 100)", lambda x: softplus(x, 1, 100), POINTS, NOTHING),
    # the derivative is the sum of this and of a product that cancels most of it near -1.2
    ("mish()", lambda x: x * tanh(log1p(exp(x))), POINTS, mish_tail, lambda x: max(tanh(log1p(exp(x))), mish_tail(x))),
    ("softsign()", lambda x: x / (1 + abs(x)), POINTS, NOTHING, lambda x: 1 / (1 + abs(x))),
    ("log_sigmoid()", log_sigmoid, POINTS, NOTHING),
    ("hardsigmoid()", lambda x: clamp(x + 3, 0, 6) / 6, POINTS, NOTHING),
    ("hardswish()", lambda x: x * clamp(x + 3, 0, 6) / 6, POINTS, NOTHING),
    ("hardtanh()", lambda x: clamp(x, -1, 1), POINTS, NOTHING),
    ("hardtanh(min_val = -2, max_val = 0.5)", lambda x: clamp(x, -2, "0.5"), POINTS, NOTHING),
    ("clamp(min = -1)", lambda x: max(x, -1), POINTS, NOTHING),
    ("clamp(min = -2, max = 2)", lambda x: clamp(x, -2, 2), POINTS, NOTHING),
    ("hardshrink()", lambda x: x if abs(x) > 0.5 else mpf(0), POINTS, NOTHING),
    ("softshrink(1)", lambda x: sign(x) * max(abs(x) - 1, 0), POINTS, NOTHING),
    ("tanhshrink()", lambda x: x - tanh(x), POINTS, ARGUMENT),
    ("gelu()", lambda x: x / 2 * (1 + erf(x / sqrt(2))), POINTS, ARGUMENT),
    ("gelu_tanh()", gelu_tanh, POINTS, ARGUMENT),
]

# Of two arguments. Each of two equal ones has half of the derivative of a maximum, as where the difference is taken to
# both sides.
BASES = [0.25, 0.5, 0.75, 1.5, 2, 3.5, 7, 20]
EXPONENTS = [-2.5, 2, 0.5, -1, 3.25, 1, -0.75, 4]
TIED, TIES = [*BASES[:4], -0.5, 3, 0, 20], [*EXPONENTS[:4], -0.5, 3, 0, 20]
DIVISORS = [-2.5, 0.375, 0.5625, -1, 3.25, 1.125, -0.75, 3]
FUNCTIONS_OF_TWO = [
    ("pow(a, b)", lambda a, b: a**b, BASES, EXPONENTS),
    ("max(a, b)", max, TIED, TIES),
    ("min(a, b)", min, TIED, TIES),
    ("hypot(a, b)", lambda a, b: sqrt(a * a + b * b), BASES, EXPONENTS),
    ("atan2(a, b)", atan2, BASES, EXPONENTS),
    # the quotient is rounded towards zero
    ("fmod(a, b)", lambda a, b: a - b * (floor(a / b) if a / b > 0 else ceil(a / b)), BASES, DIVISORS),
]


def softmax(x):
    total = sum(exp(value) for value in x)
    return [exp(value) / total for value in x]


def log_softmax(x):
    total = log(sum(exp(value) for value in x))
    return [value - total for value in x]


def glu(x):
    half = len(x) // 2
    return [a * sigmoid(b) for a, b in zip(x[:half], x[half:])]


ROW = [-1.5, 0.25, 20, 3, -90, 19.5]
VECTORS = [
    ("x.softmax()", softmax, ROW),
    ("x.log_softmax()", log_softmax, ROW),
    ("x.softmin()", lambda x: softmax([-value for value in x]), ROW),
    ("x.glu()", glu, [-1.5, 0.25, 2, 3, -20, 0.5]),
]

# Elementwise losses of output y and target t: call without the reduction, definition, outputs, targets.
BOTH, REAL = [0, 1, 0, 1, 0.25, 0.75], [-1.5, 0.25, -3, 0.5, 2.25, 0]
LOGITS, PROBABILITIES = [-20, 90, 3, -2.5, 0.5, -0.125], [0.0625, 0.9375, 0.5, 0.25, 0.75, 0.0009765625]
SIGNS, FAR = [-1, 1, 1, -1, 1, -1], [-90, 20, 0.25, 1.5, -3, -0.5]


def huber(y, t, delta):
    off = abs(y - t)
    return off * off / 2 if off <= delta else delta * (off - delta / 2)


def smooth_l1(y, t, beta):
    off = abs(y - t)
    return off * off / 2 / beta if off < beta else off - beta / 2


def bce_with_logits(y, t, weight=1, positive=1):
    return -weight * (positive * t * log_sigmoid(y) + (1 - t) * log_sigmoid(-y))


def focal(y, t, gamma, alpha):
    right = sigmoid(y) * t + sigmoid(-y) * (1 - t)
    return (alpha * t + (1 - alpha) * (1 - t)) * (1 - right) ** gamma * bce_with_logits(y, t)


def poisson(y, t, log_input, full):
    e = exp(y) - t * y if log_input else y - t * log(y + mpf("1e-8"))
    return e + (t * log(t) - t + log(2 * pi * t) / 2 if full and t > 1 else 0)


LOSSES = [
    ("mse(output, t", lambda y, t: (y - t) ** 2, FAR, REAL),
    ("l1(output, t", lambda y, t: abs(y - t), FAR, REAL),
    ("huber(output, t", lambda y, t: huber(y, t, 1), FAR, REAL),
    ("huber(output, t, delta = 0.5", lambda y, t: huber(y, t, mpf("0.5")), FAR, REAL),
    ("smooth_l1(output, t", lambda y, t: smooth_l1(y, t, 1), FAR, REAL),
    ("smooth_l1(output, t, beta = 0.25", lambda y, t: smooth_l1(y, t, mpf("0.25")), FAR, REAL),
    ("log_cosh(output, t", lambda y, t: log((exp(y - t) + exp(t - y)) / 2), FAR, REAL),
    ("bce(output, t", lambda y, t: -t * max(log(y), -100) - (1 - t) * max(log(1 - y), -100), PROBABILITIES, BOTH),
    ("bce_with_logits(output, t", bce_with_logits, LOGITS, BOTH),
    (
        "bce_with_logits(output, t, weight = 0.5, pos_weight = 3",
        lambda y, t: bce_with_logits(y, t, mpf("0.5"), 3),
        LOGITS,
        BOTH,
    ),
    ("focal(output, t", lambda y, t: focal(y, t, 2, mpf("0.25")), LOGITS, BOTH),
    ("focal(output, t, gamma = 0.5, alpha = 0.6", lambda y, t: focal(y, t, mpf("0.5"), mpf("0.6")), [17], [1]),
    ("hinge(output, t", lambda y, t: max(1 - t * y, 0), FAR, SIGNS),
    ("squared_hinge(output, t", lambda y, t: max(1 - t * y, 0) ** 2, FAR, SIGNS),
    ("soft_margin(output, t", lambda y, t: log1p(exp(-t * y)), FAR, SIGNS),
    ("hinge_embedding(output, t", lambda y, t: y if t == 1 else max(1 - y, 0), FAR, SIGNS),
    ("kl_div(output, t", lambda y, t: t * (log(t) - y) if t else mpf(0), FAR, [0, 0.5, 0.25, 0.125, 0.75, 1]),
    ("kl_div(output, t, log_target = true", lambda y, t: exp(t) * (t - y), FAR, [-1.5, -0.25, -3, -0.5, -20, -2]),
    ("poisson_nll(output, t", lambda y, t: poisson(y, t, True, False), [-9, 3, 0.25, 1.5, -3, 0], [0, 1, 4, 2, 7, 3]),
    (
        "poisson_nll(output, t, log_input = false, full = true",
        lambda y, t: poisson(y, t, False, True),
        [0.5, 3, 0.25, 1.5, 9, 1],
        [0, 1, 4, 2, 7, 3],
    ),
]


def gaussian(mean, variance, t, full):
    each = [(log(max(v, mpf("1e-6"))) + (t - m) ** 2 / max(v, mpf("1e-6"))) / 2 for m, v, t in zip(mean, variance, t)]
    return [value + (log(2 * pi) / 2 if full else 0) for value in each]


def class_term(y, t, weight, smoothing):
    """Cross entropy of one sample before it is divided."""
    p = log_softmax(y)
    spread = -sum(w * value for w, value in zip(weight, p))
    return (1 - smoothing) * -weight[t] * p[t] + smoothing / len(y) * spread


def margin_term(y, t, p, margin, weight):
    return weight[t] / len(y) * sum(max(margin - y[t] + value, 0) ** p for at, value in enumerate(y) if at != t)


SCORES = [[-1.5, 0.25, 2], [20, 0.5, -3], [-90, 1.5, 0.75], [0.125, -0.5, 3]]
CLASSES, WEIGHTS = [2, 0, 1, 1], [mpf(1), mpf("0.5"), mpf(2)]
EVEN = [mpf(1)] * 3
# Call, term of a sample, weights by which the mean is divided, or none where it is the number of samples.
CLASS_LOSSES = [
    ("cross_entropy(output, t", lambda y, t: class_term(y, t, EVEN, 0), EVEN),
    ("cross_entropy(output, t, weight = (1, 0.5, 2)", lambda y, t: class_term(y, t, WEIGHTS, 0), WEIGHTS),
    (
        "cross_entropy(output, t, weight = (1, 0.5, 2), label_smoothing = 0.1",
        lambda y, t: class_term(y, t, WEIGHTS, mpf("0.1")),
        WEIGHTS,
    ),
    ("nll(output, t", lambda y, t: -y[t], EVEN),
    ("nll(output, t, weight = (1, 0.5, 2)", lambda y, t: -WEIGHTS[t] * y[t], WEIGHTS),
    ("multi_margin(output, t", lambda y, t: margin_term(y, t, 1, 1, EVEN), None),
    (
        "multi_margin(output, t, p = 2, margin = 0.75, weight = (1, 0.5, 2)",
        lambda y, t: margin_term(y, t, 2, mpf("0.75"), WEIGHTS),
        None,
    ),
]

