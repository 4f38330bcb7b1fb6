//! What a network takes and gives, in words.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::emit::emitter::Emitter;
use crate::emit::naming::generics::Generics;
use crate::equation::Program;
use crate::lowered::{Lowered, Port};
use crate::shape::display_shape;

/// What a value is to a network: a role of `nn::role`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    Input,
    Target,
    Output,
}

impl Emitter<'_> {
    /// The implementations of `Accepts` and `Takes`, which rustc answers with the shapes of the network.
    pub(super) fn accepts(&self, input: &TokenStream, output: &TokenStream) -> TokenStream {
        let takes = self.words();
        let lowered = self.infer;
        let program = &lowered.program;
        let of_input = self.all_in_words(program, &lowered.inputs, "Input");
        let sample = takes.sample(input, &of_input);
        let inputs = takes.role(Role::Input, input, &of_input);
        let outputs = takes.role(Role::Output, output, &self.all_in_words(program, &lowered.outputs, "Output"));
        let any_target = self.compiled.training.is_none().then(|| takes.any_target());
        quote!(#sample #inputs #outputs #any_target)
    }

    /// The implementation of `Takes` for the targets.
    pub(super) fn takes_targets(&self, target: &TokenStream) -> TokenStream {
        let words = self.all_in_words(&self.infer.program, &self.infer.targets, "Target");
        self.words().role(Role::Target, target, &words)
    }

    /// The implementation of `Accepts` for the frames of a stream.
    pub(super) fn accepts_frames(&self, step: &Lowered, frame: &TokenStream) -> TokenStream {
        let takes = self.all_in_words(&step.program, &step.inputs, "Frame");
        self.words().frame(frame, &takes)
    }

    fn words(&self) -> Words<'_> {
        Words { name: &self.network.name, parameters: &self.network.generics, generics: &self.generics }
    }

    /// `a tensor of [1, 28, 28]`, or the fields of a struct.
    fn all_in_words(&self, program: &Program, ports: &[Port], suffix: &str) -> String {
        match ports {
            [] => "nothing, `[]`".into(),
            [port] => in_words(program, port),
            many => {
                let fields = many.iter().map(|port| format!("`{}`: {}", port.name, in_words(program, port)));
                let fields: Vec<String> = fields.collect();
                format!("a `{}{suffix}` of {}", self.family, fields.join(", "))
            }
        }
    }
}

fn in_words(program: &Program, port: &Port) -> String {
    let of = program.at(port.tensor);
    let shape = display_shape(of.sample_shape());
    match &of.bound {
        None => format!("a tensor of {shape}"),
        Some(bound) if of.sample_shape().is_empty() => format!("a `usize` below {bound}"),
        Some(bound) => format!("a tensor of {shape} of `usize` below {bound}"),
    }
}

/// The traits whose messages say what a network takes and gives.
pub(super) struct Words<'a> {
    pub name: &'a Ident,
    pub parameters: &'a [Ident],
    pub generics: &'a Generics,
}

impl Words<'_> {
    /// `Accepts`, for one sample.
    pub(super) fn sample(&self, input: &TokenStream, takes: &str) -> TokenStream {
        let name = self.name;
        let message = format!("`{name}` takes a reference to {takes}");
        self.implement(&quote!(one Input, nn_Takes,), &[message, format!("this is no reference to {takes}")], input)
    }

    /// `Accepts`, for the frames of a stream.
    pub(super) fn frame(&self, frame: &TokenStream, takes: &str) -> TokenStream {
        let message = format!("a step of `{}` takes a reference to {takes}", self.name);
        self.implement(&quote!(one Frame, nn_Frame,), &[message, format!("this is no reference to {takes}")], frame)
    }

    /// `Takes`, for slices and sets of samples.
    pub(super) fn role(&self, role: Role, own: &TokenStream, what: &str) -> TokenStream {
        let name = self.name;
        let message = match role {
            Role::Input => format!("each sample of `{name}` is {what}"),
            Role::Target => format!("the loss of `{name}` compares each output with {what}"),
            Role::Output => format!("each output of `{name}` is {what}"),
        };
        let note = if what.contains("of `usize`") {
            "classes are `Tensor::from([…])` of numbers; those of an output lie along its first axis: from the last one, `.transpose(0, 1)` brings them there"
        } else if what.contains("`usize`") {
            "a class is its number, a `usize`, and not a row of zeros and a one"
        } else {
            "`Tensor::from([…])` makes a tensor of an array, and `Tensor::try_from(numbers)?` of a slice or a vector"
        };
        let (role, words) = (format_ident!("{role:?}"), format_ident!("nn_{role:?}"));
        let texts = [message, format!("this is something else than {what}"), note.into()];
        self.implement(&quote!(#role, #words,), &texts, own)
    }

    /// `Takes` for the targets of a network without a loss.
    pub(super) fn any_target(&self) -> TokenStream {
        let Generics { apply, bounds, .. } = self.generics;
        let (name, parameters) = (self.name, self.parameters);
        quote!(nn::accepts! { any target, [#(#parameters,)* T: nn::Scalar,] #name #apply, [#bounds] })
    }

    fn implement(&self, role: &TokenStream, texts: &[String], own: &TokenStream) -> TokenStream {
        let Generics { apply, bounds, .. } = self.generics;
        let (name, parameters) = (self.name, self.parameters);
        // braces have a meaning in these texts
        let texts = texts.iter().map(|text| text.replace('{', "{{").replace('}', "}}"));
        quote!(nn::accepts! { #role #(#texts,)* [#(#parameters,)* T: nn::Scalar,] #name #apply, #own, [#bounds] })
    }
}
