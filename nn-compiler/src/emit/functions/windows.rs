//! Slices that are cut in front of a loop, so that its accesses need no bounds checks.

use proc_macro2::TokenStream;
use quote::quote;
use rustc_hash::FxHashMap;
use syn::Ident;

use crate::emit::functions::tile::{Tile, Window};
use crate::schedule::Statement;
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Node};

impl Tile<'_> {
    /// Cuts the slices that statements run along when the indices of a loop advance. They may shadow their variables
    /// where nothing behind the loop uses these.
    pub(in crate::emit) fn open_windows(
        &mut self,
        cut: &Cut,
        statements: &[&Statement],
        may_shadow: bool,
    ) -> TokenStream {
        let mut accesses: Vec<Access> = Vec::new();
        for statement in statements {
            self.accesses(statement, &mut accesses);
        }
        self.open(cut, &accesses, may_shadow)
    }

    /// Cuts the slices that the results of a statement are written to.
    pub(in crate::emit) fn write_windows(&mut self, cut: &Cut, statement: &Statement) -> TokenStream {
        let mut accesses = Vec::new();
        self.writes(statement, &mut accesses);
        self.open(cut, &accesses, false)
    }

    fn open(&mut self, cut: &Cut, accesses: &[Access], may_shadow: bool) -> TokenStream {
        let mut found: Vec<(Ident, Affine, TokenStream, Option<TokenStream>)> = Vec::new();
        let mut whole: Vec<Ident> = Vec::new();
        for (variable, offset, _) in accesses {
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
        let mut texts: FxHashMap<String, usize> = FxHashMap::default();
        for (variable, offset, value, element) in found {
            // one slice serves all elements that are read in it
            let same = texts.get(&value.to_string()).copied();
            let taken = windows.iter().any(|w| w.variable == variable) || whole.contains(&variable);
            let name = match same {
                Some(at) => names[at].clone(),
                None if taken || !may_shadow => self.names.unique(&format!("{variable}_row")),
                None => variable.clone(),
            };
            let element = element.map_or_else(|| quote!(#name), |at| quote!(#name[#at]));
            windows.push(Window { variable, offset, element });
            if same.is_none() {
                texts.insert(value.to_string(), names.len());
                names.push(name);
                values.push(value);
            }
        }
        self.windows.extend(windows);
        // a slice that shadows its variable comes last
        let mut lines: Vec<(bool, TokenStream)> = names
            .iter()
            .zip(&values)
            .map(|(name, value)| (accesses.iter().any(|(v, ..)| v == name), quote!(let #name = #value;)))
            .collect();
        lines.sort_by_key(|(shadows, _)| *shadows);
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// A loop's slice of a variable, and the position of the element in it; none if it is always the same.
    fn window(
        &mut self,
        cut: &Cut,
        variable: &Ident,
        offset: &Affine,
        written: bool,
    ) -> Option<(TokenStream, Option<TokenStream>)> {
        let (mut base, mut own) = (Affine::constant(offset.constant.clone()), Affine::default());
        // the length that the inner loops add
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
        // a tile may be empty
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

    /// The plain accesses of a statement.
    fn accesses(&mut self, statement: &Statement, into: &mut Vec<Access>) {
        self.writes(statement, into);
        self.reads(statement, into);
    }

    fn writes(&mut self, statement: &Statement, into: &mut Vec<Access>) {
        let program = self.program();
        for tensor in statement.written() {
            let is_loss = program.at(tensor).role.is_summed();
            if !is_loss && !self.schedule.locals.contains(&tensor) {
                let leaves = statement.clip && !self.schedule.layout.pads(program, tensor, &statement.write, None);
                self.access(tensor, &statement.write, !leaves, true, into);
            }
        }
    }

    fn reads(&mut self, statement: &Statement, into: &mut Vec<Access>) {
        let program = self.program();
        for read in program.pool.reads(statement.body) {
            if let Node::Read { tensor, at, outside } = program.pool.node(read) {
                let root = program.root(*tensor);
                if !self.schedule.locals.contains(&root) && self.index_field(root).is_none() {
                    let leaves = outside.is_some() && !self.schedule.layout.pads(program, *tensor, at, *outside);
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
        into: &mut Vec<Access>,
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

    /// The slices that a reduction reads along its innermost index.
    pub(in crate::emit) fn read_windows(&mut self, index: IndexId, statement: &Statement) -> TokenStream {
        let mut accesses = Vec::new();
        self.reads(statement, &mut accesses);
        let cut = Cut { index, inner: Vec::new() };
        let mut lines = TokenStream::new();
        for (variable, offset, kept) in &accesses {
            let repeated = self.windows.iter().any(|w| w.variable == *variable && w.offset == *offset);
            if *kept || repeated || offset.factor(index).literal() == Some(0) {
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
}

/// A plain access: the variable, the offset in it, and whether it is a write.
type Access = (Ident, Affine, bool);

/// The loop in front of which slices are cut, and the short loops inside of it.
pub(in crate::emit) struct Cut {
    pub index: IndexId,
    pub inner: Vec<IndexId>,
}

impl Cut {
    fn moves(&self, index: IndexId) -> bool {
        index == self.index || self.inner.contains(&index)
    }
}
