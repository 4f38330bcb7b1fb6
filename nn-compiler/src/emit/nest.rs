//! Loops as Rust: plain `for` loops, in front of the innermost of which the slices are cut that it
//! runs along, so that it needs no check of its own.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::tile::{Tile, Window};
use crate::equation::{Reduce, Role};
use crate::schedule::{Statement, Step};
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node};

/// The loop in front of which slices are cut, and the short loops inside of it.
struct Cut {
    index: IndexId,
    inner: Vec<IndexId>,
}

impl Cut {
    fn moves(&self, index: IndexId) -> bool {
        index == self.index || self.inner.contains(&index)
    }
}

/// All statements of some steps, with the loops around each.
fn paths(steps: &[Step]) -> Vec<(Vec<IndexId>, &Statement)> {
    let mut found = Vec::new();
    for step in steps {
        match step {
            Step::Statement(statement) => found.push((Vec::new(), statement)),
            Step::Loop { index, body } => found.extend(paths(body).into_iter().map(|(mut path, statement)| {
                path.insert(0, *index);
                (path, statement)
            })),
        }
    }
    found
}

fn statements_of(steps: &[Step]) -> Vec<&Statement> {
    paths(steps).into_iter().map(|(_, statement)| statement).collect()
}

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

    fn extent(&mut self, index: IndexId) -> TokenStream {
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

    /// The indices of the loops inside of a loop if these are so short that a compiler unrolls them: what
    /// all of them touch is then cut in front of the loop.
    fn short_loops(&self, steps: &[Step]) -> Option<Vec<IndexId>> {
        const MOST: i64 = 32;
        let mut indices = Vec::new();
        let mut runs = 0;
        for (path, statement) in paths(steps) {
            let mut product = 1;
            for index in path.into_iter().chain(statement.reduced.iter().copied()) {
                product *= self.program().extent(index).literal()?;
                indices.push(index);
            }
            runs += product;
        }
        indices.sort_unstable();
        indices.dedup();
        (indices.is_empty() || runs <= MOST).then_some(indices)
    }

    /// Cuts the slices that statements run along when the indices of a loop advance. They may take over
    /// the names of their variables where nothing behind the loop needs these.
    fn open_windows(&mut self, cut: &Cut, statements: &[&Statement], may_shadow: bool) -> TokenStream {
        let mut accesses: Vec<(Ident, Affine, bool)> = Vec::new();
        for statement in statements {
            self.accesses(statement, &mut accesses);
        }
        let mut found: Vec<(Ident, Affine, TokenStream, Option<TokenStream>)> = Vec::new();
        let mut whole: Vec<Ident> = Vec::new();
        for (variable, offset, _) in &accesses {
            let known = self.windows.iter().any(|w| w.variable == *variable && w.offset == *offset);
            if known || found.iter().any(|(v, o, ..)| v == variable && o == offset) {
                continue;
            }
            let of_variable = || accesses.iter().filter(|(v, ..)| v == variable);
            let written = of_variable().any(|(_, _, written)| *written);
            let apart = written && of_variable().any(|(_, other, _)| other != offset);
            match if apart { None } else { self.window(cut, variable, offset, written) } {
                Some((value, element)) => found.push((variable.clone(), offset.clone(), value, element)),
                None => whole.push(variable.clone()),
            }
        }
        let (mut names, mut values, mut windows): (Vec<Ident>, Vec<TokenStream>, Vec<Window>) = Default::default();
        for (variable, offset, value, element) in found {
            // one slice serves all elements that are read in it
            let same = values.iter().position(|known| known.to_string() == value.to_string());
            let taken = windows.iter().any(|w| w.variable == variable) || whole.contains(&variable);
            let name = match same {
                Some(at) => names[at].clone(),
                None if taken || !may_shadow => self.names.unique(&format!("{variable}_row")),
                None => variable.clone(),
            };
            let element = element.map_or_else(|| quote!(#name), |at| quote!(#name[#at]));
            windows.push(Window { variable, offset, element });
            if same.is_none() {
                names.push(name);
                values.push(value);
            }
        }
        self.windows.extend(windows);
        // a slice that takes over its variable's name comes last
        let mut lines: Vec<(bool, TokenStream)> = names
            .iter()
            .zip(&values)
            .map(|(name, value)| (accesses.iter().any(|(v, ..)| v == name), quote!(let #name = #value;)))
            .collect();
        lines.sort_by_key(|(shadows, _)| *shadows);
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// What a loop needs of a variable: the slice, and where in it the element is; nothing for the latter
    /// if it is always the same one.
    fn window(
        &mut self,
        cut: &Cut,
        variable: &Ident,
        offset: &Affine,
        written: bool,
    ) -> Option<(TokenStream, Option<TokenStream>)> {
        let (mut base, mut own) = (Affine::constant(offset.constant.clone()), Affine::default());
        // what the loops inside add to the length
        let mut span = 0;
        for (index, factor) in &offset.terms {
            if !cut.moves(*index) {
                base.terms.push((*index, factor.clone()));
                continue;
            }
            let factor = factor.literal()?;
            own.terms.push((*index, Dim::from(factor)));
            if *index != cut.index {
                span += factor.abs() * (self.program().extent(*index).literal()? - 1);
            }
            if factor < 0 {
                let back = Dim::from(factor.abs() * (self.program().extent(*index).literal()? - 1));
                (base.constant, own.constant) = (base.constant.subtract(&back)?, own.constant.add(&back)?);
            }
        }
        let backwards = base.constant.literal().is_none_or(|c| c < 0)
            || base.terms.iter().any(|(_, f)| f.literal().is_some_and(|f| f < 0));
        if backwards {
            return None;
        }
        let begin = self.affine(&base);
        if own.terms.is_empty() {
            return (!written).then(|| (quote!(#variable[#begin]), None));
        }
        let step = own.factor(cut.index).literal()?.unsigned_abs();
        // without a sample there is nothing to cut
        if cut.index == IndexId::SAMPLE && (step != 1 || span > 0) {
            return None;
        }
        let len = self.window_len(cut.index, step, span);
        let at = self.affine(&own);
        let slice =
            if begin.to_string() == "0" { quote!(#variable[..#len]) } else { quote!(#variable[#begin..][..#len]) };
        let value = if written { quote!(&mut #slice) } else { quote!(&#slice) };
        Some((value, Some(at)))
    }

    /// `(extent - 1) * step + span + 1`
    fn window_len(&mut self, index: IndexId, step: u64, span: i64) -> TokenStream {
        let literal = |value: i64| proc_macro2::Literal::i64_unsuffixed(value);
        match (self.program().extent(index).literal(), step, span) {
            (_, 1, 0) => self.extent(index),
            (_, 0, _) => {
                let len = literal(span + 1);
                quote!(#len)
            }
            (Some(extent), ..) => {
                let len = literal((extent - 1) * i64::try_from(step).unwrap_or(0) + span + 1);
                quote!(#len)
            }
            (None, ..) => {
                let (extent, step, more) =
                    (self.extent(index), literal(i64::try_from(step).unwrap_or(0)), literal(span + 1));
                quote!((#extent - 1) * #step + #more)
            }
        }
    }

    /// The plain accesses of a statement: variable, offset, whether it is written.
    fn accesses(&mut self, statement: &Statement, into: &mut Vec<(Ident, Affine, bool)>) {
        let program = self.program();
        for tensor in statement.written() {
            let is_loss = matches!(program.at(tensor).role, Role::Loss(_));
            if !is_loss && !self.schedule.locals.contains(&tensor) {
                let leaves = statement.clip && !program.stays_within_margin(tensor, &statement.write, None);
                self.access(tensor, &statement.write, !leaves, true, into);
            }
        }
        for read in program.pool.reads(statement.body) {
            if let Node::Read { tensor, at, outside } = program.pool.node(read) {
                let root = program.root(*tensor);
                if !self.schedule.locals.contains(&root) && self.index_field(root).is_none() {
                    let leaves = outside.is_some() && !program.stays_within_margin(*tensor, at, *outside);
                    self.access(*tensor, at, !leaves, false, into);
                }
            }
        }
    }

    fn access(
        &mut self,
        tensor: crate::symbolic::TensorId,
        at: &[crate::symbolic::Position],
        plain: bool,
        written: bool,
        into: &mut Vec<(Ident, Affine, bool)>,
    ) {
        let variable = self.variable(tensor);
        match self.schedule.offset(tensor, at) {
            Some(offset) if plain => into.push((variable, offset, written)),
            // an access that cannot be cut keeps the whole variable as it is
            _ => {
                let never =
                    Affine { terms: vec![(IndexId(u32::MAX), crate::shape::Dim::from(-1))], ..Affine::default() };
                into.push((variable, never, true));
            }
        }
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
        if let Role::Loss(term) = self.program().at(target).role {
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

    /// The slices that a reduction reads along its innermost index.
    fn read_windows(&mut self, index: IndexId, statement: &Statement) -> TokenStream {
        let mut reads = statement.clone();
        // the result is stored behind the loop
        reads.position = None;
        let mut accesses = Vec::new();
        self.accesses(&reads, &mut accesses);
        let written = !self.schedule.locals.contains(&statement.target)
            && !matches!(self.program().at(statement.target).role, Role::Loss(_));
        if written {
            accesses.remove(0);
        }
        let cut = Cut { index, inner: Vec::new() };
        let mut lines = TokenStream::new();
        for (variable, offset, kept) in &accesses {
            let again = self.windows.iter().any(|w| w.variable == *variable && w.offset == *offset);
            if *kept || again || offset.factor(index).literal() == Some(0) {
                continue;
            }
            let Some((value, Some(at))) = self.window(&cut, variable, offset, false) else { continue };
            let name = self.names.unique(&format!("{variable}_row"));
            lines.extend(quote!(let #name = #value;));
            self.windows.push(Window {
                variable: variable.clone(),
                offset: offset.clone(),
                element: quote!(#name[#at]),
            });
        }
        lines
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
