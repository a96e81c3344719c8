//! The list of customers in the worker: pages, one customer's purchases, and export of what is selected.

use super::model::{ClassColumn, CustomerRow, List, MeasuresFrom, Selection, SortBy, class_columns, select};
use crate::core::dataset::Dataset;
use crate::core::day::Day;
use crate::core::export::CsvWriter;
use crate::core::grading::Label;
use crate::core::lang::Lang;
use crate::core::money::Currency;
use crate::core::problem::Problem;
use crate::core::summary::{AnalysisFrame, HistoryRow, SummaryError, purchases_of};
use crate::core::table::{Column, ColumnData, NO_DAY, NO_MONEY, TableKind};
use crate::jobs::{Progress, Reply, Session, input};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomersRequest {
    /// `page` counts from 0; a page after the last gives the last.
    Page { selection: Selection, page: u64, page_size: u32 },
    /// One customer, by id.
    Customer { id: String },
    /// All selected customers as a CSV file.
    Export { selection: Selection, lang: Lang },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomersAnswer {
    Page(Page),
    Customer(Box<Customer>),
    NoSuchCustomer {
        id: String,
    },
    /// The bytes of the file come with the reply.
    Exported {
        rows: u64,
    },
    Refused(SummaryError),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub rows: Vec<CustomerRow>,
    /// The published columns of classes, with all their classes to choose from.
    pub classes: Vec<Classes>,
    /// The page that this is.
    pub page: u64,
    pub pages: u64,
    /// Selected customers.
    pub selected: u64,
    /// All customers of the data.
    pub all: u64,
    pub measures_from: MeasuresFrom,
    pub analysis_date: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classes {
    /// The name of the published column.
    pub name: String,
    pub title: Label,
    /// A part of another column: a filter, not a column of the list.
    pub is_part: bool,
    pub labels: Vec<Label>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    pub row: CustomerRow,
    pub classes: Vec<Classes>,
    /// Column names and values of the customer table.
    pub attributes: Vec<(String, String)>,
    /// The latest first.
    pub purchases: Vec<HistoryRow>,
}

/// What is kept while neither the data nor what was published change.
#[derive(Default)]
struct Store {
    /// The published columns with what they were made with.
    published: Option<Vec<(String, String)>>,
    list: List,
    orders: HashMap<(SortBy, bool), Vec<u32>>,
    selected: Option<(Selection, Vec<u32>)>,
}

/// Runs a request as JSON.
pub fn job(session: &mut Session, value: Value, progress: &mut dyn Progress) -> Result<Reply, Problem> {
    let request: CustomersRequest = input(value)?;
    let (answer, bytes) = answer(session, &request, progress)?;
    Ok(match bytes {
        Some(bytes) => Reply::file(&answer, bytes),
        None => Reply::of(&answer),
    })
}

/// Runs a request in a session; an export also gives the bytes of the file.
pub fn answer(
    session: &mut Session,
    request: &CustomersRequest,
    progress: &mut dyn Progress,
) -> Result<(CustomersAnswer, Option<Vec<u8>>), Problem> {
    if session.dataset.is_empty() {
        return Err(Problem::NoData);
    }
    if !session.dataset.tables.keys().any(|kind| kind.is_customer_data()) {
        let needed = TableKind::ALL.into_iter().filter(|kind| kind.is_customer_data()).collect();
        return Err(Problem::NoTable { needed });
    }
    let mut store: Store = session.take();
    let result = refresh(session, &mut store).and_then(|()| {
        progress.report(0.5);
        reply(session, &mut store, request)
    });
    session.keep(store);
    Ok(result.unwrap_or_else(|error| (CustomersAnswer::Refused(error), None)))
}

/// Starts the list anew when something else was published.
fn refresh(session: &Session, store: &mut Store) -> Result<(), SummaryError> {
    let gradings = &session.dataset.gradings;
    let made_with = |name: &str| gradings.get(name).map(|g| g.made_with.clone()).unwrap_or_default();
    let published: Vec<(String, String)> =
        gradings.names().map(|name| (name.to_string(), made_with(name))).collect();
    if store.published.as_ref() != Some(&published) {
        *store = Store { list: List::new(&session.dataset, &session.rules)?, ..Store::default() };
        store.published = Some(published);
    }
    Ok(())
}

fn reply(
    session: &Session,
    store: &mut Store,
    request: &CustomersRequest,
) -> Result<(CustomersAnswer, Option<Vec<u8>>), SummaryError> {
    let dataset = &session.dataset;
    match request {
        CustomersRequest::Page { selection, page, page_size } => {
            choose(dataset, store, selection);
            Ok((CustomersAnswer::Page(page_of(dataset, store, *page, *page_size)), None))
        }
        CustomersRequest::Customer { id } => {
            let found = dataset.customers.find(id).filter(|&code| store.list.contains(dataset, code));
            let Some(code) = found else {
                return Ok((CustomersAnswer::NoSuchCustomer { id: id.clone() }, None));
            };
            let customer = Customer {
                row: store.list.row(dataset, code),
                classes: classes(dataset),
                attributes: attributes(dataset, code, &session.currency),
                purchases: purchases_of(dataset, code, &session.rules, &AnalysisFrame::default())?,
            };
            Ok((CustomersAnswer::Customer(Box::new(customer)), None))
        }
        CustomersRequest::Export { selection, lang } => {
            choose(dataset, store, selection);
            let selected = store.selected.as_ref().map_or(&[][..], |(_, customers)| customers);
            let bytes = export(session, &store.list, selected, *lang);
            Ok((CustomersAnswer::Exported { rows: selected.len() as u64 }, Some(bytes)))
        }
    }
}

/// Brings `store.selected` up to a selection.
fn choose(dataset: &Dataset, store: &mut Store, selection: &Selection) {
    if store.selected.as_ref().is_some_and(|(known, _)| known == selection) {
        return;
    }
    let list = &store.list;
    let key = (selection.sort.clone(), selection.descending);
    let order =
        store.orders.entry(key).or_insert_with(|| list.order(dataset, &selection.sort, selection.descending));
    store.selected = Some((selection.clone(), select(dataset, order, selection)));
}

fn page_of(dataset: &Dataset, store: &Store, page: u64, page_size: u32) -> Page {
    let selected = store.selected.as_ref().map_or(&[][..], |(_, customers)| customers);
    let size = u64::from(page_size.clamp(1, 1_000));
    let pages = (selected.len() as u64).div_ceil(size).max(1);
    let page = page.min(pages - 1);
    let rows = selected.iter().skip((page * size) as usize).take(size as usize);
    Page {
        rows: rows.map(|&customer| store.list.row(dataset, customer)).collect(),
        classes: classes(dataset),
        page,
        pages,
        selected: selected.len() as u64,
        all: store.list.len() as u64,
        measures_from: store.list.from,
        analysis_date: store.list.analysis_date,
    }
}

fn classes(dataset: &Dataset) -> Vec<Classes> {
    let columns = class_columns(dataset);
    let classes = |c: ClassColumn<'_>| Classes {
        name: c.name.to_string(),
        title: c.title.clone(),
        is_part: c.is_part,
        labels: c.labels.to_vec(),
    };
    columns.map(classes).collect()
}

fn attributes(dataset: &Dataset, customer: u32, currency: &Currency) -> Vec<(String, String)> {
    let Some(table) = dataset.table(TableKind::Customers) else { return Vec::new() };
    let rows = (0..table.rows()).filter(|&row| table.customer[row] == customer);
    rows.flat_map(|row| {
        let value = |column: &Column| Some((column.name.clone(), cell(column, row, currency)?));
        table.columns.iter().filter_map(value).collect::<Vec<_>>()
    })
    .collect()
}

fn cell(column: &Column, row: usize, currency: &Currency) -> Option<String> {
    match &column.data {
        ColumnData::Days(days) => {
            Some(days[row]).filter(|&day| day != NO_DAY).map(|day| Day(day).to_string())
        }
        ColumnData::Money(money) => Some(money[row]).filter(|&m| m != NO_MONEY).map(|m| currency.decimal(m)),
        ColumnData::Texts { .. } => column.data.text(row).map(str::to_string),
        ColumnData::Numbers(_) => column.data.number(row).map(|number| number.to_string()),
    }
}

fn export(session: &Session, list: &List, selected: &[u32], lang: Lang) -> Vec<u8> {
    let dataset = &session.dataset;
    let columns: Vec<_> = class_columns(dataset).collect();
    let mut csv = CsvWriter::new();
    let fixed = lang.pick(
        ["Customer", "Last purchase", "Days since last purchase", "Purchases", "Total spend"],
        ["顧客編號", "最近購買日期", "距上次購買天數", "購買次數", "消費總額"],
    );
    csv.header(fixed.into_iter().chain(columns.iter().map(|column| column.title.get(lang))));
    for &customer in selected {
        let row = list.row(dataset, customer);
        csv.text(&row.id).day(row.last_purchase);
        for measure in [row.days_since, row.frequency] {
            match measure {
                Some(value) => csv.integer(value),
                None => csv.empty(),
            };
        }
        csv.money(row.monetary, &session.currency);
        for label in &row.classes {
            csv.text(label.as_ref().map_or("", |label| label.get(lang)));
        }
        csv.end_row();
    }
    csv.finish()
}

/// A request for the teaching sample.
pub fn demo() -> Value {
    let selection = Selection { sort: SortBy::Monetary, descending: true, ..Selection::default() };
    let request = CustomersRequest::Page { selection, page: 0, page_size: 20 };
    serde_json::to_value(request).expect("a request is JSON")
}
