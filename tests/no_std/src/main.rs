//! A network that predicts and learns without a standard library, an allocator or a `main`.
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
    leave(i32::from(learns(&mut memory) != Ok(true)))
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
