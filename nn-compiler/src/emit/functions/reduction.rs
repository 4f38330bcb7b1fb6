//! Reductions: one element at a time, or a row of elements in the lanes of vectors.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::emit::analysis::windows::Cut;
use crate::emit::functions::numbers::number;
use crate::emit::functions::tile::Tile;
use crate::equation::Reduce;
use crate::errors::OrBug;
use crate::schedule::{LONGEST_ROW, Statement};
use crate::symbolic::{Affine, IndexId};

/// The accumulators of a value and of its position.
struct Accumulators {
    value: TokenStream,
    position: TokenStream,
}

impl Tile<'_> {
    pub(in crate::emit) fn reduction(&mut self, statement: &Statement) -> TokenStream {
        match statement.row {
            Some(row) => self.row_of_values(statement, row),
            None => self.single_value(statement),
        }
    }

    /// One value, in a variable.
    fn single_value(&mut self, statement: &Statement) -> TokenStream {
        let name = variable(statement);
        let identity = Self::identity(statement.reduce);
        let innermost = statement.reduced.last().copied().unwrap_or(IndexId::SAMPLE);
        let accumulators = Accumulators { value: quote!(#name), position: quote!(at) };
        let loops = self.loops(statement, innermost, &accumulators, &|_, inner| inner);
        let first = self.first_position(statement);
        let position = wants_position(statement).then(|| quote!(let mut at = #first;));
        self.release(statement);
        let stores = self.store_reduced(statement, &accumulators);
        quote!(let mut #name = #identity; #position #loops #(#stores)*)
    }

    /// As many values as there are along the row: accumulated where they are stored if possible, else in arrays.
    fn row_of_values(&mut self, statement: &Statement, row: IndexId) -> TokenStream {
        let (index, extent) = (self.index_name(row), self.extent(row));
        let (known, in_place) = (self.windows.len(), self.reduces_in_place(statement));
        let cut = Cut { index: row, inner: Vec::new() };
        let before = if in_place { self.write_windows(&cut, statement) } else { TokenStream::new() };
        let accumulators = self.row_accumulators(statement, &index, in_place);
        let loops = self.loops(
            statement,
            row,
            &accumulators,
            &|windows, inner| quote!(#windows for #index in 0..#extent { #inner }),
        );
        // it may read what it writes
        let behind = if in_place { TokenStream::new() } else { self.write_windows(&cut, statement) };
        let stores = self.store_reduced(statement, &accumulators).into_iter().skip(usize::from(in_place));
        // numbers and positions have different widths, which one loop would not store as vectors
        let stores = quote!(#(for #index in 0..#extent { #stores })*);
        self.windows.truncate(known);
        self.release(statement);
        self.names.release(row);
        let (value, identity) = (&accumulators.value, Self::identity(statement.reduce));
        let (position, first) = (&accumulators.position, self.first_position(statement));
        let begin_position =
            wants_position(statement).then(|| quote!(for #index in 0..#extent { #position = #first; }));
        quote!(#before for #index in 0..#extent { #value = #identity; } #begin_position #loops #behind #stores)
    }

    fn row_accumulators(&mut self, statement: &Statement, index: &Ident, in_place: bool) -> Accumulators {
        let value = match in_place {
            true => self.element(statement.target, &statement.write),
            false => self.row_array("row_values", index),
        };
        let position = match wants_position(statement) {
            true => self.row_array("row_positions", index),
            false => TokenStream::new(),
        };
        Accumulators { value, position }
    }

    /// An element of an array for a row, which serves the whole nest: it has room for each.
    fn row_array(&mut self, name: &'static str, index: &Ident) -> TokenStream {
        self.row_arrays.insert(name);
        let name = Ident::new(name, Span::call_site());
        quote!(#name[#index])
    }

    /// The arrays for rows that were used since this was called last.
    pub(in crate::emit) fn take_row_arrays(&mut self) -> TokenStream {
        let length = Literal::i64_unsuffixed(LONGEST_ROW);
        let names = std::mem::take(&mut self.row_arrays).into_iter().map(|name| Ident::new(name, Span::call_site()));
        quote!(#(let mut #names = nn::row::<T, #length>();)*)
    }

    /// Whether the results of a row can be accumulated where they are stored: a carry or an operand may lie there that is
    /// still read.
    fn reduces_in_place(&self, statement: &Statement) -> bool {
        let program = self.program();
        let target = program.root(statement.target);
        let is_position = matches!(statement.reduce, Reduce::ArgMax | Reduce::ArgMin);
        let is_stored = !self.schedule.locals.contains(&target) && !program.at(target).role.is_summed();
        let mut reads = program.pool.tensors(statement.body).map(|tensor| self.holder(tensor));
        !statement.add && !is_position && is_stored && reads.all(|read| read != self.holder(target))
    }

    /// The loops of the reduction, around the step and its slices as `innermost` arranges them.
    fn loops(
        &mut self,
        statement: &Statement,
        along: IndexId,
        accumulators: &Accumulators,
        innermost: &dyn Fn(TokenStream, TokenStream) -> TokenStream,
    ) -> TokenStream {
        let known = self.windows.len();
        let windows = self.read_windows(along, statement);
        let (shared, value) = self.with_shared(statement.body);
        let update = self.update(statement, accumulators, &value);
        self.windows.truncate(known);
        let row = statement.row.is_some();
        let (in_row, mut outside) = if row { (windows, TokenStream::new()) } else { (TokenStream::new(), windows) };
        let mut loops = innermost(in_row, quote!(#shared #update));
        let mut indices = statement.reduced.as_slice();
        if let Some(([outer @ .., last], best)) = extremum(statement).map(|best| (indices, best)) {
            // in the lanes of vectors, which for a maximum is the same
            let (name, extent) = (self.index_name(*last), self.extent(*last));
            let (windows, place) = (std::mem::take(&mut outside), &accumulators.value);
            loops = quote!(#windows #place = nn::#best(#place, #extent, |#name| { #shared #value }););
            indices = outer;
        }
        for index in indices.iter().rev() {
            let (name, extent) = (self.index_name(*index), self.extent(*index));
            let windows = std::mem::take(&mut outside);
            loops = quote!(#windows for #name in 0..#extent { #loops });
        }
        loops
    }

    fn release(&mut self, statement: &Statement) {
        statement
            .reduced
            .iter()
            .filter(|index| **index != IndexId::SAMPLE)
            .for_each(|index| self.names.release(*index));
    }

    /// The identity of a reduction, which its accumulator begins with.
    fn identity(reduce: Reduce) -> TokenStream {
        match reduce {
            Reduce::Sum => quote!(T::ZERO),
            Reduce::Product => quote!(T::ONE),
            Reduce::Max | Reduce::ArgMax => number(f64::NEG_INFINITY),
            Reduce::Min | Reduce::ArgMin => number(f64::INFINITY),
        }
    }

    fn update(&mut self, statement: &Statement, accumulators: &Accumulators, value: &TokenStream) -> TokenStream {
        let Accumulators { value: place, position: at } = accumulators;
        if wants_position(statement) {
            let mut position = Affine::default();
            for index in &statement.reduced {
                let extent = self.program().extent(*index).clone();
                position =
                    position.scale(&extent).and_then(|p| p.add(&Affine::index(*index))).or_bug("a size overflows");
            }
            let position = self.affine(&position);
            let position = self.searched_position(statement, &position);
            let better = if matches!(statement.reduce, Reduce::Max | Reduce::ArgMax) { quote!(>) } else { quote!(<) };
            return quote! {
                let value = #value;
                let better = (value #better #place) | value.is_nan();
                #place = nn::select(better, value, #place);
                #at = nn::select(better, #position, #at);
            };
        }
        match statement.reduce {
            Reduce::Sum => quote!(#place += #value;),
            Reduce::Product => quote!(#place *= #value;),
            Reduce::Max | Reduce::ArgMax => quote!(#place = #place.maximum(#value);),
            Reduce::Min | Reduce::ArgMin => quote!(#place = #place.minimum(#value);),
        }
    }

    /// Stores the value and its position, whichever are wanted.
    fn store_reduced(&mut self, statement: &Statement, accumulators: &Accumulators) -> Vec<TokenStream> {
        let main = match statement.reduce {
            Reduce::ArgMax | Reduce::ArgMin => self.store_position(statement, &accumulators.position),
            _ => self.store(statement, &accumulators.value),
        };
        let position = statement.position.map(|target| {
            let own = Statement { target, position: None, ..statement.clone() };
            self.store_position(&own, &accumulators.position)
        });
        [main].into_iter().chain(position).collect()
    }
}

/// The function that finds one greatest or least value, whose position is not asked for.
fn extremum(statement: &Statement) -> Option<Ident> {
    let name = match statement.reduce {
        Reduce::Max => "greatest",
        Reduce::Min => "least",
        _ => return None,
    };
    let is_single = statement.row.is_none() && !wants_position(statement);
    is_single.then(|| Ident::new(name, Span::call_site()))
}

fn variable(statement: &Statement) -> Ident {
    let name = match statement.reduce {
        Reduce::Sum => "sum",
        Reduce::Product => "product",
        _ => "best",
    };
    Ident::new(name, Span::call_site())
}

fn wants_position(statement: &Statement) -> bool {
    statement.position.is_some() || matches!(statement.reduce, Reduce::ArgMax | Reduce::ArgMin)
}
