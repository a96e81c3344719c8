//! A seeded fuzzer of all that reads what others have written: files, dates, amounts, workspace files, links.
//!
//! Every case is made from one number. When a case fails, panics or does not end, that number is printed with the
//! input; `QUINTILE_FUZZ_SEED=number cargo test … --test fuzz name` runs it again as the first case. The cases of a
//! normal run are always the same; the long run (`-- --ignored`) goes on for [`LONG`] from another start each time.
//! `tests/fixtures/fuzz` keeps inputs to begin from; one that has found a fault is kept there.

mod cells;
mod chance;
mod files;
mod harness;
mod imports;
mod links;
mod orders;
mod stored;

use harness::{Budget, fuzz};
use std::time::Duration;

/// How long each target of the long run goes on.
const LONG: Duration = Duration::from_secs(100);

macro_rules! targets {
    ($($name:ident: $cases:literal of $case:path;)*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn some() {
                fuzz(stringify!($name), Budget::Cases($cases), $case);
            }

            #[test]
            #[ignore = "goes on for minutes: cargo xtask soak"]
            fn many() {
                fuzz(stringify!($name), Budget::Time(LONG), $case);
            }
        }
    )*};
}

targets! {
    dates: 20_000 of cells::date;
    amounts: 20_000 of cells::amount;
    imported_orders: 150 of orders::case;
    imported_anything: 250 of imports::case;
    workspace_files: 150 of stored::case;
    addresses: 3_000 of links::case;
}
