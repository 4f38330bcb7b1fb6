//! The functions of `#[derivatives(…)]`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::emitter::Emitter;
use crate::emit::functions::tile::Function;
use crate::emit::naming::generics::Generics;
use crate::pipeline::Derivative;
use crate::symbolic::TensorId;
use crate::syntax::ast::DerivativeKind;

impl Emitter<'_> {
    /// The implementations of `CompiledDerivative`.
    pub(in crate::emit) fn derivative_impls(&self) -> TokenStream {
        self.compiled.derivatives.iter().map(|derivative| self.derivative_impl(derivative)).collect()
    }

    fn derivative_impl(&self, derivative: &Derivative) -> TokenStream {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let (lowered, kind) = (self.infer, derivative.kind.type_name());
        let input_gradient = self.input_gradient_type();
        let along = match derivative.kind {
            DerivativeKind::Jvp => input_gradient.clone(),
            DerivativeKind::Hvp => self.port_type(&lowered.program, &lowered.targets, "Target", &|_| true),
            _ => self.port_type(&lowered.program, &lowered.outputs, "Output", &|_| true),
        };
        let scratch = match &derivative.outputs {
            None => self.scratch_type(&derivative.schedule),
            Some(outputs) => self.larger_scratch(&derivative.schedule, outputs),
        };
        let batch = self.batch_constants(derivative.network.names_batch, derivative.schedule.takes_samples_apart());
        let body = self.stages(Function::Derivative(derivative.kind), &derivative.schedule, &derivative.network);
        let outputs = derivative.outputs.as_ref().map(|schedule| {
            let body = self.stages(Function::ForwardInTraining, schedule, &derivative.network);
            let update_state = self.update_state(schedule);
            quote! {
                fn outputs_tile(&self, mut tile: nn::DerivativeTile<'_, Self, nn::#kind>) { #body }
                #update_state
            }
        });
        quote! {
            #[automatically_derived]
            impl #declare nn::CompiledDerivative<nn::#kind> for #name #apply #bounds {
                type Along = #along;
                type InputGradient = #input_gradient;
                type DerivativeScratch = #scratch;
                #batch
                fn derivative_tile(&self, mut tile: nn::DerivativeTile<'_, Self, nn::#kind>) { #body }
                #outputs
            }
        }
    }

    /// The type of the gradient by one input.
    pub(in crate::emit) fn input_gradient_type(&self) -> TokenStream {
        let lowered = self.infer;
        let real = |tensor: TensorId| lowered.program.at(tensor).bound.is_none();
        self.port_type(&lowered.program, &lowered.inputs, "InputGradient", &real)
    }
}
