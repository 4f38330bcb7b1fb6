//! What several tests of the whole have in common.
