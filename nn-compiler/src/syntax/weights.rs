//! `weights = "digits.safetensors"`, of a network or of the one that it is folded into.

use syn::parse::{ParseBuffer, ParseStream};
use syn::{LitStr, Token};

use super::ast::WeightsFile;
use super::tokens::{expect, parentheses, seen, take, word_here};
use crate::errors::{Code, Mistake, Result};

const RULES: &str =
    "expected `;`, `.rename(\"from\", \"to\")` or `.squeezed()` behind the file: `weights = \"digits.safetensors\";`";

const EXPECTED: &str = "expected a file, as in `weights = \"digits.safetensors\";` or, of a build script, \
    `weights = concat!(env!(\"OUT_DIR\"), \"/digits.safetensors\");`";

/// The file, behind the word `weights` that is here, with the `;` behind it.
pub(super) fn parse_weights(input: ParseStream<'_>) -> Result<WeightsFile> {
    seen(input)?;
    let file = parse_file(input)?;
    expect::<Token![;]>(input, Code::WeightsFile, RULES)?;
    Ok(file)
}

/// `= "digits.safetensors"` with its rules.
pub(super) fn parse_file(input: ParseStream<'_>) -> Result<WeightsFile> {
    expect::<Token![=]>(input, Code::WeightsFile, EXPECTED)?;
    let (variable, path) = location(input)?;
    let mut file = WeightsFile { path, variable, renames: Vec::new(), squeezed: false };
    while input.peek(Token![.]) {
        take::<Token![.]>(input);
        rule(input, &mut file)?;
    }
    Ok(file)
}

/// `rename("from", "to")` or `squeezed()`.
fn rule(input: ParseStream<'_>, file: &mut WeightsFile) -> Result<()> {
    const OTHER: &str = "a file that is read while compiling has two rules, `.rename(\"module\", \"\")` and `.squeezed()`\n\nhelp: what is to be changed otherwise is changed once, as by `nn-import digits.safetensors -o fits.safetensors --transpose \"fc1.weight=1,0\"`";
    let is_rename = word_here(input, "rename");
    if !is_rename && !word_here(input, "squeezed") {
        return Err(Mistake::new(Code::WeightsFile, input.span(), OTHER));
    }
    seen(input)?;
    let (content, _) = parentheses(input, Code::WeightsFile, RULES)?;
    if is_rename {
        let from = text(&content, RULES)?;
        expect::<Token![,]>(&content, Code::WeightsFile, RULES)?;
        file.renames.push([from, text(&content, RULES)?]);
        take::<Option<Token![,]>>(&content);
    } else {
        file.squeezed = true;
    }
    if content.is_empty() { Ok(()) } else { Err(Mistake::new(Code::WeightsFile, content.span(), RULES)) }
}

/// A path, or `concat!(env!("OUT_DIR"), "/digits.safetensors")`: a variable with the path behind it.
fn location(input: ParseStream<'_>) -> Result<(Option<LitStr>, LitStr)> {
    if !word_here(input, "concat") {
        return Ok((None, text(input, EXPECTED)?));
    }
    let arguments = called(input, "concat")?;
    let of_variable = called(&arguments, "env")?;
    let variable = text(&of_variable, EXPECTED)?;
    expect::<Token![,]>(&arguments, Code::WeightsFile, EXPECTED)?;
    let path = text(&arguments, EXPECTED)?;
    take::<Option<Token![,]>>(&arguments);
    match [&of_variable, &arguments].into_iter().find(|rest| !rest.is_empty()) {
        Some(rest) => Err(Mistake::new(Code::WeightsFile, rest.span(), EXPECTED)),
        None => Ok((Some(variable), path)),
    }
}

/// The arguments of a macro of Rust.
fn called<'a>(input: &ParseBuffer<'a>, name: &str) -> Result<ParseBuffer<'a>> {
    if !word_here(input, name) {
        return Err(Mistake::new(Code::WeightsFile, input.span(), EXPECTED));
    }
    seen(input)?;
    expect::<Token![!]>(input, Code::WeightsFile, EXPECTED)?;
    Ok(parentheses(input, Code::WeightsFile, EXPECTED)?.0)
}

fn text(input: ParseStream<'_>, message: &str) -> Result<LitStr> {
    let span = input.span();
    input.parse().map_err(|_| Mistake::new(Code::WeightsFile, span, message))
}
