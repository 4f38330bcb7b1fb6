//! Slices that are cut in front of a loop, so that its accesses need no bounds checks.

use proc_macro2::TokenStream;
use quote::quote;
use rustc_hash::FxHashMap;
use syn::Ident;

use crate::emit::analysis::windows::{Access, Cut, Slice, reads, writes};
use crate::emit::functions::tile::{Tile, Window};
use crate::schedule::Statement;
use crate::symbolic::{Affine, IndexId};

/// A slice that can be cut.
struct Found {
    variable: Ident,
    offset: Affine,
    /// The slice, or the element if it is always the same.
    value: TokenStream,
    /// The position of the element in the slice.
    at: Option<TokenStream>,
}

impl Tile<'_> {
    /// Cuts the slices that statements run along when the indices of a loop advance. They may shadow their variables
    /// where nothing behind the loop uses these.
    pub(in crate::emit) fn open_windows(
        &mut self,
        cut: &Cut,
        statements: &[&Statement],
        may_shadow: bool,
    ) -> TokenStream {
        let (schedule, lowered) = (self.schedule, self.lowered);
        let of = |statement: &&Statement| {
            let written = writes(schedule, statement);
            written.into_iter().chain(reads(schedule, lowered, statement))
        };
        self.open(cut, statements.iter().flat_map(of).collect(), may_shadow)
    }

    /// Cuts the slices that the results of a statement are written to.
    pub(in crate::emit) fn write_windows(&mut self, cut: &Cut, statement: &Statement) -> TokenStream {
        self.open(cut, writes(self.schedule, statement), false)
    }

    /// The slices that a reduction reads along its innermost index.
    pub(in crate::emit) fn read_windows(&mut self, index: IndexId, statement: &Statement) -> TokenStream {
        let cut = Cut { index, inner: Vec::new() };
        let mut lines = TokenStream::new();
        for (variable, access) in self.with_variables(reads(self.schedule, self.lowered, statement)) {
            let Some(offset) = access.offset else { continue };
            if self.has_window(&variable, &offset) || offset.factor(index).literal() == Some(0) {
                continue;
            }
            let Some((value, Some(at))) = self.window(&cut, &variable, &offset, false) else { continue };
            let name = self.names.unique(&format!("{variable}_row"));
            lines.extend(quote!(let #name = #value;));
            self.windows.push(Window { variable, offset, element: quote!(#name[#at]) });
        }
        lines
    }

    fn open(&mut self, cut: &Cut, accesses: Vec<Access>, may_shadow: bool) -> TokenStream {
        let accesses = self.with_variables(accesses);
        let mut found: Vec<Found> = Vec::new();
        let mut whole: Vec<Ident> = Vec::new();
        for (variable, access) in &accesses {
            let Some(offset) = &access.offset else {
                whole.push(variable.clone());
                continue;
            };
            let is_found = |found: &Found| found.variable == *variable && found.offset == *offset;
            if self.has_window(variable, offset) || found.iter().any(is_found) {
                continue;
            }
            let of_variable = || accesses.iter().filter(|(name, _)| name == variable).map(|(_, access)| access);
            let written = of_variable().any(|access| access.written);
            // of a variable that is written, two slices could overlap
            let apart = of_variable().any(|other| match &other.offset {
                None => true,
                Some(other) => written && other != offset,
            });
            match if apart { None } else { self.window(cut, variable, offset, written) } {
                Some((value, at)) => {
                    found.push(Found { variable: variable.clone(), offset: offset.clone(), value, at })
                }
                None => whole.push(variable.clone()),
            }
        }
        let bound = self.bind(found, &whole, may_shadow);
        // a slice that shadows its variable comes last
        let (shadows, others): (Vec<_>, Vec<_>) =
            bound.into_iter().partition(|(name, _)| accesses.iter().any(|(variable, _)| variable == name));
        others.into_iter().chain(shadows).map(|(name, value)| quote!(let #name = #value;)).collect()
    }

    /// Names slices; one serves all elements that are read in it. `whole` are the variables that stay in use.
    fn bind(&mut self, found: Vec<Found>, whole: &[Ident], may_shadow: bool) -> Vec<(Ident, TokenStream)> {
        let mut bound: Vec<(Ident, TokenStream)> = Vec::new();
        let mut windows: Vec<Window> = Vec::new();
        let mut texts: FxHashMap<String, Ident> = FxHashMap::default();
        for Found { variable, offset, value, at } in found {
            let text = value.to_string();
            let taken = windows.iter().any(|window| window.variable == variable) || whole.contains(&variable);
            let name = match texts.get(&text) {
                Some(name) => name.clone(),
                None => {
                    let shadows = may_shadow && !taken;
                    let name = if shadows { variable.clone() } else { self.names.unique(&format!("{variable}_row")) };
                    texts.insert(text, name.clone());
                    bound.push((name.clone(), value));
                    name
                }
            };
            let element = at.map_or_else(|| quote!(#name), |at| quote!(#name[#at]));
            windows.push(Window { variable, offset, element });
        }
        self.windows.extend(windows);
        bound
    }

    /// Accesses with the variables that they go to.
    fn with_variables(&mut self, accesses: Vec<Access>) -> Vec<(Ident, Access)> {
        accesses.into_iter().map(|access| (self.variable(access.tensor), access)).collect()
    }

    fn has_window(&self, variable: &Ident, offset: &Affine) -> bool {
        self.windows.iter().any(|window| window.variable == *variable && window.offset == *offset)
    }

    /// A loop's slice of a variable, and the position of the element in it; none if it is always the same.
    fn window(
        &mut self,
        cut: &Cut,
        variable: &Ident,
        offset: &Affine,
        written: bool,
    ) -> Option<(TokenStream, Option<TokenStream>)> {
        let Slice { begin, at, step, span } = Slice::of(self.program(), cut, offset)?;
        let begin = self.affine(&begin);
        if at.terms.is_empty() {
            return (!written).then(|| (quote!(#variable[#begin]), None));
        }
        let len = self.window_len(cut.index, step, span);
        let at = self.affine(&at);
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
}
