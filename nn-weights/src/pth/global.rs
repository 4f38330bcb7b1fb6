//! The functions and classes of Python that a `state_dict` is made of.

use std::format;
use std::string::String;

use crate::Dtype;

/// A function or class that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Global {
    OrderedDict,
    /// A tensor, from a storage, an offset, a shape and strides.
    Tensor,
    /// A parameter, from a tensor.
    Parameter,
    /// The type of a storage.
    Storage(Kind),
}

/// The numbers of a storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Double,
    Float,
    Half,
    BFloat16,
    Long,
    Int,
    Short,
    Char,
    Byte,
    Bool,
}

impl Global {
    /// The one of a name, such as `collections` and `OrderedDict`.
    pub(super) fn named(module: &str, name: &str) -> Result<Self, String> {
        let kind = |name: &str| {
            Some(match name.strip_suffix("Storage")? {
                "Double" => Kind::Double,
                "Float" => Kind::Float,
                "Half" => Kind::Half,
                "BFloat16" => Kind::BFloat16,
                "Long" => Kind::Long,
                "Int" => Kind::Int,
                "Short" => Kind::Short,
                "Char" => Kind::Char,
                "Byte" => Kind::Byte,
                "Bool" => Kind::Bool,
                _ => return None,
            })
        };
        let known = match (module, name) {
            ("collections", "OrderedDict") => Some(Global::OrderedDict),
            ("torch._utils", "_rebuild_tensor_v2") => Some(Global::Tensor),
            ("torch._utils", "_rebuild_parameter") => Some(Global::Parameter),
            ("torch", name) => kind(name).map(Global::Storage),
            _ => None,
        };
        known.ok_or_else(|| {
            format!(
                "it holds `{module}.{name}`, and is read without Python: only tensors, dictionaries, lists, texts and \
                 numbers are read; save `model.state_dict()`, not the model, and nothing else that Python has to call"
            )
        })
    }
}

impl Kind {
    pub(super) fn dtype(self) -> Dtype {
        match self {
            Kind::Double => Dtype::F64,
            Kind::Float => Dtype::F32,
            Kind::Half => Dtype::F16,
            Kind::BFloat16 => Dtype::BF16,
            Kind::Long => Dtype::Other("I64".into()),
            Kind::Int => Dtype::Other("I32".into()),
            Kind::Short => Dtype::Other("I16".into()),
            Kind::Char => Dtype::Other("I8".into()),
            Kind::Byte => Dtype::Other("U8".into()),
            Kind::Bool => Dtype::Other("BOOL".into()),
        }
    }

    /// The bytes of a number.
    pub(super) fn bytes(self) -> usize {
        match self {
            Kind::Double | Kind::Long => 8,
            Kind::Float | Kind::Int => 4,
            Kind::Half | Kind::BFloat16 | Kind::Short => 2,
            Kind::Char | Kind::Byte | Kind::Bool => 1,
        }
    }
}
