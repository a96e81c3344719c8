//! Code that comes later. In a release, what a [`Part`] stands for lies in a file of its own, which is fetched when it
//! is first needed; everywhere else (natively, while developing) it is simply there.
//!
//! How it works: with the feature `split`, [`part!`](crate::part) makes an export and an import whose names the build
//! tool knows (`xtask/src/split.rs`). It moves the export, with everything that nothing else reaches, out of the
//! program into files, and lets the import call it through the table of functions, where it appears as soon as its
//! files are loaded (`io::parts`).

use std::collections::BTreeSet;
use std::sync::Mutex;

/// A value of code and texts, whose file may not be here yet.
pub struct Part<T: 'static> {
    name: &'static str,
    entry: fn() -> &'static T,
}

/// The parts whose files are here.
static HERE: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

impl<T> Part<T> {
    /// What [`part!`](crate::part) makes.
    pub const fn new(name: &'static str, entry: fn() -> &'static T) -> Part<T> {
        Part { name, entry }
    }

    /// The name under which the build tool keeps its files.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The value, or nothing while its files are not loaded.
    ///
    /// ```
    /// use quintile::{core::part::Part, part};
    /// static GREETING: Part<&str> = part!("greeting", &'static str, "hello");
    /// assert!(cfg!(feature = "split") || GREETING.get() == Some(&"hello"));
    /// ```
    pub fn get(&self) -> Option<&'static T> {
        let is_here = !cfg!(feature = "split") || HERE.lock().is_ok_and(|here| here.contains(self.name));
        // A call before that would find no function in the table.
        is_here.then(self.entry)
    }
}

/// Notes that the files of a part are loaded.
pub fn arrived(name: &'static str) {
    if let Ok(mut here) = HERE.lock() {
        here.insert(name);
    }
}

/// A [`Part`](crate::core::part::Part) of a name (a literal, one for each part), a type and a constant value. With
/// `worker` before the name, it is a part of the worker alone: the page would carry it although nobody there asks.
#[macro_export]
macro_rules! part {
    (worker $name:expr, $kind:ty, $value:expr) => {
        $crate::part!(@if (all(feature = "split", feature = "worker")), $name, $kind, $value)
    };
    (@if ($($is_split:tt)+), $name:expr, $kind:ty, $value:expr) => {{
        #[cfg(not($($is_split)+))]
        fn entry() -> &'static $kind {
            static VALUE: $kind = $value;
            &VALUE
        }
        #[cfg($($is_split)+)]
        fn entry() -> &'static $kind {
            #[link(wasm_import_module = "__wasm_split_placeholder__")]
            unsafe extern "C" {
                #[link_name = concat!("__wasm_split_00", $name, "00_import_00000000000000000000000000000000")]
                #[allow(improper_ctypes)]
                safe fn elsewhere() -> &'static $kind;
            }
            #[unsafe(export_name = concat!("__wasm_split_00", $name, "00_export_00000000000000000000000000000000"))]
            #[allow(improper_ctypes_definitions)]
            extern "C" fn here() -> &'static $kind {
                static VALUE: $kind = $value;
                &VALUE
            }
            elsewhere()
        }
        $crate::core::part::Part::new($name, entry)
    }};
    ($name:expr, $kind:ty, $value:expr) => {
        $crate::part!(@if (feature = "split"), $name, $kind, $value)
    };
}
