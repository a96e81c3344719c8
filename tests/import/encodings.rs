//! The same table in every encoding, and damage told.

use crate::{ORDERS, cells, decoder, import_as_guessed, import_in_pieces, preview};
use encoding_rs::{BIG5, GB18030};
use quintile::core::import::preview::Question;
use quintile::core::import::{self, Encoding, FileProblem, Note, Overrides};
use quintile::core::table::Role;

#[test]
fn the_same_rows_in_every_encoding_give_the_same_table() {
    let expected = import_as_guessed(ORDERS.as_bytes());
    assert_eq!(expected.report.used, 3);
    assert_eq!(expected.table.money(Role::Amount).unwrap(), [120_000, 35_050, -8_000]);
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { ORDERS.encode_utf16().flat_map(bytes).collect() };
    let files: Vec<(Encoding, Vec<u8>)> = vec![
        (Encoding::Utf8, ["\u{feff}".as_bytes(), ORDERS.as_bytes()].concat()),
        (Encoding::Utf16Le, [&b"\xff\xfe"[..], &utf16(u16::to_le_bytes)].concat()),
        (Encoding::Utf16Be, [&b"\xfe\xff"[..], &utf16(u16::to_be_bytes)].concat()),
        (Encoding::Utf16Le, utf16(u16::to_le_bytes)),
        (Encoding::Utf16Be, utf16(u16::to_be_bytes)),
        (Encoding::Big5, BIG5.encode(ORDERS).0.into_owned()),
        (Encoding::Gb18030, GB18030.encode(ORDERS).0.into_owned()),
    ];
    for (encoding, file) in files {
        let preview = preview(&file);
        assert_eq!(preview.encoding.encoding, encoding);
        assert_eq!(preview.encoding.sure, !encoding.is_foreign() && preview.encoding.bom_len > 0);
        for piece in [1, 2, 3, 7, 1 << 16] {
            let imported = import_in_pieces(&preview.plan, &file, piece).unwrap();
            assert_eq!(cells(&imported), cells(&expected), "{encoding:?} in pieces of {piece}");
            assert_eq!(imported.report.notes, []);
        }
    }
}

#[test]
fn an_uncertain_encoding_is_asked_with_the_other_ones() {
    let guess = preview(&BIG5.encode(ORDERS).0);
    let asked = guess.questions.iter().find_map(|question| match question {
        Question::Encoding { guessed, alternatives } => {
            Some((*guessed, alternatives.contains(&Encoding::Gb18030)))
        }
        _ => None,
    });
    assert_eq!(asked, Some((Encoding::Big5, true)));
    let overrides = Overrides { encoding: Some(Encoding::Gb18030), ..Overrides::default() };
    let other = import::preview(&BIG5.encode(ORDERS).0, true, &overrides, &decoder).unwrap();
    assert_eq!((other.plan.encoding, other.encoding.sure), (Encoding::Gb18030, true));
    let none = import::preview(&BIG5.encode(ORDERS).0, true, &Overrides::default(), &|_| None);
    assert_eq!(none.unwrap_err(), FileProblem::NoDecoder { encoding: Encoding::Big5 });
}

#[test]
fn damaged_characters_are_counted_with_their_first_line() {
    let imported = import_as_guessed(
        "customer,date,amount\n王,2024-01-01,5\n李小明大王,2024-01-01,5\n"
            .as_bytes()
            .iter()
            .copied()
            .chain(*b"A\xff,2024-01-02,5\n")
            .collect::<Vec<u8>>()
            .as_slice(),
    );
    assert_eq!(imported.report.notes, [Note::ReplacedCharacters { count: 1, first_line: 4 }]);
    assert_eq!(imported.customers.get(2), "A\u{fffd}");
}
