use nn_compiler::*;
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let net = syntax::parse_network(text.parse().unwrap()).unwrap_or_else(|e| panic!("{e}"));
    let lib = lower::library_formulas().unwrap();
    let library = lower::Library::new(&net.formulas, &lib);
    let mut errors = errors::Errors::default();
    let l = lower::lower(&net, &library, lower::Mode::Train, &mut errors);
    for m in errors.messages() { println!("error: {m}\n"); }
    if errors.any() { return }
    println!("== lowered\n{}", l.program);
    equation::check(&l.program).unwrap();
    for by in [differentiate::By::Parameters, differentiate::By::Inputs] {
        let mut p = differentiate::differentiate(&l, by);
        println!("== {by:?}\n{}", p);
        equation::check(&p).unwrap();
        simplify::simplify(&mut p, &|r| matches!(r, equation::Role::Loss(_) | equation::Role::Gradient(_) | equation::Role::InputGradient(_)));
        println!("== simplified\n{}", p);
        equation::check(&p).unwrap();
    }
}
