//! The constants that describe a network: sizes, and tables of its stored tensors and layers.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::emitter::Emitter;
use crate::emit::functions::tile::Tile;
use crate::emit::items::storage::{Storage, has_symbols};
use crate::emit::naming::identifiers::ident;
use crate::emit::naming::sizes::saturating;
use crate::errors::OrBug;
use crate::lowered::{NetworkLayer, StoredTensor};
use crate::schedule::Schedule;
use crate::shape::Dim;
use crate::stored::{count, groups, named};
use crate::symbolic::TensorId;

impl Emitter<'_> {
    /// The number of samples that fit into the cache with their workspace.
    pub(in crate::emit) fn tile_size(&self) -> TokenStream {
        let lowered = self.infer;
        let schedule = self.compiled.training.as_ref().map_or(&self.compiled.forward, |t| &t.gradient);
        let inputs = lowered
            .inputs
            .iter()
            .map(|port| Dim::product(lowered.program.at(port.tensor).sample_shape()).or_bug("a size overflows"));
        let all: Vec<Dim> = inputs.chain([Schedule::floats(&schedule.scratch)]).collect();
        let sum = self.sum_of(all.iter());
        let lens: Vec<Dim> = lowered.parameters.iter().chain(&lowered.frozen).filter_map(StoredTensor::len).collect();
        let parameters = self.sum_of(lens.iter());
        quote!(nn::tile(#sum, #parameters))
    }

    pub(in crate::emit) fn sum_of<'b>(&self, dims: impl Iterator<Item = &'b Dim>) -> TokenStream {
        let sum = dims.fold(Dim::default(), |sum, dim| sum.add(dim).unwrap_or(sum));
        self.listed(&sum)
    }

    /// A size in a table. Where it does not fit, a condition says so, and nothing else has to.
    fn listed(&self, dim: &Dim) -> TokenStream {
        saturating(dim, &|symbol| {
            let constant = self.outer_sizes.constant(symbol);
            quote!(Self::#constant)
        })
    }

    /// The workspace of one sample as a type.
    pub(in crate::emit) fn scratch_type(&self, schedule: &Schedule) -> TokenStream {
        if let Some(len) = Schedule::floats(&schedule.scratch).literal() {
            let len = Tile::literal(usize::try_from(len).or_bug("a length is negative"));
            return quote!([T; #len]);
        }
        // sizes that the macro cannot see: one tensor behind the other, in the order of their places
        let mut buffers: Vec<TensorId> = schedule.places.values().map(|place| place.buffer).collect();
        buffers.sort_unstable();
        buffers.dedup();
        let tensors = buffers.iter().map(|tensor| {
            let shape = self.outer_sizes.shape(&schedule.layout.stored_sample(&schedule.program, *tensor));
            quote!(nn::Tensor<#shape, T>)
        });
        one_behind_the_other(&tensors.collect::<Vec<_>>())
    }

    /// The workspace of one sample for the larger of two schedules, of which one runs at a time.
    pub(in crate::emit) fn larger_scratch(&self, a: &Schedule, b: &Schedule) -> TokenStream {
        let [first, second] = [a, b].map(|schedule| self.scratch_type(schedule));
        match (a.scratch.literal(), b.scratch.literal()) {
            (Some(a), Some(b)) => {
                if a < b {
                    second
                } else {
                    first
                }
            }
            _ => quote!(nn::Either<#first, #second>),
        }
    }

    /// The table of stored tensors: their names, shapes, and offsets in the emitted structs.
    pub(in crate::emit) fn stored_table(&self, storage: &Storage<'_>, stored: &[StoredTensor]) -> TokenStream {
        let stored: Vec<&StoredTensor> = stored.iter().collect();
        let outer = self.struct_generics(self.symbolic).outer;
        let name = &storage.name;
        let location =
            Location { prefix: String::new(), before: Vec::new(), within: quote!(#name #outer), fields: Vec::new() };
        let mut rows = Vec::new();
        self.stored_rows(storage, &stored, 0, &location, &mut rows);
        quote!(&[#(#rows),*])
    }

    /// The rows of one layer, or of the network.
    fn stored_rows(
        &self,
        storage: &Storage<'_>,
        within: &[&StoredTensor],
        depth: usize,
        location: &Location,
        rows: &mut Vec<TokenStream>,
    ) {
        for group in groups(within, depth) {
            let first = group[0];
            let Some(layer) = first.path.get(depth) else {
                let (name, shape) = (format!("{}{}", location.prefix, first.name), self.shape_values(&first.shape));
                let bytes = location.of(&first.name);
                rows.push(quote!(nn::Parameter::new(#name, #shape, (#bytes) / ::core::mem::size_of::<T>())));
                continue;
            };
            let locations = match count(first, depth) {
                None => vec![location.field(layer)],
                Some(count) => {
                    let item = self.stored_type(storage, group, depth);
                    (0..count).map(|iteration| location.item(layer, iteration, &item)).collect()
                }
            };
            for location in locations {
                match self.network_at(&first.path[..=depth]) {
                    Some(network) => rows.extend(network_rows(storage, network, group, depth + 1, &location)),
                    None => self.stored_rows(storage, group, depth + 1, &location, rows),
                }
            }
        }
    }

    /// The type of the layer at `depth` in the paths of its stored tensors.
    fn stored_type(&self, storage: &Storage<'_>, part: &[&StoredTensor], depth: usize) -> TokenStream {
        let path = &part[0].path[..=depth];
        if let Some(network) = self.network_type(path, storage) {
            return quote!(#network<T>);
        }
        let (name, outer) = (storage.names.of(path), self.struct_generics(has_symbols(part)).outer);
        quote!(#name #outer)
    }

    pub(in crate::emit) fn layer_table(&self) -> TokenStream {
        let rows = self.infer.steps.iter().map(|step| {
            let (name, kind, shape) = (&step.name, &step.kind, self.shape_values(&step.shape));
            let (parameters, macs) = (self.listed(&step.parameters), self.listed(&step.macs));
            quote!(nn::Layer::new(#name, #kind, #shape, #parameters, #macs))
        });
        quote!(&[#(#rows),*])
    }

    fn shape_values(&self, shape: &[Dim]) -> TokenStream {
        let sizes = shape.iter().map(|dim| self.listed(dim));
        // a division is not promoted to a static by itself
        if shape.iter().all(|dim| dim.literal().is_some()) {
            quote!(&[#(#sizes),*])
        } else {
            quote!(const { &[#(#sizes),*] })
        }
    }
}

/// Types one behind the other in memory. The pairs are halves of halves: rustc refuses types that are nested deeply.
fn one_behind_the_other(types: &[TokenStream]) -> TokenStream {
    match types {
        [] => quote!([T; 0]),
        [one] => one.clone(),
        many => {
            let (first, second) = many.split_at(many.len() / 2);
            let (first, second) = (one_behind_the_other(first), one_behind_the_other(second));
            quote!(nn::Pair<#first, #second>)
        }
    }
}

/// The rows of a network that is a layer: those of its own table, moved by its prefix and offset.
fn network_rows(
    storage: &Storage<'_>,
    network: &NetworkLayer,
    within: &[&StoredTensor],
    depth: usize,
    location: &Location,
) -> Vec<TokenStream> {
    let (path, table, bytes) = (&network.network.path, ident(storage.in_network(network).1), location.begin());
    let rows = named(within, depth, &location.prefix).into_iter().enumerate().map(|(number, (name, _))| {
        let number = Tile::literal(number);
        quote! {
            <#path<T> as nn::Compiled>::#table[#number].within(#name, (#bytes) / ::core::mem::size_of::<T>())
        }
    });
    rows.collect()
}

/// The location of a layer in the tables.
struct Location {
    /// The prefix of names, such as `blocks.0.`.
    prefix: String,
    /// The offset of the struct that contains it, in bytes.
    before: Vec<TokenStream>,
    /// The type of that struct.
    within: TokenStream,
    /// The path of fields to it.
    fields: Vec<Ident>,
}

impl Location {
    /// The offset of a field, in bytes.
    fn of(&self, field: &str) -> TokenStream {
        let Location { before, within, fields, .. } = self;
        let field = ident(field);
        quote!(#(#before +)* ::core::mem::offset_of!(#within, #(#fields.)* #field))
    }

    /// The offset of the layer, in bytes.
    fn begin(&self) -> TokenStream {
        let Location { before, within, fields, .. } = self;
        match fields.as_slice() {
            [] => quote!(#(#before)+*),
            fields => quote!(#(#before +)* ::core::mem::offset_of!(#within, #(#fields).*)),
        }
    }

    /// A layer inside.
    fn field(&self, layer: &str) -> Location {
        let Location { before, within, .. } = self;
        let fields = [self.fields.as_slice(), &[ident(layer)]].concat();
        let prefix = format!("{}{layer}.", self.prefix);
        Location { prefix, before: before.clone(), within: within.clone(), fields }
    }

    /// A layer of an array inside.
    fn item(&self, layer: &str, iteration: i64, item: &TokenStream) -> Location {
        let (array, number) = (self.of(layer), proc_macro2::Literal::i64_unsuffixed(iteration));
        let before = vec![array, quote!(#number * ::core::mem::size_of::<#item>())];
        let prefix = format!("{}{layer}.{iteration}.", self.prefix);
        Location { prefix, before, within: item.clone(), fields: Vec::new() }
    }
}
