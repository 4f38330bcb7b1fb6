// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Layers: declared in the struct of a network, and called by their names in `forward`.

pub mod PReLU;

pub mod Linear;

pub mod LoRALinear;

pub mod Conv1d;

pub mod CausalConv1d;

pub mod Conv2d;

pub mod Conv3d;

pub mod ConvTranspose1d;

pub mod ConvTranspose2d;

pub mod ConvTranspose3d;

pub mod BatchNorm1d;

pub mod BatchNorm2d;

pub mod BatchNorm3d;

pub mod LayerNorm;

pub mod RMSNorm;

pub mod GroupNorm;

pub mod InstanceNorm1d;

pub mod InstanceNorm2d;

pub mod InstanceNorm3d;

pub mod Embedding;

pub mod EmbeddingBag;

pub mod MultiheadAttention;

pub mod TransformerEncoderLayer;

pub mod TransformerDecoderLayer;

pub mod RNNDirection;

pub mod RNNLayer;

pub mod RNN;

pub mod LSTMDirection;

pub mod LSTMLayer;

pub mod LSTM;

pub mod GRUDirection;

pub mod GRULayer;

pub mod GRU;
