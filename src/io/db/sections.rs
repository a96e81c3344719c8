//! What the worker stores and reads: the sections of datasets.

use super::{Database, SECTIONS, all, problem, range, write};
use crate::core::codec::Section;
use crate::core::problem::Problem;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// Writes sections of a dataset. Call it as often as sections come; nothing points at them yet.
pub async fn put_sections(db: &Database, id: &str, sections: &[Section]) -> Result<(), Problem> {
    let size = sections.iter().map(|section| section.bytes.len() as u64).sum();
    write(db, SECTIONS, size, |store| {
        for section in sections {
            // The checksum stands before the bytes.
            let value = Uint8Array::new_with_length(section.bytes.len() as u32 + 4);
            value.subarray(0, 4).copy_from(&section.crc32.to_le_bytes());
            value.subarray(4, value.length()).copy_from(&section.bytes);
            store.put_with_key(&value, &format!("{id}/{}", section.name).into())?;
        }
        Ok(())
    })
    .await
}

/// Every section of a dataset.
pub async fn sections(db: &Database, id: &str) -> Result<Vec<Section>, Problem> {
    let found = all(db, SECTIONS, Some(range(id).map_err(|error| problem(&error, 0))?)).await?;
    let section = |(key, value): (String, JsValue)| {
        let name = key[id.len() + 1..].to_string();
        match value.dyn_into::<Uint8Array>() {
            Ok(value) if value.length() >= 4 => {
                let mut crc = [0; 4];
                value.subarray(0, 4).copy_to(&mut crc);
                let bytes = value.subarray(4, value.length()).to_vec();
                Ok(Section { name, bytes, crc32: u32::from_le_bytes(crc) })
            }
            _ => Err(Problem::Damaged { part: name }),
        }
    };
    found.into_iter().map(section).collect()
}
