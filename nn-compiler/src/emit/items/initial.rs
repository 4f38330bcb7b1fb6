//! Initial values.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::emitter::Emitter;
use crate::emit::functions::numbers::real;
use crate::emit::functions::stored_path;
use crate::emit::naming::identifiers::ident;
use crate::lowered::{Initial, StoredTensor};
use crate::symbolic::{ExpressionId, Node};

impl Emitter<'_> {
    /// The initial values of all that the network owns.
    pub(in crate::emit) fn initialise(&self) -> TokenStream {
        let parameters = self.infer.parameters.iter().map(|parameter| (quote!(params), parameter));
        let frozen = self.infer.frozen.iter().map(|parameter| (quote!(frozen), parameter));
        let states = self.compiled.train.states.iter().map(|state| (quote!(state), state));
        let mut number = 0;
        let mut lines = TokenStream::new();
        for (storage, stored) in parameters.chain(frozen).chain(states) {
            let initial = self.initial(&stored.initial);
            let first = proc_macro2::Literal::u64_unsuffixed(number);
            lines.extend(Self::each_layer(stored, &|path, iteration| {
                let number = iteration.map_or_else(|| quote!(#first), |iteration| quote!(#first + (#iteration) as u64));
                quote!(nn::Init::#initial.fill(self.#storage.#path.as_mut_slice(), seed, #number);)
            }));
            number += stored.arrays.iter().map(|(_, count)| count.unsigned_abs()).product::<u64>();
        }
        let unused = lines.is_empty().then(|| quote!(let _ = seed;));
        quote!(fn initialise(&mut self, seed: u64) { #lines #unused })
    }

    /// Code for a tensor in every layer of the arrays that it is in; it is given the tensor's path and, in arrays,
    /// the number of the layer.
    pub(in crate::emit) fn each_layer(
        stored: &StoredTensor,
        code: &dyn Fn(TokenStream, Option<TokenStream>) -> TokenStream,
    ) -> TokenStream {
        let iterations: Vec<Ident> = (0..stored.arrays.len()).map(|at| ident(&format!("iteration_{at}"))).collect();
        let mut number: Option<TokenStream> = None;
        for (iteration, (_, count)) in iterations.iter().zip(&stored.arrays) {
            let count = proc_macro2::Literal::i64_unsuffixed(*count);
            number = Some(number.map_or_else(|| quote!(#iteration), |outer| quote!((#outer) * #count + #iteration)));
        }
        let mut tokens = code(stored_path(stored, &iterations), number);
        for (iteration, (_, count)) in iterations.iter().zip(&stored.arrays).rev() {
            let count = proc_macro2::Literal::i64_unsuffixed(*count);
            tokens = quote!(for #iteration in 0..#count { #tokens });
        }
        tokens
    }

    fn initial(&self, initial: &Initial) -> TokenStream {
        let (function, arguments) = match *initial {
            Initial::Constant(value) => ("Constant", vec![value]),
            Initial::Uniform(low, high) => ("Uniform", vec![low, high]),
            Initial::Normal(mean, deviation) => ("Normal", vec![mean, deviation]),
            Initial::KaimingUniform(fan_in, gain) => ("kaiming_uniform", vec![fan_in, gain]),
            Initial::KaimingNormal(fan_in, gain) => ("kaiming_normal", vec![fan_in, gain]),
            Initial::XavierUniform(fan_in, fan_out, gain) => ("xavier_uniform", vec![fan_in, fan_out, gain]),
            Initial::XavierNormal(fan_in, fan_out, gain) => ("xavier_normal", vec![fan_in, fan_out, gain]),
        };
        let (function, arguments) = (ident(function), arguments.into_iter().map(|id| self.constant(id)));
        quote!(#function(#(#arguments),*))
    }

    /// A number made of constants and sizes: its value if all sizes are known, else as Rust computes
    /// it, in the same order and so with the same bits.
    fn constant(&self, id: ExpressionId) -> TokenStream {
        if let Some(value) = self.infer.program.constant_value(id) {
            return real(value);
        }
        let pool = &self.infer.program.pool;
        let below = |id: &ExpressionId| self.constant(*id);
        match pool.node(id) {
            Node::Constant(bits) => real(f64::from_bits(*bits)),
            Node::Size(dim) => {
                let value = self.outer_sizes.value(dim);
                quote!(<f64 as nn::Scalar>::from_usize(#value))
            }
            Node::Sum(terms) => {
                let terms = terms.iter().map(|(factor, id)| {
                    let (factor, value) = (real(f64::from_bits(*factor)), below(id));
                    quote!(#factor * #value)
                });
                quote!((#(#terms)+*))
            }
            Node::Product(factors) => {
                let factors: Vec<TokenStream> = factors
                    .iter()
                    .map(|(id, power)| {
                        let value = below(id);
                        let power = real(f64::from(*power));
                        quote!(nn::Scalar::powf(#value, #power))
                    })
                    .collect();
                let product = crate::emit::naming::sizes::times(&factors);
                quote!((#product))
            }
            Node::Apply(function, arguments) => {
                let method = ident(function.row().method);
                let arguments = arguments.iter().map(below);
                quote!(nn::Scalar::#method(#(#arguments),*))
            }
            _ => quote!(0.0),
        }
    }
}
