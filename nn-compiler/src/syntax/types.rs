//! Names with their types: `x: [C, H, W]`, `class: index<10>`.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Token, token};

use super::ast::{LeftOut, SizeItem, Type, TypedName};
use super::expression::{parse_expression, parse_size};
use super::tokens::{brackets, error_at, expect, list, name, parentheses, parse_rest, seen, take, word_here};
use crate::errors::{Code, Mistake, Result};

/// `(x: [N], t: index<N>)`
pub(super) fn parse_typed_names(input: ParseStream<'_>) -> Result<Vec<TypedName>> {
    let (content, _) =
        parentheses(input, Code::ShapeSyntax, "expected names with shapes in parentheses, as in `(x: [784])`")?;
    list(&content, Code::ShapeSyntax, ")", parse_typed_name)
}

pub(super) fn parse_typed_name(input: ParseStream<'_>) -> Result<TypedName> {
    let is_self = |input: ParseStream<'_>| {
        input.peek(Token![self]) && !input.peek2(Token![:]) || input.peek(Token![&]) && input.peek2(Ident::peek_any)
    };
    if is_self(input) {
        return Err(error_at(input, Code::SelfReceiver, "only inputs stand here: leave out `self` and `&`"));
    }
    if input.peek(token::Bracket) {
        return Err(error_at(input, Code::ShapeSyntax, "each of several has a name: `(a: [2], b: [8])`"));
    }
    let name = name(input, Code::ShapeSyntax, "expected a name with a shape, as in `x: [784]`")?;
    let shape = if input.peek(Token![:]) {
        take::<Token![:]>(input);
        Some(parse_type(input)?)
    } else {
        None
    };
    Ok(TypedName { name, shape })
}

/// `[C, H, W]`, `index<10>`, `index<10 or -100>` or `index<10>[H, W]`.
pub(crate) fn parse_type(input: ParseStream<'_>) -> Result<Type> {
    const COUNT: &str = "expected the number of classes, as in `index<10>`";
    let span = input.span();
    let (mut index, mut ignored) = (None, None);
    if word_here(input, "index") {
        seen(input)?;
        expect::<Token![<]>(input, Code::ShapeSyntax, COUNT)?;
        index = Some(Box::new(parse_size(input)?));
        if word_here(input, "or") {
            seen(input)?;
            ignored = Some(Box::new(parse_size(input)?));
        }
        take::<Option<Token![,]>>(input);
        expect::<Token![>]>(input, Code::ShapeSyntax, COUNT)?;
        if !input.peek(token::Bracket) {
            return Ok(Type { index, ignored, sizes: Vec::new(), span });
        }
    }
    let content = brackets(input, Code::ShapeSyntax, "expected a shape such as `[10]` or `[1, 28, 28]`")?;
    let sizes = list(&content, Code::ShapeSyntax, "]", |content| {
        if let Some(rest) = parse_rest(content)? {
            return Ok(SizeItem::Rest(rest));
        }
        if word_here(content, "index") && content.peek2(Token![<]) {
            let message = "the sizes of classes stand behind: `index<10>[16]` are 16 classes, each below 10";
            return Err(error_at(content, Code::ShapeSyntax, message));
        }
        let size = parse_expression(content)?;
        if content.peek(Token![;]) {
            return Err(error_at(
                content,
                Code::ShapeSyntax,
                "a shape holds its sizes alone: `[4]`, or `[3, 4]` for three rows of four",
            ));
        }
        Ok(SizeItem::Size(size))
    })?;
    Ok(Type { index, ignored, sizes, span })
}

/// `(x: [T, In], h0: [H] = zeros, length: index<T + 1> = none)`: the inputs, and what the last ones are if they are left out.
pub(super) fn parse_inputs(input: ParseStream<'_>) -> Result<(Vec<TypedName>, Vec<LeftOut>)> {
    const EXPECTED: &str = "expected names with shapes in parentheses, as in `(x: [784])`";
    let (content, _) = parentheses(input, Code::ShapeSyntax, EXPECTED)?;
    let mut optional = Vec::new();
    let inputs = list(&content, Code::ShapeSyntax, ")", |content| {
        let declared = parse_typed_name(content)?;
        if content.peek(Token![=]) {
            take::<Token![=]>(content);
            optional.push(left_out(content, declared.shape.as_ref())?);
        } else if !optional.is_empty() {
            let message = "inputs that may be left out stand behind all others";
            return Err(Mistake::new(Code::FormulaSyntax, declared.name.span(), message));
        }
        Ok(declared)
    })?;
    Ok((inputs, optional))
}

/// `zeros` or `none`
fn left_out(content: ParseStream<'_>, shape: Option<&Type>) -> Result<LeftOut> {
    const OTHER: &str = "an input that may be left out is `zeros` then, as in `h0: [H] = zeros`, or `none`, for which the body asks: `if h0 != none { … }`";
    const INDICES: &str = "indices that are left out are `none`, for which the body asks: `if length != none { … }`";
    let zeros = word_here(content, "zeros");
    let Some(shape) = shape.filter(|_| zeros || word_here(content, "none")) else {
        return Err(error_at(content, Code::FormulaSyntax, OTHER));
    };
    if zeros && shape.index.is_some() {
        return Err(error_at(content, Code::FormulaSyntax, INDICES));
    }
    seen(content)?;
    Ok(if zeros { LeftOut::Zeros } else { LeftOut::Nothing })
}
