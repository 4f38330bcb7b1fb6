//! Loops as Rust: plain `for` loops, in front of the innermost of which the slices are cut that it
//! runs along, so that it needs no check of its own.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::tile::Tile;
use super::windows::{Cut, statements_of};
use crate::equation::{Reduce, Role};
use crate::schedule::{Statement, Step};
use crate::symbolic::{Affine, ExpressionId, IndexId, Node};

impl Tile<'_> {
    /// The loops of a block. What is cut in front of them keeps its own name: later blocks need the whole.
    pub(super) fn nest(&mut self, steps: &[Step]) -> TokenStream {
        self.steps_until(steps, usize::MAX)
    }

    pub(super) fn steps(&mut self, steps: &[Step]) -> TokenStream {
        self.steps_until(steps, steps.len().saturating_sub(1))
    }

    /// Steps of which the one at `last` may take over names.
    fn steps_until(&mut self, steps: &[Step], last: usize) -> TokenStream {
        steps
            .iter()
            .enumerate()
            .map(|(at, step)| match step {
                Step::Statement(statement) => self.statement(statement),
                Step::Loop { index, body } => self.for_loop(*index, body, at == last),
            })
            .collect()
    }

    pub(super) fn extent(&mut self, index: IndexId) -> TokenStream {
        if index == IndexId::SAMPLE { quote!(samples) } else { self.sizes.value(self.program().extent(index)) }
    }

    fn for_loop(&mut self, index: IndexId, body: &[Step], last: bool) -> TokenStream {
        let known = self.windows.len();
        let windows = match self.short_loops(body) {
            // the slices of a sample are cut inside of the loop over the samples
            Some(inner) if index != IndexId::SAMPLE || inner.is_empty() => {
                let statements = statements_of(body);
                self.open_windows(&Cut { index, inner }, &statements, last)
            }
            _ => TokenStream::new(),
        };
        let inner = self.steps(body);
        self.windows.truncate(known);
        let (name, extent) = (self.index_name(index), self.extent(index));
        if index != IndexId::SAMPLE {
            self.names.release(index);
        }
        quote!(#windows for #name in 0..#extent { #inner })
    }

    fn statement(&mut self, statement: &Statement) -> TokenStream {
        let comment = self.comment(&statement.formula);
        if statement.reduced.is_empty() {
            let (shared, value) = self.with_shared(statement.body);
            let store = self.store(statement, &value);
            return quote!(#comment #shared #store);
        }
        let reduction = self.reduction(statement);
        quote!(#comment #reduction)
    }

    /// The value of an expression, with common parts in variables in front of it.
    fn with_shared(&mut self, body: ExpressionId) -> (TokenStream, TokenStream) {
        let mut uses: HashMap<ExpressionId, usize> = HashMap::new();
        let mut order = Vec::new();
        self.program().pool.visit(body, &mut |id, node| {
            order.push(id);
            for child in node.children() {
                *uses.entry(child).or_default() += 1;
            }
        });
        let mut lines = TokenStream::new();
        for id in order {
            let node = self.program().pool.node(id);
            let worth = matches!(
                node,
                Node::Apply(..) | Node::Sum(_) | Node::Product(_) | Node::Where { .. } | Node::Random { .. }
            );
            if worth && uses.get(&id).is_some_and(|count| *count > 1) {
                let value = self.scalar(id);
                let name = self.names.unique("common");
                lines.extend(quote!(let #name = #value;));
                self.shared.insert(id, name);
            }
        }
        let value = self.scalar(body);
        self.shared.clear();
        (lines, value)
    }

    fn store(&mut self, statement: &Statement, value: &TokenStream) -> TokenStream {
        let target = statement.target;
        if self.schedule.locals.contains(&target) {
            let name = self.names.tensor(self.program(), target);
            return quote!(let #name = #value;);
        }
        if let Role::Loss(term) | Role::Divisor(term) = self.program().at(target).role {
            let term = Self::literal(term);
            return quote!(sums[#term] += (#value).to_f64(););
        }
        let condition = if statement.clip { self.inside(target, &statement.write, None) } else { None };
        let element = self.element(target, &statement.write);
        let assign = if statement.add { quote!(#element += #value;) } else { quote!(#element = #value;) };
        match condition {
            Some(condition) => quote!(if #condition { #assign }),
            None => assign,
        }
    }

    /// A value that is brought together from many.
    fn reduction(&mut self, statement: &Statement) -> TokenStream {
        let name = match statement.reduce {
            Reduce::Sum => "sum",
            Reduce::Product => "product",
            _ => "best",
        };
        let name = Ident::new(name, proc_macro2::Span::call_site());
        let wants_position =
            statement.position.is_some() || matches!(statement.reduce, Reduce::ArgMax | Reduce::ArgMin);
        let infinite = |negative: bool| self.number(if negative { f64::NEG_INFINITY } else { f64::INFINITY });
        let begin = match statement.reduce {
            Reduce::Sum => quote!(T::ZERO),
            Reduce::Product => quote!(T::ONE),
            Reduce::Max | Reduce::ArgMax => infinite(true),
            Reduce::Min | Reduce::ArgMin => infinite(false),
        };
        let known = self.windows.len();
        let innermost = statement.reduced.last().copied().unwrap_or(IndexId::SAMPLE);
        let windows = self.read_windows(innermost, statement);
        let (shared, value) = self.with_shared(statement.body);
        let update = self.update(statement, &name, &value, wants_position);
        self.windows.truncate(known);
        let mut loops = quote!(#shared #update);
        for (at, index) in statement.reduced.iter().enumerate().rev() {
            let (index_name, extent) = (self.index_name(*index), self.extent(*index));
            let windows = if at + 1 == statement.reduced.len() { windows.clone() } else { TokenStream::new() };
            loops = quote!(#windows for #index_name in 0..#extent { #loops });
        }
        let position = wants_position.then(|| quote!(let mut at = T::ZERO;));
        statement.reduced.iter().filter(|index| **index != IndexId::SAMPLE).for_each(|i| self.names.release(*i));
        let stores = self.store_reduced(statement, &name);
        quote!(let mut #name = #begin; #position #loops #stores)
    }

    fn update(
        &mut self,
        statement: &Statement,
        name: &Ident,
        value: &TokenStream,
        wants_position: bool,
    ) -> TokenStream {
        if wants_position {
            let mut position = Affine::default();
            for index in &statement.reduced {
                let extent = self.program().extent(*index).clone();
                position = position.scale(&extent).and_then(|p| p.add(&Affine::index(*index))).unwrap_or_default();
            }
            let position = self.affine(&position);
            let better = if matches!(statement.reduce, Reduce::Max | Reduce::ArgMax) { quote!(>) } else { quote!(<) };
            return quote! {
                let value = #value;
                let better = (value #better #name) | value.is_nan();
                #name = nn::select(better, value, #name);
                at = nn::select(better, T::from_usize(#position), at);
            };
        }
        match statement.reduce {
            Reduce::Sum => quote!(#name += #value;),
            Reduce::Product => quote!(#name *= #value;),
            Reduce::Max | Reduce::ArgMax => quote!(#name = #name.maximum(#value);),
            Reduce::Min | Reduce::ArgMin => quote!(#name = #name.minimum(#value);),
        }
    }

    fn store_reduced(&mut self, statement: &Statement, name: &Ident) -> TokenStream {
        let at = quote!(at);
        let main = match statement.reduce {
            Reduce::ArgMax | Reduce::ArgMin => self.store(statement, &at),
            _ => self.store(statement, &quote!(#name)),
        };
        let position = statement.position.map(|target| {
            let own = Statement { target, position: None, ..statement.clone() };
            self.store(&own, &at)
        });
        quote!(#main #position)
    }
}
