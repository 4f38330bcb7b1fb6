//! Functions, layers and losses.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Token, Visibility, token};

use super::ast::{
    Assign, Expression, Formula, FormulaKind, Parameter, ParameterKind, Pattern, Statement, Type, TypedName,
};
use super::attributes::attributes;
use super::example::parse_example;
use super::expression::{parse_expression, parse_size};
use super::statement::parse_block;
use super::tokens::{error_at, expect, list, name, parentheses, parse_all, parse_rest, parsed, seen, take, word_here};
use super::types::{parse_inputs, parse_type, parse_typed_name};
use crate::errors::{Code, Mistake, Result};

/// Parses a file of formulas, or what `formulas!` holds.
///
/// # Errors
/// Where the tokens are no formulas.
pub fn parse_formulas(tokens: TokenStream, library: bool) -> Result<Vec<Formula>> {
    let formulas = parse_all(tokens, |input| {
        let mut formulas = Vec::new();
        while !input.is_empty() {
            attributes(input)?;
            parsed::<Visibility>(input, Code::FormulaSyntax)?;
            formulas.extend(parse_formula(input, library)?);
        }
        Ok(formulas)
    })?;
    if !library {
        declared_once(&formulas)?;
    }
    Ok(formulas)
}

/// Whether a formula begins here: `fn name`, `layer Name` or `loss name`.
pub(super) fn formula_begins(input: ParseStream<'_>) -> bool {
    kind_here(input).is_some() && input.peek2(Ident::peek_any)
}

fn kind_here(input: ParseStream<'_>) -> Option<FormulaKind> {
    if input.peek(Token![fn]) {
        return Some(FormulaKind::Function);
    }
    let word = input.fork().call(Ident::parse_any).ok()?;
    match word.to_string().as_str() {
        "layer" => Some(FormulaKind::Layer),
        "loss" => Some(FormulaKind::Loss),
        "size" => Some(FormulaKind::Size),
        _ => None,
    }
}

/// Parses one formula with its examples; under several names where it has them: `layer BatchNorm1d, BatchNorm2d<…>`.
pub(super) fn parse_formula(input: ParseStream<'_>, library: bool) -> Result<Vec<Formula>> {
    let Some(kind) = kind_here(input) else {
        return Err(error_at(input, Code::FormulaSyntax, "expected `fn`, `layer`, `loss` or `size`"));
    };
    seen(input)?;
    let own = name(input, Code::FormulaSyntax, "expected a name")?;
    let mut names = vec![own.clone()];
    while input.peek(Token![,]) {
        take::<Token![,]>(input);
        names.push(name(input, Code::FormulaSyntax, "expected another name of the same formula")?);
    }
    let parameters = parse_parameters(input)?;
    let (inputs, optional) = parse_inputs(input)?;
    let (mut results, divisor, body) = parse_results_and_body(input, kind, &own)?;
    let further = results.split_off(1);
    let result = results.remove(0);
    if let Some(second) = further.first().filter(|_| inputs.iter().all(|input| input.shape.is_none())) {
        let message = "a function of numbers has one result: give the inputs shapes, as in `x: [N]`";
        return Err(Mistake::new(Code::FunctionOfNumbers, second.name.span(), message));
    }
    let mut examples = Vec::new();
    while word_here(input, "example") {
        examples.push(parse_example(input)?);
    }
    let formula = Formula {
        kind,
        name: own,
        parameters,
        inputs,
        optional,
        result,
        further,
        divisor,
        body,
        examples,
        library,
        imported: false,
        network: None,
    };
    Ok(names.into_iter().map(|name| Formula { name, ..formula.clone() }).collect())
}

/// `= expr;`, `-> y: [N] { … }`, `-> (y: [N], h: [M]) { … }` or `-> l: [] / d: [] { … }`; there is at least one result.
fn parse_results_and_body(
    input: ParseStream<'_>,
    kind: FormulaKind,
    name: &Ident,
) -> Result<(Vec<TypedName>, Option<TypedName>, Vec<Statement>)> {
    if input.peek(Token![->]) {
        take::<Token![->]>(input);
        if input.peek(token::Bracket) {
            return Err(error_at(
                input,
                Code::FormulaSyntax,
                "the result of a formula has a name: `-> y: [2] { y = …; }`",
            ));
        }
        if input.peek(token::Paren) {
            return Ok((parse_several_results(input, kind)?, None, parse_block(input)?));
        }
        let result = parse_typed_name(input)?;
        let divisor = parse_divisor(input, kind)?;
        return Ok((vec![result], divisor, parse_block(input)?));
    }
    let expected = if kind == FormulaKind::Layer {
        "a layer has inputs, a result, and statements: `layer Block<C>(x: [C]) -> y: [C] { fc: Linear(C => C); y = x + fc(x).relu(); }`"
    } else {
        "expected `= value;` or `-> name { … }`"
    };
    expect::<Token![=]>(input, Code::FormulaSyntax, expected)?;
    let value = parse_expression(input)?;
    expect::<Token![;]>(input, Code::FormulaSyntax, "expected an operator or `;`")?;
    let result = Ident::new("result", name.span());
    let span = name.span();
    let scalar = Type { index: None, ignored: None, sizes: Vec::new(), span };
    let shape = (kind == FormulaKind::Loss).then_some(scalar);
    let assign =
        Assign { name: result.clone(), subscripts: None, extents: Vec::new(), adds: false, clips: false, value };
    Ok((vec![TypedName { name: result, shape }], None, vec![Statement::Assign(assign)]))
}

/// `(y: [N], h: [M])`
fn parse_several_results(input: ParseStream<'_>, kind: FormulaKind) -> Result<Vec<TypedName>> {
    if matches!(kind, FormulaKind::Loss | FormulaKind::Size) {
        return Err(error_at(input, Code::FormulaSyntax, "this gives one number: `-> l: [] { l = …; }`"));
    }
    let (content, span) = parentheses(input, Code::FormulaSyntax, "")?;
    let results = list(&content, Code::FormulaSyntax, ")", parse_typed_name)?;
    if results.len() < 2 {
        return Err(Mistake::new(
            Code::FormulaSyntax,
            span,
            "one result stands without parentheses: `-> y: [2] { y = …; }`",
        ));
    }
    Ok(results)
}

/// `/ d: []` behind the result of a loss.
fn parse_divisor(input: ParseStream<'_>, kind: FormulaKind) -> Result<Option<TypedName>> {
    if !input.peek(Token![/]) {
        return Ok(None);
    }
    if kind != FormulaKind::Loss {
        return Err(error_at(input, Code::Divisor, "only a `loss` is divided by something: `-> y: [N] { … }`"));
    }
    take::<Token![/]>(input);
    let divisor = parse_typed_name(input)?;
    match &divisor.shape {
        Some(Type { index: None, sizes, .. }) if sizes.is_empty() => Ok(Some(divisor)),
        shape => {
            let span = shape.as_ref().map_or(divisor.name.span(), |shape| shape.span);
            Err(Mistake::new(Code::Divisor, span, "a divisor is one number for each sample: `-> l: [] / d: []`"))
        }
    }
}

fn parse_parameters(input: ParseStream<'_>) -> Result<Vec<Parameter>> {
    let mut parameters = Vec::new();
    if !input.peek(Token![<]) {
        return Ok(parameters);
    }
    take::<Token![<]>(input);
    while !input.peek(Token![>]) {
        parse_parameter(input, &mut parameters)?;
        if !input.peek(Token![>]) {
            expect::<Token![,]>(input, Code::FormulaSyntax, "expected `,` or `>`")?;
        }
    }
    take::<Token![>]>(input);
    Ok(parameters)
}

/// `In => Out`, `C`, `kernel: K = 3`, `delta: D: real = 1.0` or `bias: bool = true`.
fn parse_parameter(input: ParseStream<'_>, parameters: &mut Vec<Parameter>) -> Result<()> {
    const FORM: &str = "expected a parameter, as in `In => Out`, `kernel: K = 3` or `delta: D: real = 1.0`";
    let first = name(input, Code::FormulaSyntax, FORM)?;
    let plain = |pattern, arrow| {
        let (keyword, default, words) = Default::default();
        Parameter { keyword, arrow, pattern, kind: ParameterKind::Size, default, words }
    };
    if input.peek(Token![=>]) {
        take::<Token![=>]>(input);
        parameters.push(plain(Pattern::Name(first), true));
        parameters.push(plain(Pattern::Name(name(input, Code::FormulaSyntax, FORM)?), false));
        return Ok(());
    }
    if !input.peek(Token![:]) {
        parameters.push(plain(Pattern::Name(first), false));
        return Ok(());
    }
    take::<Token![:]>(input);
    let (pattern, kind) = parse_pattern_and_kind(input, &first)?;
    let default = if input.peek(Token![=]) {
        take::<Token![=]>(input);
        Some(parse_size(input)?)
    } else {
        None
    };
    let words = parse_words(input)?;
    parameters.push(Parameter { keyword: Some(first), arrow: false, pattern, kind, default, words });
    Ok(())
}

/// What stands behind the colon of a parameter: `K`, `(KH, KW)`, `real` or `D: real`.
fn parse_pattern_and_kind(input: ParseStream<'_>, keyword: &Ident) -> Result<(Pattern, ParameterKind)> {
    if let Some(kind) = parse_kind(input)? {
        return Ok((Pattern::Name(keyword.clone()), kind));
    }
    let pattern = parse_pattern(input)?;
    if !input.peek(Token![:]) {
        return Ok((pattern, ParameterKind::Size));
    }
    let place = input.span();
    take::<Token![:]>(input);
    let kind = parse_kind(input)?.ok_or_else(|| {
        error_at(input, Code::FormulaSyntax, "expected `size`, `real`, `bool`, `axis`, `axes` or a shape such as `[N]`")
    })?;
    if !matches!((&pattern, &kind), (Pattern::Name(_), _) | (_, ParameterKind::Size)) {
        let message =
            format!("a parameter of this kind is one name, as in `{keyword}: K: real`: only sizes are several");
        return Err(Mistake::new(Code::FormulaSyntax, place, message));
    }
    Ok((pattern, kind))
}

/// The words that stand for sizes: `or same = (K - 1)/2`.
fn parse_words(input: ParseStream<'_>) -> Result<Vec<(Ident, Expression)>> {
    let mut words = Vec::new();
    while word_here(input, "or") {
        seen(input)?;
        let word = name(input, Code::FormulaSyntax, "expected a word, as in `padding: P = 0 or same = (K - 1)/2`")?;
        expect::<Token![=]>(
            input,
            Code::FormulaSyntax,
            "expected the sizes that the word stands for, as in `or same = (K - 1)/2`",
        )?;
        words.push((word, parse_size(input)?));
    }
    Ok(words)
}

/// A kind if one stands here: `size`, `real`, `bool`, `axis`, `axes`, `one_of(a, b)` or `[N]`.
fn parse_kind(input: ParseStream<'_>) -> Result<Option<ParameterKind>> {
    let simple = [
        ("size", ParameterKind::Size),
        ("real", ParameterKind::Real),
        ("bool", ParameterKind::Bool),
        ("axis", ParameterKind::Axis),
        ("axes", ParameterKind::Axes),
    ];
    for (word, kind) in simple {
        if word_here(input, word) {
            seen(input)?;
            return Ok(Some(kind));
        }
    }
    if word_here(input, "one_of") {
        seen(input)?;
        let (content, _) =
            parentheses(input, Code::FormulaSyntax, "expected the words, as in `one_of(zeros, reflect)`")?;
        return Ok(Some(ParameterKind::Word(list(&content, Code::FormulaSyntax, ")", |content| {
            name(content, Code::FormulaSyntax, "expected a word")
        })?)));
    }
    if input.peek(token::Bracket) {
        return Ok(Some(ParameterKind::Numbers(parse_type(input)?)));
    }
    Ok(None)
}

fn parse_pattern(input: ParseStream<'_>) -> Result<Pattern> {
    if input.peek(token::Paren) {
        let (content, _) = parentheses(input, Code::FormulaSyntax, "")?;
        return Ok(Pattern::Tuple(list(&content, Code::FormulaSyntax, ")", parse_pattern)?));
    }
    if let Some(rest) = parse_rest(input)?.filter(|rest| rest.name.is_some()) {
        return Ok(Pattern::Rest(rest));
    }
    Ok(Pattern::Name(name(input, Code::FormulaSyntax, "expected the name of a size, as in `kernel: K`")?))
}

/// Refuses two formulas that could not be told apart: those of one name may differ in what are classes.
pub(super) fn declared_once(formulas: &[Formula]) -> Result<()> {
    let takes = |formula: &Formula| -> Vec<bool> {
        let is_index = |shape: &Type| shape.index.is_some();
        formula.inputs.iter().map(|input| input.shape.as_ref().is_some_and(is_index)).collect()
    };
    let is_layer = |formula: &Formula| formula.kind == FormulaKind::Layer;
    for (at, formula) in formulas.iter().enumerate() {
        let same = |other: &&Formula| {
            other.name == formula.name
                && is_layer(other) == is_layer(formula)
                && (is_layer(formula) || takes(other) == takes(formula))
        };
        if formulas[..at].iter().any(|other| same(&other)) {
            let message = format!("there are two {} `{}`: choose another name", plural(formula.kind), formula.name);
            return Err(Mistake::new(Code::NameTwice, formula.name.span(), message));
        }
    }
    Ok(())
}

fn plural(kind: FormulaKind) -> &'static str {
    match kind {
        FormulaKind::Function => "functions",
        FormulaKind::Layer => "layers",
        FormulaKind::Loss => "losses",
        FormulaKind::Size => "sizes",
    }
}
