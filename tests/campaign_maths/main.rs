//! The mathematics of campaigns against published figures and independent computations.

mod beta_binomial;
mod concentration;
mod response;
mod sample;
mod special;

/// Fails unless two numbers agree to `tolerance`, relative where they are larger than 1.
#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    let off = (found - expected).abs();
    assert!(off <= tolerance * expected.abs().max(1.0), "{found:e}, expected {expected:e}");
}

/// Fails unless two numbers agree to the relative `tolerance`.
#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    let off = (found - expected).abs();
    assert!(off <= tolerance * expected.abs(), "{found:e}, expected {expected:e}");
}
