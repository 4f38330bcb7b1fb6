//! The emitted implementations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::Emitter;
use super::generics::Generics;
use super::structs::Structs;
use super::tile::{Function, Tile, stored_path};
use crate::equation::Role;
use crate::lower::{Initial, Lowered, Parameter};
use crate::schedule::{Place, Schedule};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, TensorId};

impl Emitter<'_> {
    /// The structs of samples with several parts.
    pub(super) fn port_structs(&self) -> Structs {
        let name = &self.network.name;
        let lowered = self.lowered();
        let real = |tensor: TensorId| lowered.program.at(tensor).bound.is_none();
        let all = |_: TensorId| true;
        let mut structs = vec![
            self.port_struct(&lowered.inputs, "Input", &format!(" One sample for [`{name}`]."), &all),
            self.port_struct(&lowered.outputs, "Output", &format!(" What [`{name}`] predicts."), &all),
        ];
        if self.compiled.training.is_some() {
            let doc = format!(" The gradient of the loss of [`{name}`] by one sample.");
            structs.push(self.port_struct(&lowered.inputs, "InputGradient", &doc, &real));
            structs.push(self.port_struct(
                &lowered.targets,
                "Target",
                &format!(" What [`{name}`] should predict."),
                &all,
            ));
        }
        Structs {
            items: structs.iter().map(|s| s.items.clone()).collect(),
            plain: structs.iter().map(|s| s.plain.clone()).collect(),
        }
    }

    /// `Net::init(seed)` and its relatives.
    pub(super) fn inherent(&self) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let parameters = &self.network.generics;
        let visibility = &self.network.visibility;
        let constants = if self.symbolic { self.size_constants() } else { TokenStream::new() };
        let single = self.options.alloc.then(|| {
            quote! {
                impl <#(#parameters),*> #name <#(#parameters,)* f32> #bounds {
                    /// A network on the heap, its parameters drawn from a seed.
                    #[must_use]
                    #visibility fn init(seed: u64) -> nn::Box<Self> {
                        nn::init(seed)
                    }
                    /// A network with its workspace and output on the heap, its parameters drawn from a seed.
                    #[must_use]
                    #visibility fn session(seed: u64) -> nn::Session<Self> {
                        nn::Session::from_seed(seed)
                    }
                }
            }
        });
        let obligations = self.obligations();
        // without type parameters all sizes are known as soon as the types are
        let at_once = !self.infer.obligations.is_empty() && parameters.is_empty();
        let checked = at_once.then(|| quote!(const _: () = #name::<f32>::SIZES_FIT;));
        let plans = self.plans.borrow();
        let plans = plans.iter().map(|(name, loops)| quote!(const #name: nn::Plan = nn::Plan::new(#loops);));
        quote! {
            impl #declare #name #apply #bounds {
                #constants
                #obligations
                #(#plans)*
            }
            #checked
            #single
        }
    }

    /// What must hold of sizes that the macro does not see: checked when they are known.
    fn obligations(&self) -> TokenStream {
        if self.infer.obligations.is_empty() {
            return TokenStream::new();
        }
        let checks = self.infer.obligations.iter().map(|obligation| {
            let (plus, minus) = obligation.not_negative.split_signs();
            let (plus, minus) = (self.outer_sizes.value(&plus), self.outer_sizes.value(&minus));
            let holds = if obligation.zero { quote!(#plus == #minus) } else { quote!(#plus >= #minus) };
            let message = &obligation.message;
            quote!(::core::assert!(#holds, #message);)
        });
        quote!(const SIZES_FIT: () = { #(#checks)* };)
    }

    /// The implementation of `Compiled`.
    pub(super) fn compiled_impl(&self) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let all = |_: TensorId| true;
        let lowered = self.lowered();
        let input = self.port_type(&lowered.inputs, "Input", &all);
        let output = self.port_type(&lowered.outputs, "Output", &all);
        let scratch = self.scratch_type(&self.compiled.forward);
        let text = name.to_string();
        let (params, state) = (self.params_type(), self.state_type());
        let (states, state_place) = self.state_items();
        let tile = self.tile_size();
        let macs = self.sum_of(lowered.steps.iter().map(|step| &step.macs));
        let sizes_fit = (!lowered.obligations.is_empty()).then(|| quote!(let () = Self::SIZES_FIT;));
        let parameters = self.stored_table(&self.infer.parameters);
        let layers = self.layer_table();
        let initialise = self.initialise();
        let check = self.check(&lowered.inputs, "check_input", "Input");
        let body = self.tile(Function::Forward, &self.compiled.forward, lowered);
        quote! {
            #[automatically_derived]
            impl #declare nn::Compiled for #name #apply #bounds {
                type Scalar = T;
                type Params = #params;
                type State = #state;
                type Input = #input;
                type Output = #output;
                type Scratch = #scratch;
                const NAME: &'static str = #text;
                const TILE: usize = #tile;
                const MACS: usize = #macs;
                const PARAMETERS: &'static [nn::Parameter] = #parameters;
                #states
                const LAYERS: &'static [nn::Layer] = #layers;
                fn params(&self) -> &Self::Params { &self.params }
                fn params_mut(&mut self) -> &mut Self::Params { &mut self.params }
                #state_place
                #initialise
                #check
                #[inline(always)]
                fn forward_tile(
                    &self,
                    instructions: nn::InstructionSet,
                    inputs: &[Self::Input],
                    mut memory: nn::Memory<'_, T>,
                    outputs: &mut [Self::Output],
                ) { #sizes_fit #body }
            }
        }
    }

    /// What a network says of its state, if it has one: the table, and where it is.
    fn state_items(&self) -> (TokenStream, TokenStream) {
        let states = &self.compiled.train.states;
        if states.is_empty() {
            return Default::default();
        }
        let table = self.stored_table(states);
        let place = quote! {
            fn state(&self) -> &Self::State { &self.state }
            fn state_mut(&mut self) -> &mut Self::State { &mut self.state }
        };
        (quote!(const STATES: &'static [nn::Parameter] = #table;), place)
    }

    /// The implementation of `CompiledLoss`, if there is a loss.
    pub(super) fn loss_impl(&self) -> TokenStream {
        let Some(training) = &self.compiled.training else { return TokenStream::new() };
        // with the whole batch in one tile there is one order only
        let apart = training.gradient.takes_samples_apart() && !self.compiled.train.names_batch;
        let one_by_one = apart.then(|| {
            quote!(
                const ONE_BY_ONE: bool = true;
            )
        });
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let lowered = self.lowered();
        let real = |tensor: TensorId| lowered.program.at(tensor).bound.is_none();
        let target = self.port_type(&lowered.targets, "Target", &|_| true);
        let input_gradient = self.port_type(&lowered.inputs, "InputGradient", &real);
        let gradient_scratch = self.scratch_type(&training.gradient);
        let train_scratch = match &training.loss {
            None => gradient_scratch,
            Some(loss) => {
                let loss_scratch = self.scratch_type(loss);
                quote!(nn::Either<#gradient_scratch, #loss_scratch>)
            }
        };
        let coefficients = lowered.terms.iter().map(|term| super::scalar::signed(term.coefficient));
        let check = self.check(&lowered.targets, "check_target", "Target");
        let denominators = self.denominators();
        let loss = training.loss.as_ref().map(|schedule| {
            let body = self.tile(Function::Loss, schedule, lowered);
            quote! {
                #[inline(always)]
                fn loss_tile(&self, tile: nn::GradientTile<'_, Self>) { #body }
            }
        });
        let gradient = self.tile(Function::Gradient, &training.gradient, &self.compiled.train);
        let whole_batch = self.compiled.train.names_batch.then(|| {
            quote!(
                const WHOLE_BATCH: bool = true;
            )
        });
        let update_state = self.update_state(&training.gradient);
        quote! {
            #[automatically_derived]
            impl #declare nn::CompiledLoss for #name #apply #bounds {
                type Target = #target;
                type InputGradient = #input_gradient;
                type TrainScratch = #train_scratch;
                const COEFFICIENTS: &'static [f64] = &[#(#coefficients),*];
                #one_by_one
                #whole_batch
                #update_state
                #check
                #denominators
                #loss
                #[inline(always)]
                fn gradient_tile(&self, tile: nn::GradientTile<'_, Self>) { #gradient }
            }
        }
    }

    /// Takes over what a step of training has left in the workspace as the state that follows.
    fn update_state(&self, schedule: &Schedule) -> TokenStream {
        let updates: Vec<(&Parameter, &Place)> = (0u32..)
            .zip(&schedule.program.tensors)
            .filter_map(|(id, tensor)| match tensor.role {
                Role::NextState(number) => {
                    Some((&self.compiled.train.states[number], schedule.places.get(&TensorId(id))?))
                }
                _ => None,
            })
            .collect();
        if updates.is_empty() {
            return TokenStream::new();
        }
        let lines = updates.iter().map(|(state, place)| {
            let (offset, len) = (self.outer_sizes.value(&place.offset), self.outer_sizes.value(&place.len));
            let copies = Self::each_layer(state, &|path, turn| {
                let own = Dim::product(&state.shape).unwrap_or_default();
                let own = self.outer_sizes.atom(&own);
                let begin = turn.map(|turn| quote!((#turn) * #own));
                quote!(self.state.#path.as_mut_slice().copy_from_slice(&next[#begin..][..#own]);)
            });
            quote! {
                let [next] = memory.split([(#offset, #len)]);
                #copies
            }
        });
        quote!(fn update_state(&mut self, mut memory: nn::Memory<'_, T>) { #(#lines)* })
    }

    pub(super) fn tile(&self, function: Function, schedule: &Schedule, lowered: &Lowered) -> TokenStream {
        Tile::new(function, schedule, lowered, self).body()
    }

    /// The workspace of one sample as a type.
    pub(super) fn scratch_type(&self, schedule: &Schedule) -> TokenStream {
        if let Some(len) = schedule.scratch.literal() {
            let len = Tile::literal(usize::try_from(len).unwrap_or(0));
            return quote!([T; #len]);
        }
        // sizes that the macro cannot see: one tensor behind the other, in the order of their places
        let mut buffers: Vec<TensorId> = schedule.places.values().map(|place| place.buffer).collect();
        buffers.sort_unstable();
        buffers.dedup();
        buffers.iter().rev().fold(quote!([T; 0]), |rest, tensor| {
            let skip = usize::from(schedule.program.at(*tensor).for_each_sample());
            let stored = schedule.program.stored_shape(*tensor).unwrap_or_default();
            let shape = self.outer_sizes.shape(&stored[skip.min(stored.len())..]);
            quote!(nn::Pair<nn::Tensor<#shape, T>, #rest>)
        })
    }

    /// The number of samples that fit into the cache with all that belongs to them.
    fn tile_size(&self) -> TokenStream {
        let lowered = self.lowered();
        let schedule = self.compiled.training.as_ref().map_or(&self.compiled.forward, |t| &t.gradient);
        let inputs = lowered
            .inputs
            .iter()
            .map(|port| Dim::product(lowered.program.at(port.tensor).sample_shape()).unwrap_or_default());
        let all: Vec<Dim> = inputs.chain([schedule.scratch.clone()]).collect();
        let sum = self.sum_of(all.iter());
        quote!(nn::tile(#sum))
    }

    fn sum_of<'b>(&self, dims: impl Iterator<Item = &'b Dim>) -> TokenStream {
        let sum = dims.fold(Dim::default(), |sum, dim| sum.add(dim).unwrap_or(sum));
        self.outer_sizes.value(&sum)
    }

    fn shape_values(&self, shape: &[Dim]) -> TokenStream {
        let sizes = shape.iter().map(|dim| self.outer_sizes.value(dim));
        quote!(&[#(#sizes),*])
    }

    fn stored_table(&self, stored: &[Parameter]) -> TokenStream {
        let mut rows = Vec::new();
        let stored: Vec<&Parameter> = stored.iter().collect();
        self.stored_rows(&stored, 0, "", &mut Dim::default(), &mut rows);
        quote!(&[#(#rows),*])
    }

    /// The rows of what lies in one layer, or in the network, in the order in which it lies in memory.
    fn stored_rows(
        &self,
        within: &[&Parameter],
        depth: usize,
        prefix: &str,
        at: &mut Dim,
        rows: &mut Vec<TokenStream>,
    ) {
        let mut rest = within;
        while let Some(first) = rest.first() {
            let Some(layer) = first.path.get(depth) else {
                let name = format!("{prefix}{}", first.name);
                let (shape, offset) = (self.shape_values(&first.shape), self.outer_sizes.value(at));
                rows.push(quote!(nn::Parameter::new(#name, #shape, #offset)));
                if let Some(next) = Dim::product(&first.shape).and_then(|len| at.add(&len)) {
                    *at = next;
                }
                rest = &rest[1..];
                continue;
            };
            let same = rest.iter().take_while(|other| other.path.get(depth) == Some(layer)).count();
            match first.arrays.iter().find(|(array, _)| *array == depth) {
                None => self.stored_rows(&rest[..same], depth + 1, &format!("{prefix}{layer}."), at, rows),
                Some((_, count)) => (0..*count).for_each(|turn| {
                    self.stored_rows(&rest[..same], depth + 1, &format!("{prefix}{layer}.{turn}."), at, rows);
                }),
            }
            rest = &rest[same..];
        }
    }

    fn layer_table(&self) -> TokenStream {
        let rows = self.infer.steps.iter().map(|step| {
            let (name, kind, shape) = (&step.name, &step.kind, self.shape_values(&step.shape));
            let (parameters, macs) = (self.outer_sizes.value(&step.parameters), self.outer_sizes.value(&step.macs));
            quote!(nn::Layer::new(#name, #kind, #shape, #parameters, #macs))
        });
        quote!(&[#(#rows),*])
    }

    /// Fills every parameter from the seed, and every state.
    fn initialise(&self) -> TokenStream {
        let parameters = self.infer.parameters.iter().map(|parameter| (quote!(params), parameter));
        let states = self.compiled.train.states.iter().map(|state| (quote!(state), state));
        let mut number = 0;
        let mut lines = TokenStream::new();
        for (storage, stored) in parameters.chain(states) {
            let initial = self.initial(&stored.initial);
            let first = proc_macro2::Literal::u64_unsuffixed(number);
            lines.extend(Self::each_layer(stored, &|path, turn| {
                let number = turn.map_or_else(|| quote!(#first), |turn| quote!(#first + (#turn) as u64));
                quote!(nn::Init::#initial.fill(self.#storage.#path.as_mut_slice(), seed, #number);)
            }));
            number += stored.arrays.iter().map(|(_, count)| count.unsigned_abs()).product::<u64>();
        }
        let unused = lines.is_empty().then(|| quote!(let _ = seed;));
        quote!(fn initialise(&mut self, seed: u64) { #lines #unused })
    }

    /// Code for a tensor in every layer of the arrays that it is in; it is given the tensor's path and, in arrays,
    /// the number of the layer.
    fn each_layer(stored: &Parameter, code: &dyn Fn(TokenStream, Option<TokenStream>) -> TokenStream) -> TokenStream {
        let turns: Vec<Ident> = (0..stored.arrays.len()).map(|at| Self::ident(&format!("turn_{at}"))).collect();
        let mut number: Option<TokenStream> = None;
        for (turn, (_, count)) in turns.iter().zip(&stored.arrays) {
            let count = proc_macro2::Literal::i64_unsuffixed(*count);
            number = Some(number.map_or_else(|| quote!(#turn), |outer| quote!((#outer) * #count + #turn)));
        }
        let mut tokens = code(stored_path(stored, &turns), number);
        for (turn, (_, count)) in turns.iter().zip(&stored.arrays).rev() {
            let count = proc_macro2::Literal::i64_unsuffixed(*count);
            tokens = quote!(for #turn in 0..#count { #tokens });
        }
        tokens
    }

    fn initial(&self, initial: &Initial) -> TokenStream {
        let value = |id: &ExpressionId| self.constant(*id);
        match initial {
            Initial::Constant(a) => {
                let a = value(a);
                quote!(Constant(#a))
            }
            Initial::Uniform(a, b) => {
                let (a, b) = (value(a), value(b));
                quote!(Uniform(#a, #b))
            }
            Initial::Normal(a, b) => {
                let (a, b) = (value(a), value(b));
                quote!(Normal(#a, #b))
            }
            Initial::KaimingUniform(a, b) => {
                let (a, b) = (value(a), value(b));
                quote!(kaiming_uniform(#a, #b))
            }
            Initial::KaimingNormal(a, b) => {
                let (a, b) = (value(a), value(b));
                quote!(kaiming_normal(#a, #b))
            }
            Initial::XavierUniform(a, b, c) => {
                let (a, b, c) = (value(a), value(b), value(c));
                quote!(xavier_uniform(#a, #b, #c))
            }
            Initial::XavierNormal(a, b, c) => {
                let (a, b, c) = (value(a), value(b), value(c));
                quote!(xavier_normal(#a, #b, #c))
            }
        }
    }

    /// A number made of constants and sizes: its value if all sizes are known, else as Rust computes
    /// it, in the same order and so with the same bits.
    fn constant(&self, id: ExpressionId) -> TokenStream {
        use crate::symbolic::Node;
        if let Some(value) = self.infer.program.constant_value(id) {
            return super::scalar::signed(value);
        }
        let pool = &self.infer.program.pool;
        let below = |id: &ExpressionId| self.constant(*id);
        match pool.node(id) {
            Node::Constant(bits) => super::scalar::signed(f64::from_bits(*bits)),
            Node::Size(dim) => {
                let value = self.outer_sizes.value(dim);
                quote!(<f64 as nn::Scalar>::from_usize(#value))
            }
            Node::Sum(terms) => {
                let terms = terms.iter().map(|(factor, id)| {
                    let (factor, value) = (super::scalar::signed(f64::from_bits(*factor)), below(id));
                    quote!(#factor * #value)
                });
                quote!((#(#terms)+*))
            }
            Node::Product(factors) => {
                let factors: Vec<TokenStream> = factors
                    .iter()
                    .map(|(id, power)| {
                        let value = below(id);
                        let power = super::scalar::signed(f64::from(*power));
                        quote!(nn::Scalar::powf(#value, #power))
                    })
                    .collect();
                let product = super::sizes::times(&factors);
                quote!((#product))
            }
            Node::Apply(function, arguments) => {
                let method = Self::ident(function.row().method);
                let arguments = arguments.iter().map(below);
                quote!(nn::Scalar::#method(#(#arguments),*))
            }
            _ => quote!(0.0),
        }
    }

    /// Checks that every class of a sample is in range.
    fn check(&self, ports: &[crate::lower::Port], function: &str, associated: &str) -> TokenStream {
        let program = &self.lowered().program;
        let mut lines = Vec::new();
        for port in ports {
            let tensor = program.at(port.tensor);
            let Some(bound) = &tensor.bound else { continue };
            let (bound, name) = (self.outer_sizes.value(bound), &port.name);
            let field = Self::ident(&port.name);
            let value = if ports.len() == 1 { quote!(value) } else { quote!(value.#field) };
            let list = if !tensor.sample_shape().is_empty() {
                quote!(#value.as_slice())
            } else if ports.len() == 1 {
                quote!(::core::slice::from_ref(value))
            } else {
                quote!(&[#value])
            };
            lines.push(match tensor.ignored {
                None => quote!(nn::check_indices(#list, #bound, #name, sample)),
                Some(ignored) => {
                    #[allow(clippy::cast_precision_loss)] // small
                    let ignored = super::scalar::wrapped(ignored as f64);
                    quote!(nn::check_indices_or(#list, #bound, #ignored, #name, sample))
                }
            });
        }
        let Some(last) = lines.pop() else { return TokenStream::new() };
        let (function, associated) = (Self::ident(function), Self::ident(associated));
        quote! {
            fn #function(value: &Self::#associated, sample: usize) -> nn::Checked {
                #(#lines?;)*
                #last
            }
        }
    }
}

/// Whether a tensor's role makes it part of a sample with several parts.
pub(crate) fn is_staged(lowered: &Lowered, role: Role) -> bool {
    match role {
        Role::Input(_) | Role::InputGradient(_) => lowered.inputs.len() > 1,
        Role::Target(_) => lowered.targets.len() > 1,
        Role::Output(_) => lowered.outputs.len() > 1,
        _ => false,
    }
}
