//! A campaign from its options and the data, step by step: each step rests on the one before it.

use super::answer::{CellReview, CellRollOut, Refusal, ReviewSums, RollOutSums, TestSums, Warning};
use super::cells::{Cells, NO_CELL};
use super::guard::{held_back, undated};
use super::key_codes;
use super::options::{CampaignOptions, GROUPS, Responses};
use super::projection::Projection;
use super::recorded::Recorded;
use super::responses::{Answers, Mailing, Standing, answers};
use super::review::{Expected, review};
use super::roll_out::{self, Fate, RollOut, true_responses};
use super::sampling::{Part, Sample};
use super::test::{self, Tested};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::money::Currency;
use crate::core::table::TableKind;

/// What a campaign is made from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub dataset: &'a Dataset,
    pub currency: &'a Currency,
    pub options: &'a CampaignOptions,
    /// All customer codes in the order of their ids.
    pub by_id: &'a [u32],
    /// The true response rates by customer code, where a generated sample knows them.
    pub rates: Option<&'a [f64]>,
}

/// Cells and sample.
pub struct Campaign<'a> {
    pub given: Given<'a>,
    pub recorded: Recorded<'a>,
    pub cells: Cells,
    pub sample: Sample,
    /// What is printed on the pieces, by cell.
    pub test_codes: Vec<String>,
    pub roll_out_codes: Vec<String>,
}

/// The test with its answers.
pub struct TestStep {
    pub answers: Answers,
    pub tested: Tested,
    pub sums: TestSums,
}

pub struct RollOutStep {
    pub roll_out: RollOut,
    pub projection: Projection,
    pub rows: Vec<Option<CellRollOut>>,
    pub sums: RollOutSums,
}

pub struct ReviewStep {
    pub rows: Vec<Option<CellReview>>,
    pub sums: ReviewSums,
}

impl<'a> Campaign<'a> {
    /// # Errors
    /// No such cells, or an interval that cannot be sampled with.
    pub fn new(given: Given<'a>) -> Result<Campaign<'a>, Refusal> {
        let Given { dataset, options, by_id, .. } = given;
        let recorded = Recorded::kept(dataset, options);
        // A stored record may say anything.
        let groups = options.groups.clamp(*GROUPS.start(), *GROUPS.end());
        let cells = Cells::of(&dataset.gradings, &options.cells_from, groups, by_id, &recorded.cells());
        let has = |kind| dataset.table(kind).is_some();
        let cells = cells.map_err(|refusal| match refusal {
            Refusal::NoCells { .. } if !has(TableKind::Transactions) && !has(TableKind::Summary) => {
                Refusal::NoMeasures
            }
            refusal => refusal,
        })?;
        let sample = match recorded.test.as_slice() {
            [] => Sample::draw(&cells, options)?,
            test => {
                let mut part = vec![Part::Rest; cells.cell.len()];
                for &(customer, was, _) in test {
                    part[customer as usize] = was;
                }
                Sample::of_parts(&cells, part, 1)
            }
        };
        let stems = key_codes::stems(&cells.labels);
        let codes = |known: &std::collections::BTreeMap<&str, &str>, make: fn(&str) -> String| {
            let code = |(label, stem): (&crate::core::grading::Label, &String)| {
                known.get(label.en.as_str()).map_or_else(|| make(stem), |code| code.to_string())
            };
            cells.labels.iter().zip(&stems).map(code).collect::<Vec<_>>()
        };
        let test_codes = codes(&recorded.test_codes, key_codes::test);
        let roll_out_codes = codes(&recorded.roll_out_codes, key_codes::roll_out);
        Ok(Campaign { given, recorded, cells, sample, test_codes, roll_out_codes })
    }

    /// The day of the recorded test.
    pub fn tested_on(&self) -> Option<Day> {
        let kept = self.given.options.kept_test.as_ref().filter(|_| !self.recorded.test.is_empty());
        kept.map(|kept| kept.on)
    }

    /// The day of the recorded roll-out.
    pub fn rolled_out_on(&self) -> Option<Day> {
        let kept = self.given.options.kept_roll_out.as_ref().filter(|_| !self.recorded.roll_out.is_empty());
        kept.map(|kept| kept.on)
    }

    /// The customers of recorded cells whose label the column no longer has, and who have no cell at all.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut found = Vec::new();
        if self.cells.gone > 0 {
            found.push(Warning::CellsChanged { labels_gone: self.cells.gone as u64 });
        }
        let options = self.given.options;
        if options.kept_test.is_some() && self.recorded.test.is_empty() {
            found.push(Warning::TestGone);
        } else if options.kept_roll_out.is_some() && self.recorded.roll_out.is_empty() {
            found.push(Warning::RollOutGone);
        }
        let mut known = self.given.dataset.in_customer_data();
        let recorded = self.recorded.test.iter().map(|row| row.0);
        recorded
            .chain(self.recorded.roll_out.iter().map(|row| row.0))
            .for_each(|code| known[code as usize] = true);
        let outside = self.cells.cell.iter().zip(known).filter(|(cell, known)| **cell == NO_CELL && *known);
        let customers = outside.count() as u64;
        if customers > 0 {
            found.push(Warning::OutsideCells { customers });
        }
        if self.sample.tested.iter().all(|&tested| tested == 0) {
            found.push(Warning::EmptySample);
        }
        let guard = self.given.options.guard;
        let guarded = guard.days.is_some() || guard.campaigns.is_some();
        if guarded && self.given.dataset.table(TableKind::Contacts).is_none() {
            found.push(Warning::GuardWithoutContacts);
        }
        let contacts = undated(self.given.dataset, self.given.options);
        if contacts > 0 {
            found.push(Warning::GuardUndated { contacts });
        }
        let by_hand = self.given.options.by_hand.keys();
        let labels: Vec<String> = by_hand.filter(|label| self.cells.find(label).is_none()).cloned().collect();
        if !labels.is_empty() {
            found.push(Warning::ByHandUnknown { labels });
        }
        found
    }

    fn standings(&self, of: impl Fn(usize, Part) -> Standing) -> Vec<Standing> {
        self.sample.part.iter().enumerate().map(|(customer, &part)| of(customer, part)).collect()
    }

    /// The test, once it is counted and costs can be used. Adds what to know before trusting it.
    pub fn test(&self, warnings: &mut Vec<Warning>) -> Option<TestStep> {
        let Given { dataset, options, rates, .. } = self.given;
        let mut standing = self.standings(|customer, part| match part {
            _ if self.cells.cell[customer] == NO_CELL => Standing::NotMailed,
            Part::Tested => Standing::Mailed,
            Part::Control => Standing::Control,
            Part::Rest => Standing::NotMailed,
        });
        for &(customer, _) in &self.recorded.roll_out {
            // Who is in the lists of both waves was tested, and answers to the test: as in the roll-out's fates.
            let standing = &mut standing[customer as usize];
            if *standing == Standing::NotMailed {
                *standing = Standing::OtherWave;
            }
        }
        let mailing = Mailing {
            name: &options.name,
            cells: &self.cells,
            standing: &standing,
            mailed: &self.sample.tested,
            control: &self.sample.control,
            key_codes: &self.test_codes,
            other_key_codes: &self.roll_out_codes,
            on: self.tested_on().or(self.recorded.test_on),
            // A roll-out of the same day tells nothing of which wave a purchase belongs to.
            next_on: self.rolled_out_on().filter(|&on| Some(on) > self.tested_on()),
        };
        let answers = self.answers(&options.responses, &mailing, warnings)?;
        let economics = options.economics().ok()?;
        let means = rates.map(|rates| self.true_means(rates));
        let tested = Tested::judge(&self.cells, &answers, options, economics, means.as_deref())?;
        warnings.extend(test::warnings(&tested, &answers));
        debug_assert_eq!(dataset.customers.len(), standing.len());
        let sums = test::sums(&self.cells, &tested, &answers);
        Some(TestStep { answers, tested, sums })
    }

    fn answers(&self, from: &Responses, mailing: &Mailing, warnings: &mut Vec<Warning>) -> Option<Answers> {
        match answers(from, mailing, self.given.dataset, self.given.rates) {
            Ok(answers) => answers,
            Err(warning) => {
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
                None
            }
        }
    }

    /// The mean true rate of each cell's customers.
    fn true_means(&self, rates: &[f64]) -> Vec<Option<f64>> {
        let sums = true_responses(&self.cells, rates, |_| true);
        let sizes = (0..self.cells.count()).map(|cell| self.cells.customers(cell).len());
        sums.iter().zip(sizes).map(|(sum, size)| (size > 0).then(|| sum / size as f64)).collect()
    }

    /// Who would be mailed, and what it is expected to bring.
    pub fn roll_out(&self, test: &TestStep) -> Option<RollOutStep> {
        let Given { dataset, options, rates, currency, .. } = self.given;
        let kept_on = self.rolled_out_on();
        let roll_out = match kept_on {
            Some(_) => {
                let customers: Vec<u32> =
                    self.recorded.roll_out.iter().map(|&(customer, _)| customer).collect();
                RollOut::recorded(&self.cells, &self.sample, &customers)
            }
            None => RollOut::of(&self.cells, &self.sample, &test.tested.mailed, &held_back(dataset, options)),
        };
        let projection = Projection::of(&test.tested)?;
        let is_mailed = |customer: usize| roll_out.fate[customer] == Fate::RollOut;
        let truth = rates.map(|rates| true_responses(&self.cells, rates, is_mailed));
        let rows = roll_out::cells(&roll_out, &test.tested, &projection, truth.as_deref());
        let revenue = test.answers.all_revenue().filter(|_| test.sums.responses > 0);
        let revenue = revenue.map(|minor| currency.to_units(minor) / test.sums.responses as f64);
        let is_true = truth.is_some();
        let mut sums =
            roll_out::sums(&roll_out, &self.sample, &test.tested, &projection, &rows, revenue, is_true);
        sums.kept_on = kept_on;
        Some(RollOutStep { roll_out, projection, rows, sums })
    }

    /// What the roll-out brought, once its answers are there.
    pub fn review(&self, step: &RollOutStep, warnings: &mut Vec<Warning>) -> Option<ReviewStep> {
        let options = self.given.options;
        let fate = &step.roll_out.fate;
        let mailed = &step.roll_out.mailed;
        let standing = self.standings(|customer, _| match fate[customer] {
            Fate::RollOut => Standing::Mailed,
            Fate::Control if mailed[usize::from(self.cells.cell[customer])] > 0 => Standing::Control,
            Fate::Tested => Standing::OtherWave,
            _ => Standing::NotMailed,
        });
        let of_mailed = |(&control, &mailed): (&u64, &u64)| if mailed > 0 { control } else { 0 };
        let control: Vec<u64> = self.sample.control.iter().zip(mailed).map(of_mailed).collect();
        let mailing = Mailing {
            name: &options.name,
            cells: &self.cells,
            standing: &standing,
            mailed,
            control: &control,
            key_codes: &self.roll_out_codes,
            other_key_codes: &self.test_codes,
            on: self.rolled_out_on(),
            next_on: None,
        };
        let answers = self.answers(&options.review, &mailing, warnings)?;
        for warning in &answers.warnings {
            if !warnings.contains(warning) {
                warnings.push(warning.clone());
            }
        }
        let kept = options.kept_roll_out.as_ref().filter(|_| step.sums.kept_on.is_some());
        let live = || Expected::live(step.projection.economics, &step.rows, &step.sums);
        let expected = kept.and_then(|kept| Expected::kept(kept, &self.cells)).unwrap_or_else(live);
        let (rows, sums) = review(&expected, &answers, options.confidence);
        Some(ReviewStep { rows, sums })
    }
}
