//! Whole files through preview and import.

mod campaign_lists;
mod encodings;
mod files;
mod guesses;
mod properties;
mod rows;

use encoding_rs::{BIG5, CoderResult, GB18030};
use quintile::core::dictionary::Dictionary;
use quintile::core::import::{
    self, Encoding, FileProblem, ForeignDecoder, Imported, Importer, Overrides, Plan, Preview,
};
use quintile::core::money::Currency;
use quintile::core::table::Role;

/// What a browser's `TextDecoder` does in the stream.
struct StreamDecoder(encoding_rs::Decoder);

impl ForeignDecoder for StreamDecoder {
    fn decode(&mut self, mut bytes: &[u8], last: bool, out: &mut String) -> usize {
        let before = out.len();
        loop {
            out.reserve(bytes.len() * 3 + 16);
            let (result, read, _) = self.0.decode_to_string(bytes, out, last);
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return out[before..].matches('\u{fffd}').count();
            }
        }
    }
}

fn decoder(encoding: Encoding) -> Option<Box<dyn ForeignDecoder>> {
    let encoding = match encoding {
        Encoding::Big5 => BIG5,
        Encoding::Gb18030 => GB18030,
        _ => return None,
    };
    Some(Box::new(StreamDecoder(encoding.new_decoder_without_bom_handling())))
}

fn preview(file: &[u8]) -> Preview {
    import::preview(file, true, &Overrides::default(), &decoder).unwrap()
}

fn import_in_pieces(plan: &Plan, file: &[u8], piece: usize) -> Result<Imported, FileProblem> {
    let decoder = decoder(plan.encoding);
    let mut importer =
        Importer::new(plan.clone(), &Currency::default(), Dictionary::default(), [9; 16], decoder).unwrap();
    for part in file.chunks(piece) {
        importer.push(part)?;
    }
    importer.finish()
}

fn import_as_guessed(file: &[u8]) -> Imported {
    let plan = preview(file).plan;
    assert_eq!(plan.problems(), []);
    import_in_pieces(&plan, file, 1 << 16).unwrap()
}

fn roles(preview: &Preview) -> Vec<Option<Role>> {
    preview.plan.columns.iter().map(|column| column.role).collect()
}

/// Everything a table holds, as text.
fn cells(imported: &Imported) -> Vec<String> {
    let Imported { table, customers, .. } = imported;
    let row = |row: usize| {
        let name = customers.get(table.customer[row]).to_string();
        let cell = |column: &quintile::core::table::Column| match &column.data {
            quintile::core::table::ColumnData::Days(days) => days[row].to_string(),
            quintile::core::table::ColumnData::Money(money) => money[row].to_string(),
            data => format!("{:?} {:?}", data.text(row), data.number(row)),
        };
        [name].into_iter().chain(table.columns.iter().map(cell)).collect::<Vec<_>>().join("|")
    };
    (0..table.rows()).map(row).collect()
}

const ORDERS: &str = "會員編號,訂單編號,交易日期,實付金額,商品名稱,門市\r\n\
    A001,T1,2024-02-29,\"1,200\",綠茶(大),台北門市\r\n\
    A002,T2,2024-03-01,350.5,\"紅茶, 無糖\",高雄門市\r\n\
    A001,T3,2024-03-02,-80,退貨,台北門市\r\n";
