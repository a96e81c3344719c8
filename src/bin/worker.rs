//! The worker: the message loop around the jobs, without the interface.

#[cfg(target_arch = "wasm32")]
fn main() {
    quintile::io::worker_host::listen();
}

/// The worker runs in a browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Quintile's worker is started by its page: cargo xtask serve");
}
