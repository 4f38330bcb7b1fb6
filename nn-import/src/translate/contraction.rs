//! Sums of products with letters for the axes: a formula of the network's own.

use super::call::Call;
use super::value::{Computed, Value, listed};
use super::{Reason, Results};
use crate::constant::Kind;
use crate::network::Expression;

/// Letters of axes.
const LETTERS: [char; 12] = ['i', 'j', 'k', 'l', 'm', 'n', 'a', 'b', 'c', 'd', 'e', 'f'];

/// The names of inputs.
const NAMES: [&str; 4] = ["x", "y", "z", "w"];

/// A product with sizes of 1 that are repeated, or of vectors.
pub(super) fn product(call: &mut Call<'_>, a: &Computed, b: &Computed) -> Results {
    let (rank_a, rank_b) = (a.shape.len(), b.shape.len());
    if rank_a == 0 || rank_b == 0 {
        return Err("a product of matrices has a number as an operand".into());
    }
    let front_a = rank_a.saturating_sub(2);
    let front_b = rank_b.saturating_sub(2);
    let front = front_a.max(front_b);
    let letters: Vec<char> = LETTERS[3..].iter().copied().take(front).collect();
    let own = |rank: usize, own: usize, matrix: [char; 2], vector: char| {
        let mut all = letters[front - own..].to_vec();
        all.extend(if rank == 1 { vec![vector] } else { matrix.to_vec() });
        all
    };
    let (left, right) = (own(rank_a, front_a, ['i', 'k'], 'k'), own(rank_b, front_b, ['k', 'j'], 'k'));
    let mut result = letters.clone();
    result.extend((rank_a > 1).then_some('i'));
    result.extend((rank_b > 1).then_some('j'));
    contract(call, "product", &[a.clone(), b.clone()], &[left, right], &result)
}

pub(super) fn einsum(call: &mut Call<'_>) -> Results {
    let text: String = call.node.attributes.text("equation").unwrap_or_default().split_whitespace().collect();
    let values: Vec<Computed> =
        (0..call.node.inputs.len()).map(|at| call.computed(at)).collect::<Result<_, Reason>>()?;
    let (given, wanted) = match text.split_once("->") {
        Some((given, wanted)) => (given.to_string(), Some(wanted.to_string())),
        None => (text.clone(), None),
    };
    let mut terms: Vec<String> = given.split(',').map(str::to_string).collect();
    if terms.len() != values.len() {
        return Err("it has not as many terms as operands".into());
    }
    // the axes of an ellipsis have letters of their own
    let unused: Vec<char> = ('A'..='Z').filter(|letter| !text.contains(*letter)).collect();
    let mut longest = 0;
    for (term, value) in terms.iter_mut().zip(&values) {
        if term.contains("...") {
            let count = (value.shape.len() + 3).checked_sub(term.len()).ok_or("a term has too many letters")?;
            longest = longest.max(count);
            *term = term.replace("...", &format!("<{count}>"));
        }
    }
    let ellipsis: Vec<char> = unused.iter().copied().take(longest).collect();
    for term in &mut terms {
        if let (Some(open), Some(close)) = (term.find('<'), term.find('>')) {
            let count: usize = term[open + 1..close].parse().unwrap_or(0);
            let letters: String = ellipsis[longest - count..].iter().collect();
            term.replace_range(open..=close, &letters);
        }
    }
    let whole: String = ellipsis.iter().collect();
    let wanted = wanted.map(|wanted| wanted.replace("...", &whole)).unwrap_or_else(|| {
        let all = terms.concat();
        let mut once: Vec<char> = all.chars().filter(|letter| all.matches(*letter).count() == 1).collect();
        once.retain(|letter| !ellipsis.contains(letter));
        once.sort_unstable();
        ellipsis.iter().copied().chain(once).collect()
    });
    let terms: Vec<Vec<char>> = terms.iter().map(|term| term.chars().collect()).collect();
    contract(call, "einsum", &values, &terms, &wanted.chars().collect::<Vec<_>>())
}

/// The sum over all letters that the result has not.
fn contract(call: &mut Call<'_>, word: &str, values: &[Computed], terms: &[Vec<char>], result: &[char]) -> Results {
    let mut sizes: Vec<(char, usize)> = Vec::new();
    for (term, value) in terms.iter().zip(values) {
        if term.len() != value.shape.len() {
            return Err("a term has not as many letters as its operand has axes".into());
        }
        for (letter, size) in term.iter().zip(&value.shape) {
            match sizes.iter_mut().find(|(known, _)| known == letter) {
                Some((_, known)) if *known == 1 => *known = *size,
                Some((_, known)) if *size != 1 && known != size => return Err("the sizes do not go together".into()),
                Some(_) => {}
                None => sizes.push((*letter, *size)),
            }
        }
    }
    if sizes.len() > LETTERS.len() {
        return Err("it has too many letters".into());
    }
    let size_of = |letter: char| sizes.iter().find(|(known, _)| *known == letter).map_or(1, |(_, size)| *size);
    let letters: Vec<char> = sizes.iter().map(|(letter, _)| *letter).collect();
    let named = |letter: char| {
        let at = letters.iter().position(|known| *known == letter).unwrap_or(0);
        LETTERS.get(at).copied().unwrap_or('q')
    };
    let (mut inputs, mut factors, mut operands) = (Vec::new(), Vec::new(), Vec::new());
    for ((term, value), name) in terms.iter().zip(values).zip(NAMES.iter().chain(std::iter::repeat(&"v"))) {
        inputs.push(format!("{name}_in: [{}]", listed(&value.shape)));
        let place = |(letter, size): (&char, &usize)| {
            if *size == 1 { "0".to_string() } else { named(*letter).to_string() }
        };
        let places: Vec<String> = term.iter().zip(&value.shape).map(place).collect();
        factors.push(if places.is_empty() {
            format!("{name}_in")
        } else {
            format!("{name}_in[{}]", places.join(", "))
        });
        operands.push(call.with_all(value)?);
    }
    let summed: Vec<String> = letters
        .iter()
        .filter(|letter| !result.contains(letter) && size_of(**letter) > 1)
        .map(|letter| named(*letter).to_string())
        .collect();
    let shape: Vec<usize> = result.iter().map(|letter| size_of(*letter)).collect();
    let place = |letter: &char| if size_of(*letter) == 1 { "0".to_string() } else { named(*letter).to_string() };
    let target: Vec<String> = result.iter().map(place).collect();
    let target = if target.is_empty() { "out".to_string() } else { format!("out[{}]", target.join(", ")) };
    let product = factors.join(" * ");
    let body = if summed.is_empty() { product } else { format!("sum[{}]({product})", summed.join(", ")) };
    let text = format!("({}) -> out: [{}] {{\n    {target} = {body};\n}}", inputs.join(", "), listed(&shape));
    let name = call.formula(word, text);
    let dropped = vec![false; shape.len()];
    Ok(vec![call.result(shape, dropped, Kind::Real, Expression::Function(name, operands))])
}

/// A value along several axes by a formula that is given: `x` becomes the result.
pub(super) fn formula(
    call: &mut Call<'_>,
    word: &str,
    value: &Computed,
    shape: Vec<usize>,
    body: &str,
    kind: Kind,
) -> Results {
    let text = format!("(x: [{}]) -> y: [{}] {{\n    {body}\n}}", listed(&value.shape), listed(&shape));
    let name = call.formula(word, text);
    let operand = call.with_all(value)?;
    let dropped = vec![false; shape.len()];
    Ok(vec![call.result(shape, dropped, kind, operand.method(&name, ""))])
}

/// The same for a value without the axes that the network does without; these are dropped in the result too.
pub(super) fn formula_of_present(
    call: &mut Call<'_>,
    word: &str,
    value: &Computed,
    shape: Vec<usize>,
    body: &str,
    kind: Kind,
) -> Result<Value, Reason> {
    let own = super::value::present(&shape, &value.dropped);
    let text = format!("(x: [{}]) -> y: [{}] {{\n    {body}\n}}", listed(&value.present()), listed(&own));
    let name = call.formula(word, text);
    let expression = value.expression.clone().method(&name, "");
    Ok(call.result(shape, value.dropped.clone(), kind, expression))
}

/// Letters for so many axes.
pub(super) fn letters(count: usize) -> Vec<String> {
    LETTERS[..count.min(LETTERS.len())].iter().map(char::to_string).collect()
}
