//! Columns as little-endian bytes in checked sections.

use super::manifest::Stream;
use super::{CHUNK, Section, damaged};
use crate::core::dictionary::NO_CODE;
use crate::core::problem::Problem;
use crate::core::table::NO_MONEY;
use std::collections::HashMap;

/// Makes the sections of a dataset, those of one stream in each pass over the dataset.
#[derive(Default)]
pub(super) struct Writer {
    /// The streams made so far, in the order in which a pass comes to them.
    made: Vec<Stream>,
    /// Which stream the pass comes to next.
    next: usize,
    /// The stream of this pass has been made.
    is_done: bool,
    sections: Vec<Section>,
}

impl Writer {
    pub fn begin_pass(&mut self) {
        (self.next, self.is_done) = (0, false);
    }

    /// The sections that the pass has made; `None` when there was nothing left to make.
    pub fn end_pass(&mut self) -> Option<Vec<Section>> {
        self.is_done.then(|| std::mem::take(&mut self.sections))
    }

    /// A stream that is not made in this pass: it has been, or its turn will come.
    fn pass_by(&mut self) -> Option<Stream> {
        let at = self.next;
        self.next += 1;
        match self.made.get(at) {
            Some(stream) => Some(stream.clone()),
            None if self.is_done => Some(Stream::default()),
            None => None,
        }
    }

    fn write<const W: usize, T: Copy>(
        &mut self,
        name: &str,
        values: &[T],
        to_bytes: impl Fn(T) -> [u8; W],
    ) -> Stream {
        let mut chunks = Vec::new();
        for (index, part) in values.chunks(CHUNK / W).enumerate() {
            let mut bytes = vec![0; part.len() * W];
            let (slots, _) = bytes.as_chunks_mut::<W>();
            slots.iter_mut().zip(part).for_each(|(slot, &value)| *slot = to_bytes(value));
            let section = Section::new(format!("{name}.{index}"), bytes);
            chunks.push(section.crc32);
            self.sections.push(section);
        }
        let stream = Stream { name: name.into(), width: W as u8, len: values.len() as u64, chunks };
        self.made.push(stream.clone());
        self.is_done = true;
        stream
    }

    pub fn bytes(&mut self, name: &str, values: &[u8]) -> Stream {
        if let Some(stream) = self.pass_by() {
            return stream;
        }
        self.write(name, values, |value| [value])
    }

    pub fn days(&mut self, name: &str, values: &[i32]) -> Stream {
        if let Some(stream) = self.pass_by() {
            return stream;
        }
        self.write(name, values, i32::to_le_bytes)
    }

    /// Four bytes where all amounts fit; "none" is the smallest number of either width.
    pub fn money(&mut self, name: &str, values: &[i64]) -> Stream {
        if let Some(stream) = self.pass_by() {
            return stream;
        }
        let fits = |v: i64| v == NO_MONEY || i32::try_from(v).is_ok_and(|v| v != i32::MIN);
        if values.iter().all(|&v| fits(v)) {
            let narrow = |v: i64| if v == NO_MONEY { i32::MIN } else { v as i32 };
            self.write(name, values, |v| narrow(v).to_le_bytes())
        } else {
            self.write(name, values, i64::to_le_bytes)
        }
    }

    /// Four bytes where that loses nothing, as with counts.
    pub fn numbers(&mut self, name: &str, values: &[f64]) -> Stream {
        if let Some(stream) = self.pass_by() {
            return stream;
        }
        if values.iter().all(|&v| v.is_nan() || f64::from(v as f32) == v) {
            self.write(name, values, |v| (v as f32).to_le_bytes())
        } else {
            self.write(name, values, f64::to_le_bytes)
        }
    }

    /// One, two or four bytes by the size of the dictionary; "none" is the largest number of each width.
    pub fn codes(&mut self, name: &str, values: &[u32], dictionary_len: usize) -> Stream {
        if let Some(stream) = self.pass_by() {
            return stream;
        }
        match dictionary_len {
            0..=0xff => self.write(name, values, |v| [v as u8]),
            0x100..=0xffff => self.write(name, values, |v| (v as u16).to_le_bytes()),
            _ => self.write(name, values, u32::to_le_bytes),
        }
    }

    /// The lengths of texts that end at these places.
    pub fn lengths(&mut self, name: &str, ends: &[u32]) -> Stream {
        if let Some(stream) = self.pass_by() {
            return stream;
        }
        let starts = std::iter::once(&0).chain(ends);
        let values: &[u32] = &ends.iter().zip(starts).map(|(end, start)| end - start).collect::<Vec<u32>>();
        match values.iter().max().copied().unwrap_or(0) {
            0..=0xff => self.write(name, values, |v| [v as u8]),
            0x100..=0xffff => self.write(name, values, |v| (v as u16).to_le_bytes()),
            _ => self.write(name, values, u32::to_le_bytes),
        }
    }
}

/// Finds and checks the sections of a dataset.
pub(super) struct Reader<'a> {
    sections: HashMap<&'a str, &'a Section>,
}

impl<'a> Reader<'a> {
    pub fn new(sections: &'a [Section]) -> Reader<'a> {
        Reader { sections: sections.iter().map(|section| (section.name.as_str(), section)).collect() }
    }

    pub fn section(&self, name: &str) -> Result<&'a [u8], Problem> {
        self.sections.get(name).ok_or_else(|| damaged(name))?.checked()
    }

    fn read<const W: usize, T>(
        &self,
        stream: &Stream,
        from_bytes: impl Fn([u8; W]) -> T,
    ) -> Result<Vec<T>, Problem> {
        let mut parts = Vec::new();
        for (index, &crc32) in stream.chunks.iter().enumerate() {
            let name = format!("{}.{index}", stream.name);
            let bytes = self.section(&name)?;
            // `section` has compared the bytes with the section's own checksum; this one says it is the right section.
            if self.sections[name.as_str()].crc32 != crc32 || bytes.len() % W != 0 {
                return Err(damaged(&name));
            }
            parts.push(bytes);
        }
        let len = parts.iter().map(|part| part.len() / W).sum::<usize>();
        if len as u64 != stream.len {
            return Err(damaged(&stream.name));
        }
        let mut values = Vec::with_capacity(len);
        parts.iter().for_each(|part| values.extend(part.as_chunks::<W>().0.iter().map(|b| from_bytes(*b))));
        Ok(values)
    }

    pub fn bytes(&self, stream: &Stream) -> Result<Vec<u8>, Problem> {
        match stream.width {
            1 => self.read(stream, |[byte]| byte),
            _ => Err(damaged(&stream.name)),
        }
    }

    pub fn days(&self, stream: &Stream) -> Result<Vec<i32>, Problem> {
        match stream.width {
            4 => self.read(stream, i32::from_le_bytes),
            _ => Err(damaged(&stream.name)),
        }
    }

    pub fn money(&self, stream: &Stream) -> Result<Vec<i64>, Problem> {
        match stream.width {
            4 => self.read(stream, |bytes| match i32::from_le_bytes(bytes) {
                i32::MIN => NO_MONEY,
                value => i64::from(value),
            }),
            8 => self.read(stream, i64::from_le_bytes),
            _ => Err(damaged(&stream.name)),
        }
    }

    pub fn numbers(&self, stream: &Stream) -> Result<Vec<f64>, Problem> {
        match stream.width {
            4 => self.read(stream, |bytes| f64::from(f32::from_le_bytes(bytes))),
            8 => self.read(stream, f64::from_le_bytes),
            _ => Err(damaged(&stream.name)),
        }
    }

    pub fn codes(&self, stream: &Stream, dictionary_len: usize) -> Result<Vec<u32>, Problem> {
        let codes = match stream.width {
            1 => self.read(stream, |[code]| if code == u8::MAX { NO_CODE } else { u32::from(code) }),
            2 => self.read(stream, |bytes| match u16::from_le_bytes(bytes) {
                u16::MAX => NO_CODE,
                code => u32::from(code),
            }),
            4 => self.read(stream, u32::from_le_bytes),
            _ => Err(damaged(&stream.name)),
        }?;
        let known = |&code: &u32| code == NO_CODE || (code as usize) < dictionary_len;
        if codes.iter().all(known) { Ok(codes) } else { Err(damaged(&stream.name)) }
    }

    pub fn lengths(&self, stream: &Stream) -> Result<Vec<u32>, Problem> {
        match stream.width {
            1 => self.read(stream, |[length]| u32::from(length)),
            2 => self.read(stream, |bytes| u32::from(u16::from_le_bytes(bytes))),
            4 => self.read(stream, u32::from_le_bytes),
            _ => Err(damaged(&stream.name)),
        }
    }
}
