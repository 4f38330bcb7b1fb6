// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A block of a transformer's encoder: self-attention and a dense part, each with a residual and a layer norm, which stands
//!
//! in front with `norm_first`.
//!
//! No position attends to those where `src_key_padding_mask` is 1, nor to those at the `length` of the sequence and behind it,
//! where the results mean nothing. `src_mask` is added to the products of queries and keys.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! TransformerEncoderLayer(d_model, nhead, dim_feedforward = 2048, dropout = 0.1, activation = relu, norm_first = false, causal = false)
//!
//! x: [T, N], src_mask: [T, T] = none, src_key_padding_mask: index<2>[T] = none, length: index<T + 1> = none -> y: [T, N]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `d_model` | a size |  |
//! | `nhead` | a size |  |
//! | `dim_feedforward` | a size | `2048` |
//! | `dropout` | a number | `0.1` |
//! | `activation` | `relu`, `gelu` | `relu` |
//! | `norm_first` | `true` or `false` | `false` |
//! | `causal` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: TransformerEncoderLayer(4, 2, dim_feedforward = 3),
//!     }
//!
//!     fn forward(x: [3, 4]) -> [3, 4] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.self_attn.in_proj_weight = Tensor::filled(0.1);
//! session.network.params.layer.self_attn.out_proj.weight = Tensor::filled(0.5);
//! session.network.params.layer.self_attn.out_proj.bias = Tensor::filled(-0.2);
//! session.network.params.layer.linear1.weight = Tensor::filled(0.1);
//! session.network.params.layer.linear1.bias = Tensor::filled(0.5);
//! session.network.params.layer.linear2.weight = Tensor::filled(-0.2);
//! session.network.params.layer.linear2.bias = Tensor::filled(0.1);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5], [-0.1, -0.6, 0.8, 0.2]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.612, -0.330, -1.460, 1.177, 0.647, -0.462]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer TransformerEncoderLayer<
//!     d_model: N,
//!     nhead: H,
//!     dim_feedforward: F = 2048,
//!     dropout: P: real = 0.1,
//!     activation: A: one_of(relu, gelu) = relu,
//!     norm_first: B: bool = false,
//!     causal: C: bool = false,
//! >(x: [T, N], src_mask: [T, T] = none, src_key_padding_mask: index<2>[T] = none, length: index<T + 1> = none) -> y: [T, N] {
//!     self_attn: MultiheadAttention(N, H, causal = C);
//!     linear1: Linear(N => F);
//!     linear2: Linear(F => N);
//!     norm1: LayerNorm(N);
//!     norm2: LayerNorm(N);
//!     if B {
//!         a = norm1(x);
//!         h = x + self_attn(a, a, a, src_key_padding_mask, src_mask, length).dropout(P);
//!         d = linear1(norm2(h));
//!     } else {
//!         h = norm1(x + self_attn(x, x, x, src_key_padding_mask, src_mask, length).dropout(P));
//!         d = linear1(h);
//!     }
//!     if A == relu { e = relu(d); } else { e = gelu(d); }
//!     z = h + linear2(e.dropout(P)).dropout(P);
//!     if B { y = z; } else { y = norm2(z); }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! reshape: [3, 4] is transpose: [3, 2, 2]
//! d_reshape: [3, 4] is d_transpose: [3, 2, 2]
//! self_attn_sum[sample, l, n] = sum[i](self_attn_in_proj_weight[n, i] * x[sample, l, i])
//! self_attn_q[sample, l, n] = self_attn_in_proj_bias[n] + self_attn_sum[sample, l, n]
//! self_attn_sum_2[sample, m, n] = sum[i](self_attn_in_proj_weight[n + 4, i] * x[sample, m, i])
//! self_attn_k[sample, m, n] = self_attn_in_proj_bias[n + 4] + self_attn_sum_2[sample, m, n]
//! self_attn_sum_3[sample, m, n] = sum[i](self_attn_in_proj_weight[n + 8, i] * x[sample, m, i])
//! self_attn_v[sample, m, n] = self_attn_in_proj_bias[n + 8] + self_attn_sum_3[sample, m, n]
//! scaled_dot_product_attention_sum[sample, a, l, m] = sum[e](self_attn_q[sample, l, 2*a + e] * self_attn_k[sample, m, 2*a + e])
//! scaled_dot_product_attention_s[sample, a, l, m] = scaled_dot_product_attention_sum[sample, a, l, m] / sqrt(2)
//! softmax_m[sample, a, b] = max[n](scaled_dot_product_attention_s[sample, a, b, n])
//! softmax_e[sample, a, b, n] = exp(scaled_dot_product_attention_s[sample, a, b, n] - detach(softmax_m[sample, a, b]))
//! softmax_sum[sample, a, b] = sum[k](softmax_e[sample, a, b, k])
//! softmax[sample, a, b, n] = softmax_e[sample, a, b, n] / softmax_sum[sample, a, b]
//! scaled_dot_product_attention[sample, a, l, v] = sum[m](softmax[sample, a, l, m] * self_attn_v[sample, m, 2*a + v])
//! transpose[sample, i, j, k] = scaled_dot_product_attention[sample, j, i, k]
//! self_attn_out_proj_sum[sample, a, o] = sum[i](self_attn_out_proj_weight[o, i] * reshape[sample, a, i])
//! add[sample, i, j] = x[sample, i, j] + where(random0[4*i + j] < 0.1, 0, 1.1111111111111112 * (self_attn_out_proj_bias[j] + self_attn_out_proj_sum[sample, i, j]))
//! norm1_mean[sample, a] = sum[c](add[sample, a, c])
//! norm1_d[sample, a, c] = add[sample, a, c] - norm1_mean[sample, a] / 4
//! norm1_mean_2[sample, a] = sum[c](norm1_d[sample, a, c] * norm1_d[sample, a, c])
//! norm1_s[sample, a] = 1 / sqrt(norm1_mean_2[sample, a] / 4 + 0.00001)
//! norm1[sample, a, c] = norm1_weight[c] * norm1_d[sample, a, c] * norm1_s[sample, a] + norm1_bias[c]
//! linear1_sum[sample, a, o] = sum[i](linear1_weight[o, i] * norm1[sample, a, i])
//! relu[sample, i, j] = max(linear1_bias[j] + linear1_sum[sample, i, j], 0)
//! dropout_2[sample, a, b] = where(random1[3*a + b] < 0.1, 0, 1.1111111111111112 * relu[sample, a, b])
//! linear2_sum[sample, a, o] = sum[i](linear2_weight[o, i] * dropout_2[sample, a, i])
//! add_2[sample, i, j] = norm1[sample, i, j] + where(random2[4*i + j] < 0.1, 0, 1.1111111111111112 * (linear2_bias[j] + linear2_sum[sample, i, j]))
//! norm2_mean[sample, a] = sum[c](add_2[sample, a, c])
//! norm2_d[sample, a, c] = add_2[sample, a, c] - norm2_mean[sample, a] / 4
//! norm2_mean_2[sample, a] = sum[c](norm2_d[sample, a, c] * norm2_d[sample, a, c])
//! norm2_s[sample, a] = 1 / sqrt(norm2_mean_2[sample, a] / 4 + 0.00001)
//! y[sample, a, c] = norm2_weight[c] * norm2_d[sample, a, c] * norm2_s[sample, a] + norm2_bias[c]
//! d_norm2_weight[c] = sum[sample, a](d_y[sample, a, c] * norm2_d[sample, a, c] * norm2_s[sample, a])
//! d_norm2_bias[c] = sum[sample, a](d_y[sample, a, c])
//! d_norm2_s[sample, a] = sum[c](d_y[sample, a, c] * norm2_weight[c] * norm2_d[sample, a, c])
//! d_norm2_mean_2[sample, a] = -0.5 * norm2_s[sample, a] * norm2_s[sample, a] * norm2_s[sample, a] * d_norm2_s[sample, a] / 4
//! d_norm2_d[sample, a, c] = d_y[sample, a, c] * norm2_weight[c] * norm2_s[sample, a] + 2 * d_norm2_mean_2[sample, a] * norm2_d[sample, a, c]
//! d_norm2_mean[sample, a] = sum[c](-d_norm2_d[sample, a, c] / 4)
//! d_add_2[sample, a, c] = d_norm2_d[sample, a, c] + d_norm2_mean[sample, a]
//! d_linear2[sample, a, b] = where(random2[4*a + b] < 0.1, 0, 1.1111111111111112 * d_add_2[sample, a, b])
//! d_linear2_bias[o] = sum[sample, a](d_linear2[sample, a, o])
//! d_linear2_weight[o, i] = sum[sample, a](d_linear2[sample, a, o] * dropout_2[sample, a, i])
//! d_dropout_2[sample, a, i] = sum[o](d_linear2[sample, a, o] * linear2_weight[o, i])
//! d_linear1[sample, i, j] = where(relu[sample, i, j] <= 0, 0, where(random1[3*i + j] < 0.1, 0, 1.1111111111111112 * d_dropout_2[sample, i, j]))
//! d_linear1_bias[o] = sum[sample, a](d_linear1[sample, a, o])
//! d_linear1_weight[o, i] = sum[sample, a](d_linear1[sample, a, o] * norm1[sample, a, i])
//! d_norm1[sample, a, i] = sum[o](d_linear1[sample, a, o] * linear1_weight[o, i])
//! d_norm1[sample, i, j] += d_add_2[sample, i, j]
//! d_norm1_weight[c] = sum[sample, a](d_norm1[sample, a, c] * norm1_d[sample, a, c] * norm1_s[sample, a])
//! d_norm1_bias[c] = sum[sample, a](d_norm1[sample, a, c])
//! d_norm1_s[sample, a] = sum[c](d_norm1[sample, a, c] * norm1_weight[c] * norm1_d[sample, a, c])
//! d_norm1_mean_2[sample, a] = -0.5 * norm1_s[sample, a] * norm1_s[sample, a] * norm1_s[sample, a] * d_norm1_s[sample, a] / 4
//! d_norm1_d[sample, a, c] = d_norm1[sample, a, c] * norm1_weight[c] * norm1_s[sample, a] + 2 * d_norm1_mean_2[sample, a] * norm1_d[sample, a, c]
//! d_norm1_mean[sample, a] = sum[c](-d_norm1_d[sample, a, c] / 4)
//! d_add[sample, a, c] = d_norm1_d[sample, a, c] + d_norm1_mean[sample, a]
//! d_self_attn_out_proj[sample, a, b] = where(random0[4*a + b] < 0.1, 0, 1.1111111111111112 * d_add[sample, a, b])
//! d_self_attn_out_proj_bias[o] = sum[sample, a](d_self_attn_out_proj[sample, a, o])
//! d_self_attn_out_proj_weight[o, i] = sum[sample, a](d_self_attn_out_proj[sample, a, o] * reshape[sample, a, i])
//! d_reshape[sample, a, i] = sum[o](d_self_attn_out_proj[sample, a, o] * self_attn_out_proj_weight[o, i])
//! d_softmax[sample, a, l, m] = sum[v](d_transpose[sample, l, a, v] * self_attn_v[sample, m, 2*a + v])
//! d_softmax_sum[sample, a, b] = sum[n](-softmax[sample, a, b, n] * d_softmax[sample, a, b, n] / softmax_sum[sample, a, b])
//! d_scaled_dot_product_attention_sum[sample, a, l, m] = (d_softmax[sample, a, l, m] / softmax_sum[sample, a, l] + d_softmax_sum[sample, a, l]) * softmax_e[sample, a, l, m] / sqrt(2)
//! d_self_attn_values[sample, a, m, v] = sum[l](d_transpose[sample, l, a, v] * softmax[sample, a, l, m])
//! d_self_attn_keys[sample, a, m, e] = sum[l](d_scaled_dot_product_attention_sum[sample, a, l, m] * self_attn_q[sample, l, 2*a + e])
//! d_self_attn_queries[sample, a, l, e] = sum[m](d_scaled_dot_product_attention_sum[sample, a, l, m] * self_attn_k[sample, m, 2*a + e])
//! d_self_attn_v[sample, m, 2*h + e] = d_self_attn_values[sample, h, m, e]
//! d_self_attn_k[sample, m, 2*h + e] = d_self_attn_keys[sample, h, m, e]
//! d_self_attn_q[sample, l, 2*h + e] = d_self_attn_queries[sample, h, l, e]
//! d_self_attn_in_proj_bias[n] = sum[sample, m](pad(d_self_attn_v[sample, m, n - 8], 0))
//! d_self_attn_in_proj_bias[n] += sum[sample, m](pad(d_self_attn_k[sample, m, n - 4], 0))
//! d_self_attn_in_proj_bias[n] += sum[sample, l](d_self_attn_q[sample, l, n])
//! d_self_attn_in_proj_weight[n, i] = sum[sample, m](pad(d_self_attn_v[sample, m, n - 8], 0) * x[sample, m, i])
//! d_self_attn_in_proj_weight[n, i] += sum[sample, m](pad(d_self_attn_k[sample, m, n - 4], 0) * x[sample, m, i])
//! d_self_attn_in_proj_weight[n, i] += sum[sample, l](d_self_attn_q[sample, l, n] * x[sample, l, i])
//! d_x[sample, m, i] = sum[n](d_self_attn_v[sample, m, n] * self_attn_in_proj_weight[n + 8, i])
//! d_x[sample, m, i] += sum[n](d_self_attn_k[sample, m, n] * self_attn_in_proj_weight[n + 4, i])
//! d_x[sample, l, i] += sum[n](d_self_attn_q[sample, l, n] * self_attn_in_proj_weight[n, i])
//! d_x[sample, i, j] += d_add[sample, i, j]
//! ```
