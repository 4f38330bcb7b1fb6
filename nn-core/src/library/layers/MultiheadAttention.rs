// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Attention in several heads, each of which has a share of the channels. Self-attention is `attention(x, x, x)`.
//!
//!
//! Keys where `key_padding_mask` is 1 do not count, nor do those at the `length` of a sequence and behind it. `attn_mask` is
//! added to the products of queries and keys, in each head: a key does not count where it is `-infinity`.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! MultiheadAttention(embed_dim, num_heads, bias = true, causal = false)
//!
//! query: [L, N], key: [S, N], value: [S, N], key_padding_mask: index<2>[S] = none, attn_mask: [L, S] = none, length: index<S + 1> = none -> y: [L, N]
//! param in_proj_weight: [3*N, N] = xavier_uniform
//! param in_proj_bias: [3*N] = zeros
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `embed_dim` | a size |  |
//! | `num_heads` | a size |  |
//! | `bias` | `true` or `false` | `true` |
//! | `causal` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: MultiheadAttention(4, 2),
//!     }
//!
//!     fn forward(query: [2, 4], key: [3, 4], value: [3, 4]) -> [2, 4] {
//!         layer(query, key, value)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.in_proj_weight = Tensor::filled(0.1);
//! session.network.params.layer.out_proj.weight = Tensor::filled(0.5);
//! session.network.params.layer.out_proj.bias = Tensor::filled(-0.2);
//! let query = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5]]);
//! let key = Tensor::from([[-0.4, -0.9, 0.5, -0.1], [-0.6, 0.8, 0.2, -0.3], [-0.9, 0.5, -0.0, -0.6]]);
//! let value = Tensor::from([[0.8, 0.2, -0.3, -0.9], [0.5, -0.0, -0.6, 0.9], [0.3, -0.3, -0.8, 0.6]]);
//! let y = session.forward(&NetInput { query, key, value });
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.173, -0.173, -0.173, -0.173, -0.174, -0.174]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer MultiheadAttention<embed_dim: N, num_heads: H, bias: bool = true, causal: A: bool = false>(
//!     query: [L, N],
//!     key: [S, N],
//!     value: [S, N],
//!     key_padding_mask: index<2>[S] = none,
//!     attn_mask: [L, S] = none,
//!     length: index<S + 1> = none,
//! ) -> y: [L, N] {
//!     require N / H * H == N, "{N} channels cannot be shared among {H} heads";
//!     param in_proj_weight: [3*N, N] = xavier_uniform;
//!     out_proj: Linear(N => N, bias = bias);
//!     if bias {
//!         param in_proj_bias: [3*N] = zeros;
//!         q[l, n: N] = in_proj_bias[n] + sum[i](in_proj_weight[n, i] * query[l, i]);
//!         k[m, n: N] = in_proj_bias[n + N] + sum[i](in_proj_weight[n + N, i] * key[m, i]);
//!         v[m, n: N] = in_proj_bias[n + 2*N] + sum[i](in_proj_weight[n + 2*N, i] * value[m, i]);
//!     } else {
//!         q[l, n: N] = sum[i](in_proj_weight[n, i] * query[l, i]);
//!         k[m, n: N] = sum[i](in_proj_weight[n + N, i] * key[m, i]);
//!         v[m, n: N] = sum[i](in_proj_weight[n + 2*N, i] * value[m, i]);
//!     }
//!     queries[h: H, l, e: N/H] = q[l, h*(N/H) + e];
//!     keys[h: H, m, e: N/H] = k[m, h*(N/H) + e];
//!     values[h: H, m, e: N/H] = v[m, h*(N/H) + e];
//!     heads = scaled_dot_product_attention(
//!         queries, keys, values, attn_mask, key_padding_mask = key_padding_mask, length = length, causal = A
//!     );
//!     y = out_proj(heads.transpose(0, 1).reshape(L, N));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! reshape: [2, 4] is transpose: [2, 2, 2]
//! d_reshape: [2, 4] is d_transpose: [2, 2, 2]
//! layer_sum[sample, l, n] = sum[i](in_proj_weight[n, i] * query[sample, l, i])
//! q[sample, l, n] = in_proj_bias[n] + layer_sum[sample, l, n]
//! layer_sum_2[sample, m, n] = sum[i](in_proj_weight[n + 4, i] * key[sample, m, i])
//! k[sample, m, n] = in_proj_bias[n + 4] + layer_sum_2[sample, m, n]
//! layer_sum_3[sample, m, n] = sum[i](in_proj_weight[n + 8, i] * value[sample, m, i])
//! v[sample, m, n] = in_proj_bias[n + 8] + layer_sum_3[sample, m, n]
//! scaled_dot_product_attention_sum[sample, a, l, m] = sum[e](q[sample, l, 2*a + e] * k[sample, m, 2*a + e])
//! scaled_dot_product_attention_s[sample, a, l, m] = scaled_dot_product_attention_sum[sample, a, l, m] / sqrt(2)
//! softmax_m[sample, a, b] = max[n](scaled_dot_product_attention_s[sample, a, b, n])
//! softmax_e[sample, a, b, n] = exp(scaled_dot_product_attention_s[sample, a, b, n] - detach(softmax_m[sample, a, b]))
//! softmax_sum[sample, a, b] = sum[k](softmax_e[sample, a, b, k])
//! softmax[sample, a, b, n] = softmax_e[sample, a, b, n] / softmax_sum[sample, a, b]
//! scaled_dot_product_attention[sample, a, l, v] = sum[m](softmax[sample, a, l, m] * v[sample, m, 2*a + v])
//! transpose[sample, i, j, k] = scaled_dot_product_attention[sample, j, i, k]
//! out_proj_sum[sample, a, o] = sum[i](out_proj_weight[o, i] * reshape[sample, a, i])
//! y[sample, a, o] = out_proj_bias[o] + out_proj_sum[sample, a, o]
//! d_out_proj_bias[o] = sum[sample, a](d_y[sample, a, o])
//! d_out_proj_weight[o, i] = sum[sample, a](d_y[sample, a, o] * reshape[sample, a, i])
//! d_reshape[sample, a, i] = sum[o](d_y[sample, a, o] * out_proj_weight[o, i])
//! d_softmax[sample, a, l, m] = sum[v](d_transpose[sample, l, a, v] * v[sample, m, 2*a + v])
//! d_softmax_sum[sample, a, b] = sum[n](-softmax[sample, a, b, n] * d_softmax[sample, a, b, n] / softmax_sum[sample, a, b])
//! d_scaled_dot_product_attention_sum[sample, a, l, m] = (d_softmax[sample, a, l, m] / softmax_sum[sample, a, l] + d_softmax_sum[sample, a, l]) * softmax_e[sample, a, l, m] / sqrt(2)
//! d_values[sample, a, m, v] = sum[l](d_transpose[sample, l, a, v] * softmax[sample, a, l, m])
//! d_keys[sample, a, m, e] = sum[l](d_scaled_dot_product_attention_sum[sample, a, l, m] * q[sample, l, 2*a + e])
//! d_queries[sample, a, l, e] = sum[m](d_scaled_dot_product_attention_sum[sample, a, l, m] * k[sample, m, 2*a + e])
//! d_v[sample, m, 2*h + e] = d_values[sample, h, m, e]
//! d_value[sample, m, i] = sum[n](d_v[sample, m, n] * in_proj_weight[n + 8, i])
//! d_k[sample, m, 2*h + e] = d_keys[sample, h, m, e]
//! d_key[sample, m, i] = sum[n](d_k[sample, m, n] * in_proj_weight[n + 4, i])
//! d_q[sample, l, 2*h + e] = d_queries[sample, h, l, e]
//! d_in_proj_bias[n] = sum[sample, m](pad(d_v[sample, m, n - 8], 0))
//! d_in_proj_bias[n] += sum[sample, m](pad(d_k[sample, m, n - 4], 0))
//! d_in_proj_bias[n] += sum[sample, l](d_q[sample, l, n])
//! d_in_proj_weight[n, i] = sum[sample, m](pad(d_v[sample, m, n - 8], 0) * value[sample, m, i])
//! d_in_proj_weight[n, i] += sum[sample, m](pad(d_k[sample, m, n - 4], 0) * key[sample, m, i])
//! d_in_proj_weight[n, i] += sum[sample, l](d_q[sample, l, n] * query[sample, l, i])
//! d_query[sample, l, i] = sum[n](d_q[sample, l, n] * in_proj_weight[n, i])
//! ```
