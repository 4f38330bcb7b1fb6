//! The statements of formulas and of `forward`.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Token, token};

use super::argument_lists::{Subscripts, parse_arguments, parse_subscripts};
use super::ast::{
    Arguments, Assign, ExpressionKind, Field, LayerField, ParameterField, ParameterStatement, Several, Statement,
};
use super::attributes::{attributes, take_plain, take_suffix};
use super::choices::{parse_if, parse_mode, parse_require};
use super::expression::parse_expression;
use super::scan::parse_scan;
use super::tokens::{
    braces, brackets, colon_follows, error_at, expect, list, name, parentheses, parsed, seen, take, word_here,
};
use super::types::parse_type;
use crate::errors::{Code, Mistake, Result};

const PARAM: &str = "param weight: [Out, In] = kaiming_uniform;";

/// `{ statements }`
pub(super) fn parse_block(input: ParseStream<'_>) -> Result<Vec<Statement>> {
    let content = braces(input, Code::StatementSyntax, "expected definitions in braces: `{ y = …; }`")?;
    let mut statements = Vec::new();
    while !content.is_empty() {
        statements.push(parse_statement(&content)?);
    }
    Ok(statements)
}

pub(super) fn parse_statement(input: ParseStream<'_>) -> Result<Statement> {
    if input.peek(Token![if]) {
        return parse_if(input);
    }
    if word_here(input, "train") && input.peek2(token::Brace) {
        return parse_mode(input);
    }
    if word_here(input, "require") && !input.peek2(Token![=]) && !input.peek2(token::Bracket) && !colon_follows(input) {
        return parse_require(input);
    }
    if word_here(input, "scan") && input.peek2(Ident::peek_any) {
        return Ok(Statement::Scan(parse_scan(input)?));
    }
    if word_here(input, "param") && input.peek2(Ident::peek_any) {
        seen(input)?;
        return Ok(Statement::Parameter(parse_parameter(input, PARAM)?));
    }
    if word_here(input, "state") && input.peek2(Ident::peek_any) {
        seen(input)?;
        return Ok(Statement::State(parse_parameter(input, "state running_mean: [C] = zeros;")?));
    }
    if word_here(input, "next") && input.peek2(Ident::peek_any) {
        seen(input)?;
        return Ok(Statement::Next(parse_assign(input)?));
    }
    if input.peek(token::Brace) {
        return Err(error_at(
            input,
            Code::RustConstruct,
            "definitions stand one behind the other: leave out the braces of this block",
        ));
    }
    if input.peek(Token![#]) || (input.peek(Ident::peek_any) || input.peek(Token![_])) && colon_follows(input) {
        return parse_inner_layer(input);
    }
    if input.peek(Token![let]) { parse_let(input) } else { Ok(Statement::Assign(parse_assign(input)?)) }
}

/// `#[frozen] param weight: [Out, In] = …;`, of which the attributes are the input.
fn parse_param_with_attributes(input: ParseStream<'_>) -> Result<Statement> {
    let mut attributes = attributes(input)?;
    let frozen = take_plain(&mut attributes, "frozen")?;
    if let Some(other) = attributes.iter().find(|attribute| !attribute.path().is_ident("doc")) {
        return Err(Mistake::at_all(
            Code::Attribute,
            other,
            "a parameter of a formula has no attribute but `#[frozen]`",
        ));
    }
    seen(input)?;
    let statement = parse_parameter(input, PARAM)?;
    Ok(Statement::Parameter(ParameterStatement { frozen, ..statement }))
}

/// A layer inside of a layer, or a parameter in the form of one.
fn parse_inner_layer(input: ParseStream<'_>) -> Result<Statement> {
    let ahead = input.fork();
    if attributes(&ahead).is_ok() && word_here(&ahead, "param") && ahead.peek2(Ident::peek_any) {
        return parse_param_with_attributes(input);
    }
    let field = parse_field(input)?;
    if input.peek(Token![,]) {
        take::<Token![,]>(input);
    } else {
        expect::<Token![;]>(input, Code::LayerSyntax, "expected `;` behind the layer")?;
    }
    Ok(match field {
        Field::Layer(field) => Statement::Layer(field),
        Field::Parameter(field) => Statement::Parameter(field.statement),
    })
}

fn parse_parameter(input: ParseStream<'_>, example: &str) -> Result<ParameterStatement> {
    let name = name(input, Code::StatementSyntax, &format!("expected a name, as in `{example}`"))?;
    expect::<Token![:]>(input, Code::StatementSyntax, &format!("expected the shape, as in `{example}`"))?;
    let statement = parse_initial(input, name, Code::StatementSyntax)?;
    expect::<Token![;]>(input, Code::StatementSyntax, "expected an operator or `;`")?;
    Ok(statement)
}

/// `[Out, In] = kaiming_uniform`
fn parse_initial(input: ParseStream<'_>, name: Ident, code: Code) -> Result<ParameterStatement> {
    let shape = parse_type(input)?;
    expect::<Token![=]>(input, code, "expected the initial values, as in `= kaiming_uniform` or `= zeros`")?;
    Ok(ParameterStatement { name, shape, initial: parse_expression(input)?, frozen: false })
}

/// `fc1: Linear(784 => 128)` or `position: param [16, 32] = normal(0, 0.02)`
pub(super) fn parse_field(input: ParseStream<'_>) -> Result<Field> {
    const EXAMPLE: &str = "expected a layer, as in `fc1: Linear(784 => 128)`";
    const ARRAY: &str = "expected an array of layers, as in `blocks: [Residual(64); 8]`; a parameter is one with its initial values, as in `scale: param [3, 4] = ones`";
    let mut attributes = attributes(input)?;
    let checkpoint = take_plain(&mut attributes, "checkpoint")?;
    let frozen = take_plain(&mut attributes, "frozen")?;
    let suffix = take_suffix(&mut attributes)?;
    let visibility = parsed(input, Code::LayerSyntax)?;
    if input.peek(Token![_]) {
        return Err(error_at(
            input,
            Code::Underscore,
            "a layer has a name, by which it is called: write one for `_`, as in `fc1: Linear(784 => 128)`",
        ));
    }
    if word_here(input, "weights") && input.peek2(Token![=]) {
        let message = "a file of weights is no layer: `weights = \"net.safetensors\";` stands behind the functions, outside of the \
                       struct";
        return Err(error_at(input, Code::LayerSyntax, message));
    }
    let field = name(input, Code::LayerSyntax, EXAMPLE)?;
    expect::<Token![:]>(input, Code::LayerSyntax, EXAMPLE)?;
    if word_here(input, "param") && input.peek2(token::Bracket) {
        seen(input)?;
        if checkpoint || suffix.is_some() {
            let message =
                "a parameter has nothing that could be computed again, and its own name: leave out the attribute";
            return Err(Mistake::new(Code::Attribute, field.span(), message));
        }
        let statement = parse_initial(input, field, Code::LayerSyntax)?;
        return Ok(Field::Parameter(ParameterField {
            attributes,
            statement: ParameterStatement { frozen, ..statement },
            behind: 0,
        }));
    }
    if !input.peek(token::Bracket) {
        let (kind, arguments) = parse_layer_kind(input, EXAMPLE)?;
        let (name, count) = (field, None);
        return Ok(Field::Layer(LayerField {
            attributes,
            visibility,
            name,
            kind,
            arguments,
            checkpoint,
            frozen,
            suffix,
            count,
        }));
    }
    let content = brackets(input, Code::LayerSyntax, ARRAY)?;
    let (kind, arguments) = parse_layer_kind(&content, ARRAY)?;
    expect::<Token![;]>(&content, Code::LayerSyntax, ARRAY)?;
    let count = Some(parse_expression(&content)?);
    if !content.is_empty() {
        return Err(error_at(&content, Code::LayerSyntax, "expected an operator or `]`"));
    }
    let name = field;
    Ok(Field::Layer(LayerField { attributes, visibility, name, kind, arguments, checkpoint, frozen, suffix, count }))
}

/// `Linear(784 => 128)`
fn parse_layer_kind(input: ParseStream<'_>, example: &str) -> Result<(Ident, Arguments)> {
    if input.peek(Token![_]) {
        let message = "the kind of a layer follows from nothing: write it for `_`, as in `fc1: Linear(784 => 128)`; a size may be `_`";
        return Err(error_at(input, Code::Underscore, message));
    }
    let kind = name(input, Code::LayerSyntax, example)?;
    if input.peek(Token![.]) {
        return Err(error_at(
            input,
            Code::LayerSyntax,
            format!("a kind of layer is one word: leave out `{kind}.`, as in `fc1: Linear(784 => 128)`"),
        ));
    }
    if input.peek(Token![::]) {
        let message = if ["nn", "torch", "keras"].iter().any(|module| kind == module) {
            format!("a kind of layer is one word: leave out `{kind}::`, as in `fc1: Linear(784 => 128)`")
        } else {
            "a kind of layer is one word: `use path;` in front of the struct brings in those of a `formulas!`".into()
        };
        return Err(error_at(input, Code::LayerSyntax, message));
    }
    if input.peek(Token![<]) {
        return Err(error_at(input, Code::LayerSyntax, format!("sizes stand in parentheses, as in `{kind}(4 => 8)`")));
    }
    let arguments = if input.peek(token::Paren) {
        parse_arguments(input, &parse_expression)?
    } else {
        Arguments { positional: Vec::new(), keywords: Vec::new(), span: kind.span() }
    };
    Ok((kind, arguments))
}

/// `let y = …;`
pub(super) fn parse_let(input: ParseStream<'_>) -> Result<Statement> {
    take::<Token![let]>(input);
    if input.peek(Token![mut]) && input.peek2(Ident::peek_any) {
        return Err(error_at(
            input,
            Code::ChangedValue,
            "values do not change: leave out `mut`; a second `let` gives a name a new value",
        ));
    }
    if input.peek(Token![_]) {
        return Err(error_at(
            input,
            Code::UnusedValue,
            "nobody can use the value of `let _`: leave the line out, or give the value a name",
        ));
    }
    if input.peek(token::Paren) {
        return Ok(Statement::Several(parse_several(input)?));
    }
    if input.peek(Ident::peek_any) && colon_follows(input) {
        let name = seen(input)?;
        let message = format!("shapes follow by themselves: write `let {name} = …;`");
        return Err(error_at(input, Code::StatementSyntax, message));
    }
    Ok(Statement::Assign(parse_assign(input)?))
}

/// `(y, h) = f(x);`
fn parse_several(input: ParseStream<'_>) -> Result<Several> {
    let (content, span) = parentheses(input, Code::StatementSyntax, "")?;
    let names = list(&content, Code::StatementSyntax, ")", |content| {
        if content.peek(Token![_]) {
            take::<Token![_]>(content);
            return Ok(None);
        }
        if content.peek(token::Paren) {
            let message =
                "several results stand side by side: `let (y, h, c) = lstm(x);`, with `_` for one that is left out";
            return Err(error_at(content, Code::StatementSyntax, message));
        }
        name(content, Code::StatementSyntax, "expected a name for each result, or `_` for one that is left out")
            .map(Some)
    })?;
    if names.len() < 2 {
        return Err(Mistake::new(
            Code::StatementSyntax,
            span,
            "one value gets a name without parentheses: `let y = …;`",
        ));
    }
    expect::<Token![=]>(input, Code::StatementSyntax, "expected `=`")?;
    let value = parse_expression(input)?;
    expect::<Token![;]>(input, Code::StatementSyntax, "expected an operator or `;`")?;
    if !matches!(value.kind, ExpressionKind::Call(..)) {
        let message = "only the results of one call get several names: write a `let` for each other value";
        return Err(Mistake::new(Code::StatementSyntax, span, message));
    }
    if names.iter().all(Option::is_none) {
        return Err(Mistake::new(
            Code::UnusedValue,
            span,
            "nobody can use these results: give one a name, or leave the line out",
        ));
    }
    Ok(Several { names, span, value })
}

/// `y[o] = …;`, `y[o] += …;`, `clip(y[o - 1]) += …;` or `y = …;`
fn parse_assign(input: ParseStream<'_>) -> Result<Assign> {
    if word_here(input, "clip") && input.peek2(token::Paren) {
        seen(input)?;
        let (content, span) = parentheses(input, Code::StatementSyntax, "")?;
        let (name, subscripts) = target(&content)?;
        if subscripts.is_none() || !content.is_empty() {
            return Err(Mistake::new(
                Code::StatementSyntax,
                span,
                "expected a tensor with indices: `clip(y[i - 1]) += …;`",
            ));
        }
        expect::<Token![+=]>(input, Code::StatementSyntax, "expected `+=`: what is left out can only be added")?;
        return assigned(input, (name, subscripts), true, true);
    }
    let (name, subscripts) = target(input)?;
    let adds = subscripts.is_some() && input.peek(Token![+=]);
    if adds {
        take::<Token![+=]>(input);
    } else {
        super::habits::operator(input)?;
        expect::<Token![=]>(
            input,
            Code::StatementSyntax,
            "expected `=`: a formula defines its result by name, as in `y = f(x);`",
        )?;
    }
    assigned(input, (name, subscripts), adds, false)
}

/// A name, and its indices.
type Target = (Ident, Option<Subscripts>);

/// The left side.
fn target(input: ParseStream<'_>) -> Result<Target> {
    let name = name(input, Code::StatementSyntax, "expected a definition, as in `y = …;` or `y[i] = …;`")?;
    if name == "self" && input.peek(Token![.]) {
        return Err(Mistake::new(
            Code::SelfReceiver,
            name.span(),
            "leave out `self.`: what is defined has a name of its own",
        ));
    }
    if !input.peek(token::Bracket) {
        return Ok((name, None));
    }
    let mut extents = Vec::new();
    let subscripts = parse_subscripts(input, &parse_expression, &mut extents)?;
    Ok((name, Some((subscripts, extents))))
}

/// `value;` behind the sign.
fn assigned(input: ParseStream<'_>, (name, subscripts): Target, adds: bool, clips: bool) -> Result<Assign> {
    let value = parse_expression(input)?;
    expect::<Token![;]>(input, Code::StatementSyntax, "expected an operator or `;`")?;
    let (subscripts, extents) =
        subscripts.map_or((None, Vec::new()), |(subscripts, extents)| (Some(subscripts), extents));
    Ok(Assign { name, subscripts, extents, adds, clips, value })
}
