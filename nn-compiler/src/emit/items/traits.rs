//! The emitted implementations.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::analysis::turns;
use crate::emit::emitter::Emitter;
use crate::emit::functions::tile::Function;
use crate::emit::naming::generics::Generics;
use crate::equation::Role;
use crate::errors::OrBug;
use crate::lints::loss_names;
use crate::lowered::StoredTensor;
use crate::schedule::{Place, Schedule};
use crate::shape::Dim;
use crate::symbolic::TensorId;

impl Emitter<'_> {
    /// The constants of the network.
    pub(in crate::emit) fn constants(&self) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let constants = if self.symbolic { self.size_constants() } else { TokenStream::new() };
        let obligations = self.obligations();
        let plans = self.plans.borrow().constants();
        let offsets = self.offsets.borrow().constant(&self.outer_sizes);
        quote! {
            impl #declare #name #apply #bounds {
                #constants
                #obligations
                #offsets
                #plans
            }
        }
    }

    /// The implementation of `Compiled`.
    pub(in crate::emit) fn compiled_impl(&self) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let all = |_: TensorId| true;
        let lowered = self.infer;
        let input = self.port_type(&lowered.program, &lowered.inputs, "Input", &all);
        let output = self.port_type(&lowered.program, &lowered.outputs, "Output", &all);
        let scratch = self.scratch_type(&self.compiled.forward);
        let text = name.to_string();
        let (params, frozen, state) = (self.params_type(), self.frozen_type(), self.state_type());
        let ([frozen_table, states], [frozen_place, state_place]) = self.further_items();
        let tile = self.tile_size();
        let macs = self.sum_of(lowered.steps.iter().map(|step| &step.macs));
        let sizes_fit = (!self.late_obligations().is_empty()).then(|| quote!(let () = Self::SIZES_FIT;));
        let parameters = self.stored_table(&self.params(), &self.infer.parameters);
        let layers = self.layer_table();
        let initialise = self.initialise();
        let check = self.check(&lowered.program, &lowered.inputs, ["check_input", "Input"]);
        let body = self.stages(Function::Forward, &self.compiled.forward, lowered);
        let accepts = self.accepts(&input, &output);
        quote! {
            #accepts
            #[automatically_derived]
            impl #declare nn::Compiled for #name #apply #bounds {
                type Scalar = T;
                type Params = #params;
                type Frozen = #frozen;
                type State = #state;
                type Input = #input;
                type Output = #output;
                type Scratch = #scratch;
                const NAME: &'static str = #text;
                const TILE: usize = #tile;
                const MACS: usize = #macs;
                const PARAMETERS: &'static [nn::Parameter] = #parameters;
                #frozen_table
                #states
                const LAYERS: &'static [nn::Layer] = #layers;
                fn params(&self) -> &Self::Params { &self.params }
                fn params_mut(&mut self) -> &mut Self::Params { &mut self.params }
                #frozen_place
                #state_place
                #initialise
                #check
                fn forward_tile(&self, mut tile: nn::ForwardTile<'_, Self>) { #sizes_fit #body }
            }
        }
    }

    /// The items of a network's frozen parameters and of its state, as far as it has some: the tables and the access.
    fn further_items(&self) -> ([TokenStream; 2], [TokenStream; 2]) {
        let (mut tables, mut places) = <([TokenStream; 2], [TokenStream; 2])>::default();
        let frozen = &self.infer.frozen;
        if !frozen.is_empty() {
            let table = self.stored_table(&self.frozen(), frozen);
            tables[0] = quote!(const FROZEN: &'static [nn::Parameter] = #table;);
            places[0] = quote! {
                fn frozen(&self) -> &Self::Frozen { &self.frozen }
                fn frozen_mut(&mut self) -> &mut Self::Frozen { &mut self.frozen }
            };
        }
        let states = &self.compiled.train.states;
        if !states.is_empty() {
            let table = self.stored_table(&self.states(), states);
            tables[1] = quote!(const STATES: &'static [nn::Parameter] = #table;);
            places[1] = quote! {
                fn state(&self) -> &Self::State { &self.state }
                fn state_mut(&mut self) -> &mut Self::State { &mut self.state }
            };
        }
        (tables, places)
    }

    /// The implementation of `CompiledLoss`, if there is a loss.
    pub(in crate::emit) fn loss_impl(&self) -> TokenStream {
        let Some(training) = &self.compiled.training else { return TokenStream::new() };
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let lowered = self.infer;
        let target = self.port_type(&lowered.program, &lowered.targets, "Target", &|_| true);
        let input_gradient = self.input_gradient_type();
        let train_scratch = match &training.loss {
            None => self.scratch_type(&training.gradient),
            Some(loss) => self.larger_scratch(&training.gradient, loss),
        };
        let coefficients = lowered.terms.iter().map(|term| crate::emit::functions::numbers::real(term.coefficient));
        let check = self.check(&lowered.program, &lowered.targets, ["check_target", "Target"]);
        let denominators = self.denominators();
        let loss = training.loss.as_ref().map(|schedule| {
            let body = self.stages(Function::Loss, schedule, lowered);
            quote!(fn loss_tile(&self, mut tile: nn::GradientTile<'_, Self>) { #body })
        });
        let gradient = self.stages(Function::Gradient, &training.gradient, &self.compiled.train);
        let batch = self.batch_constants(self.compiled.train.names_batch, training.gradient.takes_samples_apart());
        let update_state = self.update_state(&training.gradient);
        let takes = self.takes_targets(&target);
        let groups = Literal::usize_unsuffixed(turns::count(&training.gradient));
        let losses = loss_names(self.network);
        let by_inputs = self.infer.frozen.is_empty().then(|| {
            quote! {
                #[automatically_derived]
                impl #declare nn::DerivedByInputs for #name #apply #bounds {}
            }
        });
        quote! {
            #takes
            #by_inputs
            #[automatically_derived]
            impl #declare nn::CompiledLoss for #name #apply #bounds {
                type Target = #target;
                type InputGradient = #input_gradient;
                type TrainScratch = #train_scratch;
                const LOSSES: &'static [&'static str] = &[#(#losses),*];
                const COEFFICIENTS: &'static [f64] = &[#(#coefficients),*];
                const GROUPS: ::core::primitive::usize = #groups;
                #batch
                #update_state
                #check
                #denominators
                #loss
                fn gradient_tile(&self, mut tile: nn::GradientTile<'_, Self>) { #gradient }
            }
        }
    }

    /// The constants that say how a batch may be split.
    pub(in crate::emit) fn batch_constants(&self, names_batch: bool, apart: bool) -> TokenStream {
        if names_batch {
            let least = self.least_batch();
            return quote! {
                const WHOLE_BATCH: bool = true;
                const LEAST_BATCH: usize = #least;
            };
        }
        // with the whole batch in one tile, the order of sums is fixed
        if apart {
            quote!(
                const ONE_BY_ONE: bool = true;
            )
        } else {
            TokenStream::new()
        }
    }

    /// Stores the next state from the workspace after a step of training.
    pub(in crate::emit) fn update_state(&self, schedule: &Schedule) -> TokenStream {
        let updates: Vec<(&StoredTensor, &Place)> = (0u32..)
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
            let [offset, len] = self.place(place);
            let copies = Self::each_layer(state, &|path, iteration| {
                let own = Dim::product(&state.shape).or_bug("a size overflows");
                let own = self.outer_sizes.atom(&own);
                let begin = iteration.map(|iteration| quote!((#iteration) * #own));
                quote!(self.state.#path.as_mut_slice().copy_from_slice(&next[#begin..][..#own]);)
            });
            quote! {
                let [next] = memory.split([(#offset, #len)]);
                #copies
            }
        });
        quote!(fn update_state(&mut self, mut memory: nn::Memory<'_, T>) { #(#lines)* })
    }
}
