//! The change log: every edit is a change with its inverse.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many steps can be undone.
pub const LIMIT: usize = 200;

/// A record before and after an edit; the inverse is the two exchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub key: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// Changes of one burst undo together: what is typed into a field, or several records that belong together.
    burst: Option<u64>,
}

/// Changes done, and those undone that can be done again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangeLog {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Another one with every change, undo and redo: what was computed at an older revision is stale.
    pub revision: u64,
}

impl ChangeLog {
    /// Sets `records[key]` (removes it when `after` is `None` or null, which JSON cannot tell apart) and remembers how
    /// to take it back.
    pub fn record(
        &mut self,
        records: &mut BTreeMap<String, Value>,
        key: &str,
        after: Option<Value>,
        burst: Option<u64>,
    ) {
        let is_set = |value: &Value| !value.is_null();
        let (before, after) = (records.get(key).cloned().filter(is_set), after.filter(is_set));
        if before == after {
            return;
        }
        put(records, key, after.clone());
        self.revision = self.revision.wrapping_add(1);
        self.undone.clear();
        if let Some(last) = self.done.last_mut()
            && burst.is_some()
            && last.burst == burst
            && last.key == key
        {
            // What was typed and taken back within the burst is no step.
            if last.before == after {
                self.done.pop();
            } else {
                last.after = after;
            }
            return;
        }
        self.done.push(Change { key: key.into(), before, after, burst });
        self.forget_beyond_limit();
    }

    /// Whole steps are forgotten: half of one would lead to records that never were together.
    fn forget_beyond_limit(&mut self) {
        let begins: Vec<usize> = (0..self.done.len())
            .filter(|&at| at == 0 || !same_step(&self.done[at - 1], &self.done[at]))
            .collect();
        if begins.len() > LIMIT {
            self.done.drain(..begins[begins.len() - LIMIT]);
        }
    }

    /// Takes the last step back and names its records; none when there is nothing to undo.
    pub fn undo(&mut self, records: &mut BTreeMap<String, Value>) -> Vec<String> {
        let step = take_step(&mut self.done);
        for change in &step {
            put(records, &change.key, change.before.clone());
        }
        self.moved(&step);
        let keys = step.iter().map(|change| change.key.clone()).collect();
        self.undone.extend(step);
        keys
    }

    /// Does the last undone step again and names its records.
    pub fn redo(&mut self, records: &mut BTreeMap<String, Value>) -> Vec<String> {
        let step = take_step(&mut self.undone);
        for change in &step {
            put(records, &change.key, change.after.clone());
        }
        self.moved(&step);
        let keys = step.iter().map(|change| change.key.clone()).collect();
        self.done.extend(step);
        keys
    }

    fn moved(&mut self, step: &[Change]) {
        self.revision = self.revision.wrapping_add(u64::from(!step.is_empty()));
    }

    /// What was undone cannot be done again.
    pub fn forget_undone(&mut self) {
        self.undone.clear();
    }

    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Every value that a record has had within the reach of undo and redo.
    pub fn values_of<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Value> {
        let changes = self.done.iter().chain(&self.undone);
        changes.filter(move |c| c.key == key).flat_map(|c| c.before.iter().chain(&c.after))
    }
}

/// The changes of the last step, the latest first.
fn take_step(changes: &mut Vec<Change>) -> Vec<Change> {
    let mut step: Vec<Change> = changes.pop().into_iter().collect();
    while let (Some(last), Some(next)) = (step.first(), changes.last())
        && same_step(last, next)
    {
        step.extend(changes.pop());
    }
    step
}

fn same_step(a: &Change, b: &Change) -> bool {
    a.burst.is_some() && a.burst == b.burst
}

fn put(records: &mut BTreeMap<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => records.insert(key.into(), value),
        None => records.remove(key),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(log: &mut ChangeLog, records: &mut BTreeMap<String, Value>, value: i32, burst: Option<u64>) {
        log.record(records, "rfm", Some(Value::from(value)), burst);
    }

    #[test]
    fn undo_and_redo_walk_the_same_states() {
        let (mut log, mut records) = (ChangeLog::default(), BTreeMap::new());
        (1..=3).for_each(|v| set(&mut log, &mut records, v, None));
        assert_eq!(log.undo(&mut records), ["rfm"]);
        assert_eq!(records["rfm"], 2);
        log.undo(&mut records);
        log.undo(&mut records);
        assert!(records.is_empty() && !log.can_undo());
        while !log.redo(&mut records).is_empty() {}
        assert_eq!(records["rfm"], 3);
    }

    #[test]
    fn one_burst_of_typing_is_one_step() {
        let (mut log, mut records) = (ChangeLog::default(), BTreeMap::new());
        set(&mut log, &mut records, 1, None);
        [12, 123, 1234].into_iter().for_each(|v| set(&mut log, &mut records, v, Some(7)));
        log.undo(&mut records);
        assert_eq!(records["rfm"], 1);
    }

    #[test]
    fn records_changed_in_one_burst_are_one_step_both_ways() {
        let (mut log, mut records) = (ChangeLog::default(), BTreeMap::new());
        for key in ["name", "source"] {
            log.record(&mut records, key, Some(Value::from(key)), Some(7));
        }
        assert_eq!(log.undo(&mut records), ["source", "name"]);
        assert!(records.is_empty() && !log.can_undo());
        assert_eq!(log.redo(&mut records), ["name", "source"]);
        assert_eq!((records.len(), log.can_redo()), (2, false));
    }

    #[test]
    fn the_oldest_step_is_forgotten_beyond_the_limit() {
        let (mut log, mut records) = (ChangeLog::default(), BTreeMap::new());
        (0..LIMIT as i32 + 5).for_each(|v| set(&mut log, &mut records, v, None));
        let mut steps = 0;
        while !log.undo(&mut records).is_empty() {
            steps += 1;
        }
        assert_eq!((steps, &records["rfm"]), (LIMIT, &Value::from(4)));
    }

    #[test]
    fn steps_of_several_records_are_forgotten_as_a_whole() {
        let (mut log, mut records) = (ChangeLog::default(), BTreeMap::new());
        for step in 0..LIMIT as u64 + 1 {
            for key in ["name", "source"] {
                log.record(&mut records, key, Some(Value::from(step)), Some(step));
            }
        }
        let mut steps = 0;
        while !log.undo(&mut records).is_empty() {
            steps += 1;
            assert_eq!(records["name"], records["source"], "after {steps} steps");
        }
        assert_eq!((steps, &records["name"]), (LIMIT, &Value::from(0)));
    }

    #[test]
    fn what_is_typed_and_taken_back_in_one_burst_is_no_step() {
        let (mut log, mut records) = (ChangeLog::default(), BTreeMap::new());
        set(&mut log, &mut records, 1, None);
        [12, 123, 1].into_iter().for_each(|v| set(&mut log, &mut records, v, Some(7)));
        assert_eq!((log.undo(&mut records), records.len()), (vec!["rfm".to_string()], 0));
    }
}
