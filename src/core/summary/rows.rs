//! How each row of a transaction table is treated under the purchase rules.

use super::duplicates::duplicate_rows;
use super::{RowUse, SummaryError};
use crate::core::dictionary::NO_CODE;
use crate::core::rules::{AfterAnalysisDate, Duplicates, PurchaseRules, Refunds, ZeroAmounts};
use crate::core::table::{NO_DAY, NO_MONEY, Role, Table, TableKind};
use serde::{Deserialize, Serialize};

/// What a row of a transaction table is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// It counts as (part of) a purchase.
    Purchase,
    /// Its money is taken off; it is no purchase.
    RefundNetted,
    RefundIgnored,
    ZeroIgnored,
    DuplicateIgnored,
    AfterAnalysisDate,
    NoCustomer,
    NoDate,
    NoAmount,
}

impl RowUse {
    pub(super) fn count(&mut self, treatment: Treatment) {
        self.read += 1;
        match treatment {
            Treatment::Purchase => self.used += 1,
            Treatment::RefundNetted => {
                self.used += 1;
                self.refunds_netted += 1;
            }
            Treatment::RefundIgnored => self.refunds_ignored += 1,
            Treatment::ZeroIgnored => self.zero_ignored += 1,
            Treatment::DuplicateIgnored => self.duplicates += 1,
            Treatment::AfterAnalysisDate => self.after_analysis_date += 1,
            Treatment::NoCustomer => self.without_customer += 1,
            Treatment::NoDate => self.without_date += 1,
            Treatment::NoAmount => self.without_amount += 1,
        }
    }
}

/// The columns that decide, and the rules.
pub(super) struct Rows<'a> {
    pub customer: &'a [u32],
    pub days: &'a [i32],
    pub amounts: &'a [i64],
    rules: &'a PurchaseRules,
    /// Days after this one lie in the future.
    pub analysis_day: i32,
    duplicate: Vec<bool>,
}

impl<'a> Rows<'a> {
    /// `analysis_day` defaults to the last day in the table.
    pub fn of(
        table: &'a Table,
        rules: &'a PurchaseRules,
        analysis_day: Option<i32>,
    ) -> Result<Rows<'a>, SummaryError> {
        let lacks = |role| SummaryError::NoColumn { table: TableKind::Transactions, any_of: vec![role] };
        let days = table.days(Role::Date).ok_or_else(|| lacks(Role::Date))?;
        let amounts = table.money(Role::Amount).ok_or_else(|| lacks(Role::Amount))?;
        let last_day = || days.iter().copied().max().unwrap_or(NO_DAY);
        let duplicate =
            if rules.duplicates == Duplicates::Ignore { duplicate_rows(table) } else { Vec::new() };
        let analysis_day = analysis_day.unwrap_or_else(last_day);
        Ok(Rows { customer: &table.customer, days, amounts, rules, analysis_day, duplicate })
    }

    pub fn len(&self) -> usize {
        self.customer.len()
    }

    /// The day of a row, not after the analysis date.
    pub fn day(&self, row: usize) -> i32 {
        self.days[row].min(self.analysis_day)
    }

    pub fn treatment(&self, row: usize) -> Treatment {
        let amount = self.amounts[row];
        if self.customer[row] == NO_CODE {
            Treatment::NoCustomer
        } else if self.days[row] == NO_DAY {
            Treatment::NoDate
        } else if amount == NO_MONEY {
            Treatment::NoAmount
        } else if self.days[row] > self.analysis_day
            && self.rules.after_analysis_date == AfterAnalysisDate::Ignore
        {
            Treatment::AfterAnalysisDate
        } else if self.duplicate.get(row) == Some(&true) {
            Treatment::DuplicateIgnored
        } else if amount > 0 || (amount == 0 && self.rules.zero_amounts == ZeroAmounts::Count) {
            Treatment::Purchase
        } else if amount == 0 {
            Treatment::ZeroIgnored
        } else if self.rules.refunds == Refunds::Net {
            Treatment::RefundNetted
        } else {
            Treatment::RefundIgnored
        }
    }
}
