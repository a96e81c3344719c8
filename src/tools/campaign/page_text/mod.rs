//! The words of the campaign page, in both languages, one struct for each part of the page. A text that is missing in
//! one language does not compile.

mod cells;
mod frame;
mod record;
mod responses;
mod review;
mod roll_out;
mod sample;
mod test;

pub use cells::{CellsWords, cells};
pub use frame::{FrameWords, frame};
pub use record::{RecordWords, record};
pub use responses::{ResponseWords, responses};
pub use review::{ReviewWords, review};
pub use roll_out::{RollOutWords, roll_out};
pub use sample::{SampleWords, sample};
pub use test::{TestWords, test};
