"""Writes values.json: activations, scalar functions and losses at single points, with their derivatives.

    pip install mpmath && python make.py

Everything is computed with 450 digits from definitions.py. A value is compared relative to the larger of its magnitude
and its `floor`: the magnitude of what the definition adds up to it, since that much is lost to rounding wherever it
is computed as it is defined.
"""

import json
import pathlib

from mpmath import diff, mpf

from definitions import (
    CLASSES,
    CLASS_LOSSES,
    FUNCTIONS,
    FUNCTIONS_OF_TWO,
    LOSSES,
    SCORES,
    VECTORS,
    gaussian,
)

WEIGHTED = "loss weighted(y: [..], w: [..]) = sum[..](y[..] * w[..]);\nloss = weighted;\n"


def gradient(function, arguments, wrt):
    """The derivatives of a function of lists of numbers."""
    at = [[mpf(value) for value in values] for values in arguments]
    result = []
    for number in range(len(at[wrt])):

        def moved(value, number=number):
            values = [list(values) for values in at]
            values[wrt][number] = value
            return function(*values)

        result.append(diff(moved, at[wrt][number]))
    return result


def numbers(values):
    return [float(value) for value in values]


def case(
    names, network, samples, x, target, output, loss, derivatives, floor_output=None, floor_loss=0, floor_gradient=None
):
    return {
        "names": names,
        "network": network,
        "samples": samples,
        "input": numbers(x),
        "target": numbers(target),
        "output": numbers(output),
        "loss": float(loss),
        "gradient": numbers(derivatives),
        "floor_output": numbers(floor_output or [0] * len(output)),
        "floor_loss": float(floor_loss),
        "floor_gradient": numbers(floor_gradient or [0] * len(derivatives)),
    }


def functions_together(rows):
    """Functions of one argument, one for each row of the input."""
    x = [value for row in rows for value in row[2]]
    y = [row[1](mpf(value)) for row in rows for value in row[2]]
    derivatives = [diff(row[1], mpf(value)) for row in rows for value in row[2]]
    floors, slope_floors = ([row[at](mpf(value)) for row in rows for value in row[2]] for at in (3, -1))
    count = len(rows[0][2])
    calls = ", ".join(f"x.select(0, {at}).{call}" for at, (call, *_) in enumerate(rows))
    body = f"concat({calls})" if len(rows) > 1 else calls
    head = f"pub struct Net;\nfn forward(x: [{len(rows)}, {count}]) -> [{len(y)}] {{ {body} }}\n"
    names = [f"{row[0]} at {value}" for row in rows for value in row[2]]
    floor_loss = sum(abs(value) for value in y)
    return case(names, head + WEIGHTED, 1, x, [1] * len(y), y, sum(y), derivatives, floors, floor_loss, slope_floors)


def function_of_two(call, function, a, b):
    y = [function(mpf(a), mpf(b)) for a, b in zip(a, b)]
    by_a, by_b = (gradient(lambda a, b: sum(map(function, a, b)), [a, b], wrt) for wrt in (0, 1))
    body = f"let a = x.select(0, 0); let b = x.select(0, 1); {call}"
    head = f"pub struct Net;\nfn forward(x: [2, {len(a)}]) -> [{len(a)}] {{ {body} }}\n"
    names = [f"{call} at {a}, {b}" for a, b in zip(a, b)]
    return case(names, head + WEIGHTED, 1, a + b, [1] * len(a), y, sum(y), by_a + by_b)


def vector(call, function, x):
    weights = [0.5, -1.5, 2, 0.25, -0.75, 1][: len(function([mpf(v) for v in x]))]
    y = function([mpf(value) for value in x])

    def total(x):
        return sum(weight * value for weight, value in zip(weights, function(x)))

    derivatives = gradient(total, [x], 0)
    largest = max(abs(weight) for weight in weights)
    head = f"pub struct Net;\nfn forward(x: [{len(x)}]) -> [{len(y)}] {{ {call} }}\n"
    magnitude = sum(abs(weight * value) for weight, value in zip(weights, y))
    loss, floors = total([mpf(v) for v in x]), [largest] * len(x)
    return case([call], head + WEIGHTED, 1, x, weights, y, loss, derivatives, None, magnitude, floors)


def losses(call, function, y, t):
    """The mean and the sum over two samples."""
    count = max(1, len(y) // 2)
    samples = len(y) // count

    def total(y, t):
        return sum(map(function, y, t))

    sums, derivatives = total([mpf(v) for v in y], [mpf(v) for v in t]), gradient(total, [y, t], 0)
    for divisor, reduction in ((len(y), ""), (1, ", reduction = sum")):
        text = f"pub struct Net;\nfn forward(x: [{count}]) -> [{count}] {{ x }}\n"
        text += f"loss(t: [{count}]) = {call}{reduction});\n"
        found = [value / divisor for value in derivatives]
        largest = max(abs(value) for value in found)
        yield case([f"{call}{reduction})"], text, samples, y, t, y, sums / divisor, found, None, 0, [largest] * len(y))


def class_losses(call, term, weights):
    flat = [value for row in SCORES for value in row]

    def total(flat):
        return sum(term(flat[3 * at : 3 * at + 3], t) for at, t in enumerate(CLASSES))

    sums, derivatives = total([mpf(v) for v in flat]), gradient(total, [flat], 0)
    mean = sum(weights[t] for t in CLASSES) if weights else len(CLASSES)
    for divisor, reduction in ((mean, ""), (1, ", reduction = sum")):
        text = f"pub struct Net;\nfn forward(x: [3]) -> [3] {{ x }}\nloss(t: index<3>) = {call}{reduction});\n"
        found = [value / divisor for value in derivatives]
        largest = max(abs(value) for value in found)
        floors = [largest] * len(flat)
        yield case([f"{call}{reduction})"], text, 4, flat, CLASSES, flat, sums / divisor, found, None, 0, floors)


def gaussian_losses(full):
    mean, variance, t = [-1.5, 0.25, 2], [0.25, 4, 0.0625], [0.5, -0.75, 1.75]

    def total(mean, variance):
        return sum(gaussian(mean, variance, t, full))

    sums = total([mpf(v) for v in mean], [mpf(v) for v in variance])
    derivatives = [value for wrt in (0, 1) for value in gradient(total, [mean, variance], wrt)]
    more = ", full = true" if full else ""
    for divisor, reduction in ((3, ""), (1, ", reduction = sum")):
        call = f"gaussian_nll(m, t, v{more}{reduction})"
        body = "(x.select(0, 0), x.select(0, 1))"
        text = f"pub struct Net;\nfn forward(x: [2, 3]) -> (m: [3], v: [3]) {{ {body} }}\nloss(t: [3]) = {call};\n"
        found = [value / divisor for value in derivatives]
        largest = max(abs(value) for value in found)
        yield case([call], text, 1, mean + variance, t, mean + variance, sums / divisor, found, None, 0, [largest] * 6)


cases = [functions_together(FUNCTIONS[at : at + 6]) for at in range(0, len(FUNCTIONS), 6)]
cases += [function_of_two(*row) for row in FUNCTIONS_OF_TWO] + [vector(*row) for row in VECTORS]
cases += [each for row in LOSSES for each in losses(*row)]
cases += [each for row in CLASS_LOSSES for each in class_losses(*row)]
cases += [each for full in (False, True) for each in gaussian_losses(full)]
lines = ",\n".join(json.dumps(each) for each in cases)
pathlib.Path(__file__).with_name("values.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
print(f"{len(cases)} networks")
