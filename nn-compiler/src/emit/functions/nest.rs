//! Loop nests as Rust: plain `for` loops. The slices that the innermost loop runs along are cut in front of it, so that
//! it needs no bounds checks.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::analysis::loops::{short_loops, statements_of, whole_vectors};
use crate::emit::analysis::windows::Cut;
use crate::emit::functions::tile::Tile;
use crate::equation::{Reduce, Role};
use crate::schedule::{LoopNode, Statement};
use crate::symbolic::{ExpressionId, IndexId, Node, Position, Relation};

impl Tile<'_> {
    /// The loops of a block. Slices in front of them have names of their own, since later blocks need the whole
    /// variables.
    pub(in crate::emit) fn nest(&mut self, nodes: &[LoopNode]) -> TokenStream {
        let nodes = self.nodes_until(nodes, usize::MAX);
        let rows = self.take_row_arrays();
        quote!(#rows #nodes)
    }

    pub(in crate::emit) fn nodes(&mut self, nodes: &[LoopNode]) -> TokenStream {
        self.nodes_until(nodes, nodes.len().saturating_sub(1))
    }

    /// Nodes, of which the one at `last` may shadow names, since nothing follows it.
    fn nodes_until(&mut self, nodes: &[LoopNode], last: usize) -> TokenStream {
        nodes
            .iter()
            .enumerate()
            .map(|(at, node)| match node {
                LoopNode::Statement(statement) => self.statement(statement),
                LoopNode::Loop { index, body } => self.for_loop(*index, body, at == last),
            })
            .collect()
    }

    pub(in crate::emit) fn extent(&mut self, index: IndexId) -> TokenStream {
        if index == IndexId::SAMPLE { quote!(samples) } else { self.sizes.value(self.program().extent(index)) }
    }

    fn for_loop(&mut self, index: IndexId, body: &[LoopNode], last: bool) -> TokenStream {
        let known = self.windows.len();
        let windows = match short_loops(self.program(), body) {
            // the slices of a sample are cut inside of the loop over the samples
            Some(inner) if index != IndexId::SAMPLE || inner.is_empty() => {
                let statements = statements_of(body);
                self.open_windows(&Cut { index, inner }, &statements, last)
            }
            _ => TokenStream::new(),
        };
        let inner = self.nodes(body);
        let ranges = match whole_vectors(self.program(), index, body) {
            Some((whole, extent)) => {
                let [whole, extent] = [whole, extent].map(Literal::i64_unsuffixed);
                vec![quote!(0..#whole), quote!(#whole..#extent)]
            }
            None => vec![self.range(index, body)],
        };
        self.windows.truncate(known);
        let name = self.index_name(index);
        if index != IndexId::SAMPLE {
            self.names.release(index);
        }
        quote!(#windows #(for #name in #ranges { #inner })*)
    }

    /// What a loop runs over: all of the index, or where a class chooses one place and nothing is added elsewhere, that
    /// place alone. So the gradient by a table of rows takes no longer for more rows.
    fn range(&mut self, index: IndexId, body: &[LoopNode]) -> TokenStream {
        let extent = self.extent(index);
        let mut chosen = statements_of(body).into_iter().map(|statement| self.chosen(index, statement));
        let Some(Some(first)) = chosen.next() else { return quote!(0..#extent) };
        if !chosen.all(|other| other == Some(first)) {
            return quote!(0..#extent);
        }
        match self.whole(first) {
            Some(place) => quote!(nn::only(#place, #extent)),
            None => quote!(0..#extent),
        }
    }

    /// The class that an index has to be for a statement to add something, if it is known in front of the index's loop.
    fn chosen(&self, index: IndexId, statement: &Statement) -> Option<ExpressionId> {
        let program = self.program();
        let pool = &program.pool;
        let Node::Where { relation: Relation::Equal, left, right, otherwise, .. } = pool.node(statement.body) else {
            return None;
        };
        let (Node::Index(affine), Node::Read { tensor, .. }) = (pool.node(*left), pool.node(*right)) else {
            return None;
        };
        let adds = statement.add && statement.reduce == Reduce::Sum && pool.is_zero(*otherwise);
        let is_class = affine.as_index() == Some(index) && program.at(*tensor).bound.is_some();
        // the loops inside are those of the axes that are written, and of the reduction
        let writes = || statement.write.iter().flat_map(Position::indices);
        let inside = writes().skip_while(|other| *other != index).chain(statement.inner());
        let outside = inside.into_iter().all(|inner| !pool.indices(*right).contains(&inner));
        (adds && is_class && outside && statement.reduced.is_empty()).then_some(*right)
    }

    fn statement(&mut self, statement: &Statement) -> TokenStream {
        let comment = self.comment(&statement.equation);
        if statement.reduced.is_empty() {
            let (shared, value) = self.with_shared(statement.body);
            let store = self.store(statement, &value);
            return quote!(#comment #shared #store);
        }
        let reduction = self.reduction(statement);
        quote!(#comment #reduction)
    }

    /// The value of an expression, with common subexpressions in variables in front of it.
    pub(in crate::emit) fn with_shared(&mut self, body: ExpressionId) -> (TokenStream, TokenStream) {
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

    pub(in crate::emit) fn store(&mut self, statement: &Statement, value: &TokenStream) -> TokenStream {
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
}
