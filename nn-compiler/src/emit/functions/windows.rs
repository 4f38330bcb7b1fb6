//! Slices that are cut in front of a loop, so that its accesses need no bounds checks.

use proc_macro2::TokenStream;
use quote::quote;
use rustc_hash::{FxHashMap, FxHashSet};
use syn::Ident;

use crate::emit::analysis::windows::{Access, Cut, Slice, apart, reads, writes};
use crate::emit::functions::tile::{Tile, Window};
use crate::schedule::Statement;
use crate::symbolic::{Affine, IndexId, TensorId};

/// A slice that can be cut.
struct Found {
    holder: TensorId,
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
        for access in reads(self.schedule, self.lowered, statement) {
            let (holder, Some(offset)) = (self.holder(access.tensor), access.offset) else { continue };
            if self.window_of(holder, &offset).is_some() || offset.factor(index).literal() == Some(0) {
                continue;
            }
            let variable = self.variable(holder);
            let Some((value, Some(at))) = self.window(&cut, &variable, &offset, false) else { continue };
            let name = self.names.unique(&format!("{variable}_row"));
            lines.extend(quote!(let #name = #value;));
            self.windows.push(Window { holder, offset, element: quote!(#name[#at]) });
        }
        lines
    }

    fn open(&mut self, cut: &Cut, accesses: Vec<Access>, may_shadow: bool) -> TokenStream {
        let accesses: Vec<(TensorId, Access)> =
            accesses.into_iter().map(|access| (self.holder(access.tensor), access)).collect();
        let mut of_holder: FxHashMap<TensorId, Vec<&Access>> = FxHashMap::default();
        for (holder, access) in &accesses {
            of_holder.entry(*holder).or_default().push(access);
        }
        let mut found: Vec<Found> = Vec::new();
        let mut whole: FxHashSet<TensorId> = FxHashSet::default();
        let mut seen: FxHashSet<(TensorId, &Affine)> = FxHashSet::default();
        let mut lines = TokenStream::new();
        for (holder, access) in &accesses {
            if !seen.iter().any(|(other, _)| other == holder)
                && let Some(cut) = self.disjoint(cut, *holder, &of_holder[holder])
            {
                lines.extend(cut);
            }
            let Some(offset) = &access.offset else {
                whole.insert(*holder);
                continue;
            };
            if self.window_of(*holder, offset).is_some() || !seen.insert((*holder, offset)) {
                continue;
            }
            let all = &of_holder[holder];
            let written = all.iter().any(|access| access.written);
            // of a variable that is written, two slices could overlap
            let apart = all.iter().any(|other| match &other.offset {
                None => true,
                Some(other) => written && other != offset,
            });
            let variable = self.variable(*holder);
            match if apart { None } else { self.window(cut, &variable, offset, written) } {
                Some((value, at)) => found.push(Found { holder: *holder, offset: offset.clone(), value, at }),
                None => {
                    whole.insert(*holder);
                }
            }
        }
        let bound = self.bind(found, whole, may_shadow);
        quote!(#lines #bound)
    }

    /// Cuts all slices of a memory that is written, where there are several and no two overlap.
    fn disjoint(&mut self, cut: &Cut, holder: TensorId, accesses: &[&Access]) -> Option<TokenStream> {
        let mut offsets: Vec<&Affine> = accesses.iter().map(|access| access.offset.as_ref()).collect::<Option<_>>()?;
        let mut seen = FxHashSet::default();
        offsets.retain(|offset| seen.insert(*offset));
        let is_new = offsets.iter().all(|offset| self.window_of(holder, offset).is_none());
        if offsets.len() < 2 || !is_new || !accesses.iter().any(|access| access.written) {
            return None;
        }
        let slices = apart(self.program(), cut, &offsets)?;
        let variable = self.variable(holder);
        let (mut names, mut ranges) = (Vec::new(), Vec::new());
        for (offset, Slice { begin, at, step, span }) in offsets.into_iter().zip(slices) {
            let (begin, len) = (self.affine(&begin), self.window_len(cut.index, step, span));
            let (name, at) = (self.names.unique(&format!("{variable}_row")), self.affine(&at));
            self.windows.push(Window { holder, offset: offset.clone(), element: quote!(#name[#at]) });
            names.push(name);
            ranges.push(quote!((#begin, #len)));
        }
        Some(quote!(let [#(#names),*] = nn::disjoint(&mut #variable[..], [#(#ranges),*]);))
    }

    /// Names slices; one serves all elements that are read in it. `taken` are the variables that stay in use: no slice
    /// may shadow these.
    fn bind(&mut self, found: Vec<Found>, mut taken: FxHashSet<TensorId>, may_shadow: bool) -> TokenStream {
        let (mut lines, mut shadows) = (TokenStream::new(), TokenStream::new());
        let mut windows: Vec<Window> = Vec::new();
        let mut texts: FxHashMap<String, Ident> = FxHashMap::default();
        for Found { holder, offset, value, at } in found {
            let first = taken.insert(holder);
            let text = value.to_string();
            let name = match texts.get(&text) {
                Some(name) => name.clone(),
                None => {
                    let variable = self.variable(holder);
                    let shadowed = may_shadow && first;
                    let name = if shadowed { variable } else { self.names.unique(&format!("{variable}_row")) };
                    texts.insert(text, name.clone());
                    // a slice that shadows its variable comes last
                    let lines = if shadowed { &mut shadows } else { &mut lines };
                    lines.extend(quote!(let #name = #value;));
                    name
                }
            };
            let element = at.map_or_else(|| quote!(#name), |at| quote!(#name[#at]));
            windows.push(Window { holder, offset, element });
        }
        self.windows.extend(windows);
        quote!(#lines #shadows)
    }

    /// The innermost slice of a memory that was cut at an offset.
    pub(super) fn window_of(&self, holder: TensorId, offset: &Affine) -> Option<&Window> {
        self.windows.iter().rev().find(|window| window.holder == holder && window.offset == *offset)
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
