//! How much memory an import takes: that of the columns it keeps, however large the file is.

use quintile::core::dictionary::Dictionary;
use quintile::core::import::{FileProblem, Importer, Overrides, Plan, preview};
use quintile::core::lang::Lang;
use quintile::core::money::Currency;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator, and how much it has given out: now, and at most.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
/// What one test takes is not to be counted in another.
static ALONE: Mutex<()> = Mutex::new(());

// SAFETY: every call is passed on as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(now, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How many bytes a piece of work takes at its peak.
fn peak(work: impl FnOnce()) -> usize {
    let before = NOW.load(Relaxed);
    PEAK.store(before, Relaxed);
    work();
    PEAK.load(Relaxed) - before
}

const HEADER: &str = "customer,date,amount,order,remark\n";

/// Some rows of 100,000 customers, each with an order of its own and a long remark.
fn rows(numbers: std::ops::Range<u32>) -> String {
    let row = |n| {
        format!(
            "C{:06},2024-{:02}-{:02},{n}.50,T{n:08},{:>200}\n",
            n % 100_000,
            n % 12 + 1,
            n % 28 + 1,
            "a remark"
        )
    };
    numbers.map(row).collect()
}

/// The plan of such a file without the columns that are named.
fn plan(without: &[&str]) -> Plan {
    let head = HEADER.to_string() + &rows(0..50);
    let mut plan = preview(head.as_bytes(), false, &Overrides::default(), &|_| None).unwrap().plan;
    plan.columns
        .iter_mut()
        .filter(|column| without.contains(&column.header.as_str()))
        .for_each(|c| c.role = None);
    plan
}

fn importer(plan: &Plan) -> Importer {
    Importer::new(plan.clone(), &Currency::default(), Dictionary::default(), [0; 16], None).unwrap()
}

/// Imports so many rows in pieces that are cut anywhere; the bytes of the file.
fn import(plan: &Plan, count: u32) -> usize {
    let mut importer = importer(plan);
    importer.push(HEADER.as_bytes()).unwrap();
    let mut bytes = HEADER.len();
    for first in (0..count).step_by(1_000) {
        let text = rows(first..first + 1_000);
        text.as_bytes().chunks(100_003).for_each(|piece| importer.push(piece).unwrap());
        bytes += text.len();
    }
    let report = importer.finish().unwrap().report;
    assert_eq!((report.read, report.used, report.customers), (count.into(), count.into(), 100_000));
    bytes
}

#[test]
fn a_large_file_takes_the_memory_of_the_columns_that_are_kept() {
    let _alone = ALONE.lock();
    let narrow = plan(&["remark", "order"]);
    let mut bytes = 0;
    let taken = peak(|| bytes = import(&narrow, 100_000));
    // 16 bytes a row of customer, day and amount, twice where they grow; a dictionary of 100,000 short names.
    let columns = 2 * 16 * 100_000 + 100_000 * (7 + 4 + 24) * 2;
    assert!(bytes > 20_000_000, "{bytes}");
    assert!(taken < columns, "{taken} bytes for columns of {columns}");
}

/// At which row a file of so many bytes is refused.
fn refused(plan: &Plan, total: u64, memory: u64) -> Option<(u32, FileProblem)> {
    let mut importer = importer(plan);
    importer.expect(total, memory);
    importer.push(HEADER.as_bytes()).unwrap();
    (0..20_000).step_by(100).find_map(|first| {
        let problem = importer.push(rows(first..first + 100).as_bytes()).err()?;
        Some((first, problem))
    })
}

#[test]
fn a_file_beyond_the_memory_is_refused_when_its_beginning_is_read() {
    let _alone = ALONE.lock();
    let (total, memory) = (40 << 30, 3 << 30);
    let (row, problem) =
        refused(&plan(&[]), total, memory).expect("all columns of 40 GB do not fit into 3 GB");
    assert!(row < 6_000, "refused at row {row}");
    let FileProblem::TooLarge { bytes, most } = problem else { panic!("{problem:?}") };
    assert_eq!(bytes, total);
    assert!((1 << 30..30 << 30).contains(&most), "{most}");
    let limit = format!("{} MB", most / 1_000_000);
    for lang in [Lang::En, Lang::ZhHant] {
        assert!(problem.say(lang).contains(&limit), "{}", problem.say(lang));
    }
    // Without the order ids and the remarks it may fit.
    assert_eq!(refused(&plan(&["remark", "order"]), total, memory), None);
    // Texts may come again later: of them, a little more is read.
    let (row, _) =
        refused(&plan(&["remark"]), 64 << 20, 8 << 20).expect("280,000 orders do not fit into 8 MB");
    assert!((8_000..10_000).contains(&row), "refused at row {row}");
    assert_eq!(refused(&plan(&["remark"]), 64 << 20, 32 << 20), None);
    // Where it is not known how much is to come, what is there is what counts.
    let mut unknowing = importer(&plan(&[]));
    unknowing.push((HEADER.to_string() + &rows(0..20_000)).as_bytes()).unwrap();
    assert_eq!(unknowing.rows(), 20_000);
}

#[test]
fn columns_that_grow_as_expected_are_not_moved() {
    let _alone = ALONE.lock();
    let text = HEADER.to_string() + &rows(0..200_000);
    let plan = plan(&["remark"]);
    let taken = |expects: bool| {
        peak(|| {
            let mut importer = importer(&plan);
            if expects {
                importer.expect(text.len() as u64, u64::MAX);
            }
            text.as_bytes().chunks(1 << 18).for_each(|piece| importer.push(piece).unwrap());
            assert_eq!(importer.finish().unwrap().report.used, 200_000);
        })
    };
    let (with, without) = (taken(true), taken(false));
    assert!(with < without, "{with} < {without}");
}
