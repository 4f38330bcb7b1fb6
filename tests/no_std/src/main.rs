//! Networks that predict and learn without a standard library, an allocator or a `main`; the weights of one lie in the program.
#![no_std]
#![no_main]

use nn_core::prelude::*;
use nn_core::{Compiled, TrainWorkspace, Workspace};

network! {
    /// From four numbers to one of three classes.
    struct Net {
        fc1: Linear(4 => 8),
        fc2: Linear(8 => 3),
    }
    fn forward(x: [4]) -> [3] {
        fc2(fc1(x).tanh())
    }
    loss = cross_entropy;
}

network! {
    /// A network that PyTorch has trained.
    struct Digits {
        conv: Conv2d(1 => 8, kernel = 3, padding = 1, bias = false),
        norm: BatchNorm2d(8),
        fc: Linear(128 => 10),
    }
    fn forward(image: [1, 8, 8]) -> [10] {
        fc(norm(conv(image)).relu().max_pool2d(2).flatten()).softmax()
    }
    weights = "../../examples/data/from_pytorch.safetensors";
}

/// Whether the weights in the program tell a zero: the first of the digits in the examples.
fn reads() -> bool {
    const ZERO: [u8; 64] = [
        0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0, 0, 4, 12, 0, 0, 8, 8, 0, //
        0, 5, 8, 0, 0, 9, 8, 0, 0, 4, 11, 0, 1, 12, 7, 0, 0, 2, 14, 5, 10, 12, 0, 0, 0, 0, 6, 13, 10, 0, 0, 0,
    ];
    let image = Tensor::from_fn(|at| f32::from(ZERO[at]) / 16.0);
    let mut probabilities = Tensor::zeros();
    Digits::trained().forward(&image, &mut [nn_core::zeroed()], &mut probabilities);
    probabilities.argmax() == 0 && probabilities[0] > 0.9
}

/// Memory for everything, known beforehand.
struct Memory {
    network: Net,
    gradient: <Net as Compiled>::Params,
    predicting: Workspace<Net>,
    training: TrainWorkspace<Net, 2>,
}

/// Answers whether one step of training lowers the loss.
fn learns(memory: &mut Memory) -> Result<bool, Error> {
    let Memory { network, gradient, predicting, training } = memory;
    network.initialise(7);
    let inputs = [Tensor::from([0.1, 0.2, 0.3, 0.4]), Tensor::from([-0.4, 0.3, -0.2, 0.1])];
    let targets = [2, 0];
    let mut output = Tensor::zeros();
    network.forward(&inputs[0], predicting, &mut output);
    let before = network.gradient(&inputs, &targets, Draw::new(1, 0), training, gradient)?;
    for (weight, slope) in network.flat_params_mut().iter_mut().zip(nn_core::Plain::flat(gradient)) {
        *weight -= 0.1 * slope;
    }
    let behind = network.loss(&inputs, &targets, training)?;
    Ok(behind < before && output.as_slice().iter().all(|y| y.is_finite()))
}

// A function may count on an aligned stack; a program begins without.
core::arch::global_asm!(".globl _start", "_start:", "and rsp, -16", "call {program}", program = sym program);

/// The program: leaves with 0 if all is well.
extern "C" fn program() -> ! {
    let mut memory = Memory {
        network: nn_core::zeroed(),
        gradient: nn_core::zeroed(),
        predicting: nn_core::zeroed(),
        training: nn_core::zeroed(),
    };
    leave(i32::from(learns(&mut memory) != Ok(true) || !reads()))
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    leave(2)
}

/// Named by the compiled core library, never called: panics abort.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

fn leave(code: i32) -> ! {
    // SAFETY: the call number and argument of `exit` on Linux; it does not return.
    unsafe {
        core::arch::asm!("syscall", in("rax") 60, in("edi") code, options(noreturn));
    }
}
