//! Names that are taken or given twice. They are checked first, since later stages would only repeat such a mistake.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::Ident;

use super::ast::{FoldedAttribute, Formula, Network, Pattern, Statement, TypedName};
use super::{RawOrPlain, is_keyword};
use crate::errors::{Code, Errors};

/// Names of types that have another meaning in the emitted code or for its user.
const TAKEN: [&str; 19] = [
    "T", "nn", "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// The suffixes of the types that are generated for a network.
const GENERATED: [&str; 7] = ["Params", "State", "Dims", "Input", "Output", "Target", "InputGradient"];

/// Whether no type of a network can have this name.
pub(crate) fn is_reserved(name: &Ident) -> bool {
    TAKEN.iter().any(|taken| name == taken) || is_keyword(&name.to_string())
}

/// Whether a name looks like those that are generated for the layers and sizes of another network, such as
/// `NetParams_conv1` and `NetU_6272`. No network is called so, hence none is called like what another generates.
fn is_generated(name: &Ident) -> bool {
    let name = name.to_string();
    let is_size = name.rsplit_once("U_").is_some_and(|(_, digits)| digits.bytes().all(|digit| digit.is_ascii_digit()));
    is_size || ["Params_", "Frozen_", "State_"].iter().any(|part| name.contains(part))
}

/// Checks the names that a network declares.
pub fn check_names(network: &Network, errors: &mut Errors) {
    struct_name(network, errors);
    folded_name(network, errors);
    type_parameters(network, errors);
    values(network, errors);
    derives(network, errors);
    network.formulas.iter().for_each(|formula| formula_names(formula, errors));
}

fn struct_name(network: &Network, errors: &mut Errors) {
    if is_reserved(&network.name) || is_generated(&network.name) {
        let message = format!("`{}` has another meaning already: choose another name for the network", network.name);
        errors.report(Code::ReservedName, network.name.span(), message);
    }
}

fn folded_name(network: &Network, errors: &mut Errors) {
    let Some(FoldedAttribute { name, .. }) = &network.folded else { return };
    if *name == network.name {
        let message = format!("the folded network stands beside `{name}`: choose another name for it");
        errors.report(Code::ReservedName, name.span(), message);
    } else if is_reserved(name) || is_generated(name) || network.generics.contains(name) {
        let message = format!("`{name}` has another meaning already: choose another name for the folded network");
        errors.report(Code::ReservedName, name.span(), message);
    } else if GENERATED.iter().any(|suffix| *name == format!("{}{suffix}", network.name)) {
        let message =
            format!("`{name}` is the name of something else that is generated: choose another one for the network");
        errors.report(Code::ReservedName, name.span(), message);
    }
}

fn type_parameters(network: &Network, errors: &mut Errors) {
    for generic in &network.generics {
        // `T` is the type of numbers
        if is_reserved(generic) || *generic == network.name {
            let message =
                format!("`{generic}` has another meaning already: choose another name for the type parameter");
            errors.report(Code::ReservedName, generic.span(), message);
        }
    }
}

/// Inputs, outputs and targets become fields, layers too; in `forward` and in the loss each name has one meaning.
fn values(network: &Network, errors: &mut Errors) {
    let generics: Vec<(&Ident, &str)> = network.generics.iter().map(|name| (name, "type parameter")).collect();
    let forward = network.forward.as_ref();
    let inputs = forward.map_or(&[][..], |forward| &forward.inputs);
    let outputs = forward.map_or(&[][..], |forward| &forward.outputs);
    let targets = network.loss.as_ref().map_or(&[][..], |loss| &loss.targets);
    let layers: Vec<(&Ident, &str)> = network.layers.iter().map(|layer| (&layer.name, "layer")).collect();
    let parameters: Vec<(&Ident, &str)> =
        network.parameters.iter().map(|parameter| (&parameter.statement.name, "parameter")).collect();
    each_once(&[&generics, &layers, &parameters, &named(inputs, "input")], errors);
    // clashes among type parameters have been reported
    let generics: Vec<(&Ident, &str)> =
        generics.iter().enumerate().filter(|(at, one)| !generics[..*at].contains(one)).map(|(_, one)| *one).collect();
    each_once(&[&generics, &named(outputs, "output"), &named(targets, "target")], errors);
}

fn named<'a>(names: &'a [TypedName], what: &'static str) -> Vec<(&'a Ident, &'static str)> {
    names.iter().map(|declared| (&declared.name, what)).collect()
}

/// The names that the emitted struct has already.
fn derives(network: &Network, errors: &mut Errors) {
    for attribute in network.attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // rustc refuses attributes that cannot be parsed
        let _ = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last().map(|segment| &segment.ident);
            if let Some(name) = last.filter(|name| *name == "Clone" || *name == "Debug") {
                errors.report(Code::Attribute, name.span(), format!("every network is `{name}` already: leave it out"));
            }
            Ok(())
        });
    }
}

fn formula_names(formula: &Formula, errors: &mut Errors) {
    fn sizes<'a>(pattern: &'a Pattern, into: &mut Vec<(&'a Ident, &'static str)>) {
        match pattern {
            Pattern::Name(name) => into.push((name, "parameter")),
            Pattern::Tuple(parts) => parts.iter().for_each(|part| sizes(part, into)),
            Pattern::Rest(rest) => into.extend(rest.name.iter().map(|name| (name, "parameter"))),
        }
    }
    let mut parameters = Vec::new();
    formula.parameters.iter().for_each(|parameter| sizes(&parameter.pattern, &mut parameters));
    // a result defined by `= value;` has this name by default
    let said = formula.results().map(|result| &result.name).filter(|name| *name != "result");
    let divisor = formula.divisor.iter().map(|divisor| (&divisor.name, "divisor"));
    let result: Vec<(&Ident, &str)> = said.map(|name| (name, "result")).chain(divisor).collect();
    each_once(&[&parameters, &named(&formula.inputs, "input"), &result], errors);
    declared_in(&formula.body, errors);
}

/// The parameters and layers of one block; branches may declare the same.
fn declared_in(block: &[Statement], errors: &mut Errors) {
    let mut declared: Vec<(&Ident, &str)> = Vec::new();
    for statement in block {
        match statement {
            Statement::Parameter(parameter) => declared.push((&parameter.name, "parameter")),
            Statement::State(state) => declared.push((&state.name, "state")),
            Statement::Layer(layer) => declared.push((&layer.name, "layer")),
            Statement::Assign(_) | Statement::Several(_) | Statement::Next(_) | Statement::Require { .. } => {}
            Statement::Scan(scan) => {
                let carries: Vec<(&Ident, &str)> = scan.carries.iter().map(|carry| (&carry.name, "carry")).collect();
                each_once(&[&[(&scan.index, "index")], &carries], errors);
                declared_in(&scan.body, errors);
            }
            Statement::If { then: one, otherwise: other, .. } | Statement::Mode { train: one, infer: other } => {
                declared_in(one, errors);
                declared_in(other, errors);
            }
        }
    }
    each_once(&[&declared], errors);
}

/// Reports every name that occurs before, with its first meaning.
fn each_once(names: &[&[(&Ident, &'static str)]], errors: &mut Errors) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (name, what) in names.iter().copied().flatten() {
        // as it will be emitted: `self` is `self_`
        let emitted = Ident::new_raw_or_plain(&name.to_string(), Span::call_site()).to_string();
        match seen.get(&emitted) {
            None => {
                seen.insert(emitted, what);
            }
            Some(earlier) if earlier == what => {
                errors.report(
                    Code::NameTwice,
                    name.span(),
                    format!("there are two {what}s `{name}`: choose another name"),
                );
            }
            Some(earlier) => {
                let message = format!("`{name}` is the name of {} already: choose another name", article(earlier));
                errors.report(Code::NameTwice, name.span(), message);
            }
        }
    }
}

fn article(what: &str) -> String {
    format!("{} {what}", if what.starts_with(['i', 'o']) { "an" } else { "a" })
}
