//! The types of numbers in files.

use alloc::string::String;
use core::fmt;

/// The type of a tensor's numbers in a file.
///
/// ```
/// use nn_weights::Dtype;
/// assert!(Dtype::BF16.is_float());
/// assert_eq!(Dtype::Other("I64".into()).to_string(), "I64");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dtype {
    /// Half precision of IEEE 754: 5 bits of exponent, 10 of fraction.
    F16,
    /// The upper half of an [`F32`](Dtype::F32): 8 bits of exponent, 7 of fraction.
    BF16,
    /// Single precision.
    F32,
    /// Double precision.
    F64,
    /// A type that no network takes, by its name in the file, such as `I64`.
    Other(String),
}

impl Dtype {
    /// The type that a safetensors file calls so.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "F16" => Dtype::F16,
            "BF16" => Dtype::BF16,
            "F32" => Dtype::F32,
            "F64" => Dtype::F64,
            other => Dtype::Other(other.into()),
        }
    }

    /// Whether networks take such numbers.
    ///
    /// ```
    /// assert!(!nn_weights::Dtype::Other("I64".into()).is_float());
    /// ```
    #[must_use]
    pub fn is_float(&self) -> bool {
        !matches!(self, Dtype::Other(_))
    }

    /// The bits of a number, where the type is known.
    ///
    /// ```
    /// use nn_weights::Dtype;
    /// assert_eq!((Dtype::F16.bits(), Dtype::Other("F4".into()).bits()), (Some(16), Some(4)));
    /// ```
    #[must_use]
    pub fn bits(&self) -> Option<usize> {
        Some(match self {
            Dtype::F16 | Dtype::BF16 => 16,
            Dtype::F32 => 32,
            Dtype::F64 => 64,
            Dtype::Other(name) => match name.as_str() {
                "BOOL" | "U8" | "I8" | "F8_E5M2" | "F8_E4M3" | "F8_E8M0" | "F8_E4M3FNUZ" | "F8_E5M2FNUZ" => 8,
                "U16" | "I16" => 16,
                "U32" | "I32" => 32,
                "U64" | "I64" | "C64" => 64,
                "F6_E2M3" | "F6_E3M2" => 6,
                "F4" => 4,
                _ => return None,
            },
        })
    }

    /// Calls a function for each number of some bytes, with its place. Conversions to `f64` are exact.
    pub(crate) fn decode(&self, bytes: &[u8], mut each: impl FnMut(usize, f64)) {
        fn chunks<const N: usize>(bytes: &[u8], mut each: impl FnMut(usize, [u8; N])) {
            for (at, chunk) in bytes.as_chunks().0.iter().enumerate() {
                each(at, *chunk);
            }
        }
        match self {
            Dtype::F16 => chunks(bytes, |at, chunk| each(at, half(u16::from_le_bytes(chunk)))),
            Dtype::BF16 => chunks(bytes, |at, [low, high]: [u8; 2]| {
                each(at, f32::from_le_bytes([0, 0, low, high]).into());
            }),
            Dtype::F32 => chunks(bytes, |at, chunk| each(at, f32::from_le_bytes(chunk).into())),
            Dtype::F64 => chunks(bytes, |at, chunk| each(at, f64::from_le_bytes(chunk))),
            Dtype::Other(_) => {}
        }
    }

    /// The number at a place.
    pub(crate) fn number(&self, bytes: &[u8], at: usize) -> f64 {
        let size = self.bits().unwrap_or(0) / 8;
        let mut number = f64::NAN;
        self.decode(&bytes[at * size..(at + 1) * size], |_, value| number = value);
        number
    }

    /// Writes a number. One of a narrower type is rounded to the nearest.
    #[allow(clippy::cast_possible_truncation)] // rounding to f32 is what is asked for
    pub(crate) fn encode(&self, number: f64, to: &mut alloc::vec::Vec<u8>) {
        match self {
            Dtype::F64 => to.extend(number.to_le_bytes()),
            _ => to.extend((number as f32).to_le_bytes()),
        }
    }
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dtype::F16 => "F16",
            Dtype::BF16 => "BF16",
            Dtype::F32 => "F32",
            Dtype::F64 => "F64",
            Dtype::Other(name) => name,
        })
    }
}

/// The value of a number in half precision (IEEE 754, binary16).
fn half(bits: u16) -> f64 {
    /// The exponent of the least normal number and of its last bit.
    const LEAST: f64 = 1.0 / 16_777_216.0;
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = ((bits >> 10) & 0x1f, bits & 0x3ff);
    let size = match exponent {
        0 => f64::from(fraction) * LEAST,
        0x1f if fraction == 0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => f64::from(fraction | 0x400) * LEAST * f64::from(1u32 << (exponent - 1)),
    };
    sign * size
}

#[cfg(test)]
mod tests {
    use super::Dtype;

    /// All numbers of 16 bits, against the crate `half`.
    #[test]
    fn halves_have_their_values() {
        for bits in 0..=u16::MAX {
            let expected = [::half::f16::from_bits(bits).to_f64(), ::half::bf16::from_bits(bits).to_f64()];
            for (dtype, expected) in [Dtype::F16, Dtype::BF16].into_iter().zip(expected) {
                dtype.decode(&bits.to_le_bytes(), |_, value| {
                    assert!(value.to_bits() == expected.to_bits() || value.is_nan() && expected.is_nan(), "{bits:x}");
                });
            }
        }
    }
}
