//! Scalar expressions with Rust's operators, for the derivative rules of the table.

use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::ids::{ExpressionId, Function};
use super::pool::Pool;
use super::relation::Relation;
use crate::errors::OrBug;

/// The derivative of a function by one of its arguments.
pub type Rule = for<'p> fn(Call<'p>) -> Scalar<'p>;

/// A call of a function: its arguments `x` and `z`, and its result `y`.
#[derive(Debug, Clone, Copy)]
pub struct Call<'p> {
    /// The first argument.
    pub x: Scalar<'p>,
    /// The second argument; the first again where there is one only.
    pub z: Scalar<'p>,
    /// The result.
    pub y: Scalar<'p>,
}

/// An expression that a rule builds.
#[derive(Debug, Clone, Copy)]
pub struct Scalar<'p> {
    pool: &'p RefCell<Pool>,
    id: ExpressionId,
}

impl Pool {
    /// Applies a rule to a call.
    pub(super) fn apply_rule(&mut self, rule: Rule, arguments: &[ExpressionId], result: ExpressionId) -> ExpressionId {
        let pool = RefCell::new(std::mem::take(self));
        let scalar = |id: &ExpressionId| Scalar { pool: &pool, id: *id };
        let (x, z) = (scalar(&arguments[0]), scalar(&arguments[arguments.len() - 1]));
        let id = rule(Call { x, z, y: scalar(&result) }).id;
        *self = pool.into_inner();
        id
    }
}

impl<'p> Scalar<'p> {
    fn build(self, build: impl FnOnce(&mut Pool) -> ExpressionId) -> Self {
        Scalar { id: build(&mut self.pool.borrow_mut()), ..self }
    }

    /// A number.
    #[must_use]
    pub fn number(self, value: f64) -> Self {
        self.build(|pool| pool.constant(value))
    }

    /// A function of the table.
    #[must_use]
    pub fn apply(self, name: &str, others: &[Scalar<'p>]) -> Self {
        let function = Function::named(name).or_bug("a rule names a function that is not in the table");
        let arguments: Vec<ExpressionId> = [self].iter().chain(others).map(|scalar| scalar.id).collect();
        self.build(|pool| pool.apply(function, &arguments))
    }

    /// Whether it is a constant.
    #[must_use]
    pub fn is_constant(self) -> bool {
        self.pool.borrow().reads(self.id).is_empty()
    }

    /// `where(self relation right, then, otherwise)`
    #[must_use]
    pub fn choose(self, relation: Relation, right: Self, [then, otherwise]: [Self; 2]) -> Self {
        self.build(|pool| pool.choose(relation, self.id, right.id, then.id, otherwise.id))
    }
}

impl Neg for Scalar<'_> {
    type Output = Self;
    fn neg(self) -> Self {
        self.build(|pool| pool.negate(self.id))
    }
}

macro_rules! operator {
    ($($operator:ident $method:ident $build:ident;)+) => {$(
        impl $operator for Scalar<'_> {
            type Output = Self;
            fn $method(self, right: Self) -> Self {
                self.build(|pool| pool.$build(self.id, right.id))
            }
        }
        impl<'p> $operator<Scalar<'p>> for f64 {
            type Output = Scalar<'p>;
            fn $method(self, right: Scalar<'p>) -> Scalar<'p> {
                right.number(self).$method(right)
            }
        }
        impl<'p> $operator<f64> for Scalar<'p> {
            type Output = Scalar<'p>;
            fn $method(self, right: f64) -> Scalar<'p> {
                self.$method(self.number(right))
            }
        }
    )+};
}

operator! {
    Add add add;
    Sub sub subtract;
    Mul mul multiply;
    Div div divide;
}
