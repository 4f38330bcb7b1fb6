//! The schedules against PyTorch's: the cases of `references/make.py`.

use nn_core::schedule::{
    Clock, CosineAnnealingWarmRestarts, Linear, MultiStep, OneCycle, Polynomial, ReduceOnPlateau, Schedule,
};
use serde_json::Value;

fn schedule(name: &str, settings: &Value) -> Box<dyn Schedule> {
    let get = |name: &str, default: f64| settings.get(name).map_or(default, |value| value.as_f64().unwrap());
    let count = |name: &str, default: u64| settings.get(name).map_or(default, |value| value.as_u64().unwrap());
    match name {
        "MultiStepLR" => {
            let milestones = settings["milestones"].as_array().unwrap();
            let milestones: Vec<u64> = milestones.iter().map(|epoch| epoch.as_u64().unwrap()).collect();
            Box::new(MultiStep::new(milestones, get("gamma", 0.1)))
        }
        "CosineAnnealingWarmRestarts" => {
            let schedule = CosineAnnealingWarmRestarts::new(count("T_0", 0)).multiplier(count("T_mult", 1));
            Box::new(schedule.minimum(get("eta_min", 0.0)))
        }
        "LinearLR" => {
            let schedule = Linear::new(get("start_factor", 1.0 / 3.0), count("total_iters", 5));
            Box::new(schedule.end(get("end_factor", 1.0)))
        }
        "PolynomialLR" => Box::new(Polynomial::new(count("total_iters", 5), get("power", 1.0))),
        "OneCycleLR" => {
            let schedule = OneCycle::new(count("total_steps", 0)).pct_start(get("pct_start", 0.3));
            let schedule = schedule.div_factor(get("div_factor", 25.0)).final_div_factor(get("final_div_factor", 1e4));
            Box::new(schedule.linear(settings.get("anneal_strategy").is_some()))
        }
        "ReduceLROnPlateau" => {
            let schedule = ReduceOnPlateau::new(get("factor", 0.1), count("patience", 10));
            let schedule = schedule.threshold(get("threshold", 1e-4)).cooldown(count("cooldown", 0));
            Box::new(schedule.minimum(get("min_lr", 0.0)))
        }
        other => panic!("there is no schedule {other}"),
    }
}

#[test]
fn all_are_those_of_pytorch() {
    let reference: Value = serde_json::from_str(include_str!("references/schedules.json")).unwrap();
    let losses = reference["losses"].as_array().unwrap();
    for case in reference["cases"].as_array().unwrap() {
        let (name, settings) = (case["schedule"].as_str().unwrap(), &case["settings"]);
        let mut schedule = schedule(name, settings);
        for _ in 0..2 {
            schedule.reset();
            for (at, expected) in case["factors"].as_array().unwrap().iter().enumerate() {
                let (epoch, expected) = (at as u64, expected.as_f64().unwrap());
                let found = schedule.factor(Clock { step: 0, epoch });
                let exact = (found - expected).abs() < 1e-12;
                assert!(exact, "{name} {settings}: {found} and not {expected} in epoch {at}");
                if let Some(loss) = losses.get(at) {
                    schedule.observe(Clock { step: 0, epoch: epoch + 1 }, loss.as_f64().unwrap());
                }
            }
        }
    }
}

#[test]
fn one_cycle_has_an_end_of_any_length() {
    for total in 1..6 {
        let schedule = OneCycle::new(total);
        for epoch in 0..10 {
            let factor = schedule.factor(Clock { step: 0, epoch });
            assert!((0.0..=1.0 + 1e-12).contains(&factor), "{factor} in epoch {epoch} of {total}");
        }
    }
}
