//! Runs cases, and tells which one failed, panicked or does not end.

use quintile::core::random::Random;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub enum Budget {
    /// So many cases, always the same.
    Cases(u64),
    /// As many cases as there is time for, from another start each time.
    Time(Duration),
}

/// What a case tries, as it is printed.
#[derive(Clone, Default)]
pub struct Input(Arc<Mutex<String>>);

impl Input {
    /// A case says what it tries before it tries it.
    pub fn is(&self, bytes: impl AsRef<[u8]>) {
        *self.0.lock().unwrap() = bytes.as_ref().escape_ascii().to_string();
    }
}

/// No case works on more than some kilobytes: one that takes so long does not end.
const ENDLESS: Duration = Duration::from_secs(120);

pub fn fuzz(name: &str, budget: Budget, case: fn(&mut Random, &Input)) {
    let first = match std::env::var("QUINTILE_FUZZ_SEED") {
        Ok(seed) => seed.parse().expect("QUINTILE_FUZZ_SEED is a number"),
        Err(_) => match budget {
            Budget::Cases(_) => 0,
            // Far apart, so that two runs do not try the same cases.
            Budget::Time(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() << 24,
        },
    };
    let (start, mut seed) = (Instant::now(), first);
    loop {
        let go_on = match budget {
            Budget::Cases(cases) => seed - first < cases,
            Budget::Time(time) => start.elapsed() < time,
        };
        if !go_on {
            break;
        }
        watched(name, seed, case);
        seed += 1;
    }
    println!("{name}: {} cases from {first} on", seed - first);
}

fn watched(name: &str, seed: u64, case: fn(&mut Random, &Input)) {
    let input = Input::default();
    let tell = |what: &str, input: &Input| {
        // What a case tries may have been left locked by the panic; it is whole all the same.
        let tried = input.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // The seed makes it again; the whole of a long one helps nobody who reads a log.
        let tried: String = tried.chars().take(6_000).collect();
        eprintln!("{name}: case {seed} {what} (QUINTILE_FUZZ_SEED={seed}); its input:\n{tried}");
    };
    let (done, ended) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let tried = input.clone();
        scope.spawn(move || {
            if ended.recv_timeout(ENDLESS) == Err(RecvTimeoutError::Timeout) {
                tell("does not end", &tried);
                std::process::abort();
            }
        });
        let outcome = catch_unwind(AssertUnwindSafe(|| case(&mut Random::new(seed), &input)));
        drop(done);
        if let Err(panic) = outcome {
            tell("failed", &input);
            resume_unwind(panic);
        }
    });
}
