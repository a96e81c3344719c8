//! The tables of contacts and responses: reading, appending, and who was contacted lately.

use proptest::prelude::*;
use quintile::core::contacts::{
    Contact, Contacts, Response, Responses, Wave, append_contacts, campaigns_of, contacted_in,
    last_contact_day, remove_contacts,
};
use quintile::core::dataset::Dataset;
use quintile::core::day::Day;
use quintile::core::dictionary::NO_CODE;
use quintile::core::sample;
use quintile::core::table::{Column, ColumnData, NO_DAY, NO_MONEY, Role, Table, TableKind};
use quintile::core::workspace::SampleId;

fn teaching() -> Dataset {
    sample::make(SampleId::Teaching, sample::SEED, &mut |_| ())
}

fn contact(customer: u32, day: i32, campaign: &'static str, wave: Wave) -> Contact<'static> {
    Contact {
        customer,
        day: Some(Day(day)),
        campaign: Some(campaign),
        wave: Some(wave),
        key_code: Some("K1"),
        cell: Some("555"),
    }
}

fn three_campaigns() -> Dataset {
    let mut data = teaching();
    let first = [contact(1, 100, "Spring", Wave::Test), contact(2, 100, "Spring", Wave::TestControl)];
    let then = [contact(1, 130, "Spring", Wave::RollOut), contact(4, 150, "Summer", Wave::RollOut)];
    let undated = Contact { day: None, ..contact(5, 0, "Autumn", Wave::Other) };
    assert_eq!(append_contacts(&mut data, first), 2);
    assert_eq!(append_contacts(&mut data, then), 2);
    assert_eq!(append_contacts(&mut data, [undated]), 1);
    data
}

#[test]
fn appended_contacts_come_back_as_they_were_given() {
    let data = three_campaigns();
    let contacts = Contacts::of(&data).unwrap();
    assert_eq!(contacts.len(), 5);
    assert_eq!(contacts.get(3), contact(4, 150, "Summer", Wave::RollOut));
    assert_eq!((contacts.get(4).day, contacts.get(4).wave), (None, Some(Wave::Other)));
    assert_eq!(append_contacts(&mut teaching(), []), 0);
    let mut none = teaching();
    append_contacts(&mut none, []);
    assert!(Contacts::of(&none).is_none(), "no rows make no table");
}

#[test]
fn a_wave_can_be_taken_back_with_all_its_columns() {
    let mut data = three_campaigns();
    let is_test = |c: &Contact| c.campaign == Some("Spring") && c.wave != Some(Wave::RollOut);
    assert_eq!(remove_contacts(&mut data, is_test), 2);
    let left: Vec<Contact> = Contacts::of(&data).unwrap().iter().collect();
    assert_eq!(
        left[..2],
        [contact(1, 130, "Spring", Wave::RollOut), contact(4, 150, "Summer", Wave::RollOut)]
    );
    assert_eq!((left.len(), campaigns_of(&data).len()), (3, 3));
    assert_eq!(remove_contacts(&mut data, is_test), 0);
    assert_eq!(remove_contacts(&mut data, |_| true), 3);
    assert!(data.table(TableKind::Contacts).is_none());
    assert_eq!(remove_contacts(&mut data, |_| true), 0);
}

#[test]
fn those_held_back_count_as_not_contacted() {
    let data = three_campaigns();
    let last = last_contact_day(&data);
    assert_eq!(last.len(), 25);
    assert_eq!([last[1], last[2], last[4], last[5]], [Some(Day(130)), None, Some(Day(150)), None]);
    let spring = contacted_in(&data, &["Spring"]);
    assert_eq!([spring[1], spring[2], spring[4]], [true, false, false]);
    assert_eq!(contacted_in(&data, &["Winter"]), vec![false; 25]);
    assert_eq!(last_contact_day(&teaching()), vec![None; 25]);
}

#[test]
fn campaigns_are_in_the_order_of_their_latest_day() {
    let campaigns = campaigns_of(&three_campaigns());
    let told: Vec<_> =
        campaigns.iter().map(|c| (c.name.as_str(), c.period, c.contacted, c.held_back)).collect();
    assert_eq!(
        told,
        [
            ("Summer", Some((Day(150), Day(150))), 1, 0),
            ("Spring", Some((Day(100), Day(130))), 2, 1),
            ("Autumn", None, 1, 0),
        ]
    );
    assert_eq!(campaigns_of(&teaching()), []);
}

#[test]
fn responses_without_customer_day_or_revenue_say_so() {
    let texts = |codes: Vec<u32>, texts: &[&str]| ColumnData::Texts {
        codes,
        dictionary: texts.iter().copied().collect(),
    };
    let columns = vec![
        Column { role: Role::KeyCode, name: "key".into(), data: texts(vec![0, NO_CODE], &["K1"]) },
        Column { role: Role::Date, name: "day".into(), data: ColumnData::Days(vec![NO_DAY, 9]) },
        Column { role: Role::Amount, name: "revenue".into(), data: ColumnData::Money(vec![NO_MONEY, -5]) },
    ];
    let table = Table { kind: TableKind::Responses, customer: vec![NO_CODE, 3], columns };
    let mut data = teaching();
    data.tables.insert(TableKind::Responses, table);
    let found: Vec<Response> = Responses::of(&data).unwrap().iter().collect();
    let none = Response { customer: None, day: None, revenue: None, campaign: None, key_code: None };
    assert_eq!(found[0], Response { key_code: Some("K1"), ..none });
    assert_eq!(found[1], Response { customer: Some(3), day: Some(Day(9)), revenue: Some(-5), ..none });
}

proptest! {
    #[test]
    fn the_last_day_is_that_of_the_latest_contact(
        rows in prop::collection::vec((0_u32..25, 0_i32..50, 0_usize..5), 0..60)
    ) {
        let mut data = teaching();
        let made = |&(customer, day, wave): &(u32, i32, usize)| contact(customer, day, "C", Wave::ALL[wave]);
        append_contacts(&mut data, rows.iter().map(made));
        let last = last_contact_day(&data);
        for customer in 0..25_u32 {
            let days = rows.iter().filter(|row| row.0 == customer && !Wave::ALL[row.2].is_held_back());
            prop_assert_eq!(last[customer as usize], days.map(|row| Day(row.1)).max());
        }
    }
}
