// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A dense layer that stays as it was trained, and a low-rank adapter beside it, which is trained instead.
//!
//!
//! It is LoRA, [Hu et al. 2021](https://arxiv.org/abs/2106.09685), with the names of torchtune. `weight` and `bias` are frozen; they take what was trained as those of a `Linear`. The adapter adds the product of
//! `lora_b` and `lora_a`, times `alpha / rank`, and begins with zero.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! LoRALinear(In => Out, rank = 8, alpha = 16, dropout = 0, bias = true)
//!
//! x: [.., In] -> y: [.., Out]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Out` | two sizes |  |
//! | `rank` | a size | `8` |
//! | `alpha` | a number | `16` |
//! | `dropout` | a number | `0` |
//! | `bias` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: LoRALinear(4 => 3, rank = 2),
//!     }
//!
//!     fn forward(x: [4]) -> [3] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.lora_a.weight = Tensor::filled(0.1);
//! session.network.frozen.layer.weight = Tensor::filled(0.5);
//! session.network.frozen.layer.bias = Tensor::filled(-0.2);
//! let x = Tensor::from([0.4, -0.1, -0.7, 0.7]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[-0.050, -0.050, -0.050]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer LoRALinear<In => Out, rank: R = 8, alpha: A: real = 16, dropout: P: real = 0, bias: bool = true>(x: [.., In]) -> y: [.., Out] {
//!     #[frozen] #[suffix("")] base: Linear(In => Out, bias = bias);
//!     lora_a: Linear(In => R, bias = false);
//!     lora_b: Linear(R => Out, bias = false, weight = zeros);
//!     h = base(x);
//!     a = lora_b(lora_a(x.dropout(P)));
//!     y[.., o] = h[.., o] + A / R * a[.., o];
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! base_sum[sample, o] = sum[i](weight[o, i] * x[sample, i])
//! lora_a[sample, o] = sum[i](lora_a_weight[o, i] * x[sample, i])
//! lora_b[sample, o] = sum[i](lora_b_weight[o, i] * lora_a[sample, i])
//! y[sample, o] = bias[o] + base_sum[sample, o] + 16 * lora_b[sample, o] / 2
//! d_lora_b[sample, o] = 16 * d_y[sample, o] / 2
//! d_lora_b_weight[o, i] = sum[sample](d_lora_b[sample, o] * lora_a[sample, i])
//! d_lora_a[sample, i] = sum[o](d_lora_b[sample, o] * lora_b_weight[o, i])
//! d_lora_a_weight[o, i] = sum[sample](d_lora_a[sample, o] * x[sample, i])
//! d_dropout[sample, i] = sum[o](d_lora_a[sample, o] * lora_a_weight[o, i])
//! d_x[sample, i] = sum[o](d_y[sample, o] * weight[o, i])
//! d_x[sample, a] += d_dropout[sample, a]
//! ```
