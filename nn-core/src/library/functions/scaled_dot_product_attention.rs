// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Attention of each query to all keys: a mean of the values, weighted by the softmax of the products of query and keys
//!
//! over the root of their length (Vaswani and others, 2017). With `causal`, a query attends to the positions up to its own.
//!
//! `attn_mask` is added to the products: a key does not count where it is `-infinity`. Nor do keys where `key_padding_mask` is
//! 1, and those at the `length` of a sequence and behind it. A query to which no key counts gets zeros.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! query.scaled_dot_product_attention(key, value, attn_mask, key_padding_mask, length, causal = false)
//!
//! query: [.., L, E], key: [.., S, E], value: [.., S, V], attn_mask: [L, S] = none, key_padding_mask: index<2>[S] = none, length: index<S + 1> = none -> y: [.., L, V]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `causal` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(query: [2, 3], key: [4, 3], value: [4, 2]) -> [2, 2] {
//!         query.scaled_dot_product_attention(key, value)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let query = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
//! let key = Tensor::from([[-0.4, -0.9, 0.5], [-0.1, -0.6, 0.8], [0.2, -0.3, -0.9], [0.5, -0.0, -0.6]]);
//! let value = Tensor::from([[0.8, 0.2], [-0.3, -0.9], [0.5, -0.0], [-0.6, 0.9]]);
//! let y = session.forward(&NetInput { query, key, value });
//! assert_eq!(format!("{y:.3?}"), "[[0.071, 0.175], [0.030, 0.177]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn scaled_dot_product_attention<causal: A: bool = false>(
//!     query: [.., L, E],
//!     key: [.., S, E],
//!     value: [.., S, V],
//!     attn_mask: [L, S] = none,
//!     key_padding_mask: index<2>[S] = none,
//!     length: index<S + 1> = none,
//! ) -> y: [.., L, V] {
//!     s[.., l, m] = sum[e](query[.., l, e] * key[.., m, e]) / sqrt(E);
//!     if A { a[.., l, m] = where(m > l, -infinity, s[.., l, m]); } else { a = s; }
//!     if attn_mask != none { b[.., l, m] = a[.., l, m] + attn_mask[l, m]; } else { b = a; }
//!     if key_padding_mask != none {
//!         c[.., l, m] = where(key_padding_mask[m] == 1, -infinity, b[.., l, m]);
//!     } else {
//!         c = b;
//!     }
//!     if length != none { d[.., l, m] = where(m < length, c[.., l, m], -infinity); } else { d = c; }
//!     if attn_mask != none {
//!         p = masked_softmax(d);
//!     } else {
//!         if key_padding_mask != none {
//!             p = masked_softmax(d);
//!         } else {
//!             if length != none { p = masked_softmax(d); } else { p = softmax(d); }
//!         }
//!     }
//!     y[.., l, v] = sum[m](p[.., l, m] * value[.., m, v]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! scaled_dot_product_attention_sum[sample, l, m] = sum[e](query[sample, l, e] * key[sample, m, e])
//! s[sample, l, m] = scaled_dot_product_attention_sum[sample, l, m] / sqrt(3)
//! softmax_m[sample, a] = max[n](s[sample, a, n])
//! softmax_e[sample, a, n] = exp(s[sample, a, n] - detach(softmax_m[sample, a]))
//! softmax_sum[sample, a] = sum[k](softmax_e[sample, a, k])
//! softmax[sample, a, n] = softmax_e[sample, a, n] / softmax_sum[sample, a]
//! y[sample, l, v] = sum[m](softmax[sample, l, m] * value[sample, m, v])
//! d_value[sample, m, v] = sum[l](d_y[sample, l, v] * softmax[sample, l, m])
//! d_softmax[sample, l, m] = sum[v](d_y[sample, l, v] * value[sample, m, v])
//! d_softmax_sum[sample, a] = sum[n](-softmax[sample, a, n] * d_softmax[sample, a, n] / softmax_sum[sample, a])
//! d_scaled_dot_product_attention_sum[sample, l, m] = (d_softmax[sample, l, m] / softmax_sum[sample, l] + d_softmax_sum[sample, l]) * softmax_e[sample, l, m] / sqrt(3)
//! d_query[sample, l, e] = sum[m](d_scaled_dot_product_attention_sum[sample, l, m] * key[sample, m, e])
//! d_key[sample, m, e] = sum[l](d_scaled_dot_product_attention_sum[sample, l, m] * query[sample, l, e])
//! ```
