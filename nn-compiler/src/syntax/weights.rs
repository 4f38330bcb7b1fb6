//! `weights = "digits.safetensors";`

use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::ast::WeightsFile;
use super::tokens::{expect, parentheses, seen, take, word_here};
use crate::errors::{Code, Mistake, Result};

/// The file, behind the word `weights` that is here.
pub(super) fn parse_weights(input: ParseStream<'_>) -> Result<WeightsFile> {
    const EXPECTED: &str = "expected a file, as in `weights = \"digits.safetensors\";`";
    const RULES: &str = "expected `;` or `.rename(\"from\", \"to\")` behind the file";
    seen(input)?;
    expect::<Token![=]>(input, Code::WeightsFile, EXPECTED)?;
    let path = text(input, EXPECTED)?;
    let mut renames = Vec::new();
    while input.peek(Token![.]) {
        take::<Token![.]>(input);
        if !word_here(input, "rename") {
            let message = "a file that is read while compiling is renamed alone, as in `.rename(\"module\", \"\")`\n\nhelp: what is to be changed otherwise is loaded and saved once by a program: `Net::load(Load::file(…).transpose(…))?.save(…)`";
            return Err(Mistake::new(Code::WeightsFile, input.span(), message));
        }
        seen(input)?;
        let (content, _) = parentheses(input, Code::WeightsFile, RULES)?;
        let from = text(&content, RULES)?;
        expect::<Token![,]>(&content, Code::WeightsFile, RULES)?;
        renames.push([from, text(&content, RULES)?]);
        take::<Option<Token![,]>>(&content);
        if !content.is_empty() {
            return Err(Mistake::new(Code::WeightsFile, content.span(), RULES));
        }
    }
    expect::<Token![;]>(input, Code::WeightsFile, RULES)?;
    Ok(WeightsFile { path, renames })
}

fn text(input: ParseStream<'_>, message: &str) -> Result<LitStr> {
    let span = input.span();
    input.parse().map_err(|_| Mistake::new(Code::WeightsFile, span, message))
}
