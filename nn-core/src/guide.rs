//! The language and the training of networks, described at length, and the way from PyTorch.
//!
//! These modules hold text alone.

/// The language of [`network!`](macro@crate::network) and [`formulas!`](crate::formulas), a page for each topic.
pub mod language {
    #[doc = include_str!("../guide/language/networks.md")]
    pub mod networks {}

    #[doc = include_str!("../guide/language/sizes.md")]
    pub mod sizes {}

    #[doc = include_str!("../guide/language/composition.md")]
    pub mod composition {}

    #[doc = include_str!("../guide/language/formulas.md")]
    pub mod formulas {}

    #[doc = include_str!("library/library.md")]
    pub mod library {}

    #[doc = include_str!("library/losses.md")]
    pub mod losses {}

    #[doc = include_str!("../guide/language/derivatives.md")]
    pub mod derivatives {}

    #[doc = include_str!("../guide/language/warnings.md")]
    pub mod warnings {}
}

#[doc = include_str!("../guide/training.md")]
pub mod training {}

#[doc = include_str!("../guide/from-pytorch.md")]
pub mod from_pytorch {}
