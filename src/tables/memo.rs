//! What a cell gave, remembered by what the cell holds: spreadsheets hold a text that repeats once,
//! and its cells point to it.

use crate::hashing::NumberMap;
use crate::ingest::Value;
use std::sync::Arc;

/// What a cell holds: the address of a shared text, or the bits of a number.
type Key = (u32, u64);

/// Answers by cell, within one column of one sheet.
pub(super) struct Memo<A>(NumberMap<Key, A>);

impl<A> Default for Memo<A> {
    fn default() -> Self {
        Self(NumberMap::default())
    }
}

/// Where the answer of a cell is kept; `None` for a cell not worth it. The texts of a sheet are alive as
/// long as its memo: an address stands for one text.
pub(super) fn key(value: &Value) -> Option<Key> {
    match value {
        Value::Text(text) if Arc::strong_count(text) > 1 => {
            Some((1, Arc::as_ptr(text).cast::<u8>() as u64))
        }
        Value::Number(number) => Some((0, number.to_bits())),
        _ => None,
    }
}

impl<A> Memo<A> {
    pub(super) fn get(&self, key: Key) -> Option<&A> {
        self.0.get(&key)
    }

    pub(super) fn insert(&mut self, key: Key, answer: A) {
        self.0.insert(key, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_texts_and_numbers_are_remembered() {
        let shared: Arc<str> = "A1".into();
        let (one, other) = (Value::Text(shared.clone()), Value::Text(shared));
        assert_eq!(key(&one), key(&other));
        assert_eq!(key(&Value::Text("seul".into())), None);
        assert_ne!(key(&Value::Number(1.0)), key(&Value::Number(2.0)));
    }
}
