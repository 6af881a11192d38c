//! Maps and sets that are only looked up. Nothing may ever go through one: its order would reach an
//! output, which is why the types behind them are refused everywhere else.

use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher, RandomState};

/// A map by text.
#[expect(clippy::disallowed_types, reason = "looked up, never gone through")]
pub type TextMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// A map by numbers that nobody chooses so as to make them collide: indices, addresses.
#[expect(clippy::disallowed_types, reason = "looked up, never gone through")]
pub type NumberMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Spread>>;

/// A set of such numbers.
#[expect(clippy::disallowed_types, reason = "looked up, never gone through")]
pub type NumberSet<K> = std::collections::HashSet<K, BuildHasherDefault<Spread>>;

/// Spreads numbers over a map, in a few instructions.
#[derive(Debug, Default, Clone, Copy)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, bits: u64) {
        // Fibonacci hashing; the turn brings the well mixed high bits down, where maps look.
        self.0 = (self.0 ^ bits).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }

    fn write_u32(&mut self, bits: u32) {
        self.write_u64(u64::from(bits));
    }

    fn write_usize(&mut self, bits: usize) {
        self.write_u64(bits as u64);
    }

    fn write_u128(&mut self, bits: u128) {
        self.write_u64(bits as u64);
        self.write_u64((bits >> 64) as u64);
    }
}

/// Hash of a value, the same in every run.
pub fn hash_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Hash of a row: where it counts, and its cells by column. Among ten million rows, two that differ have
/// one chance in 10²⁴ of being taken for one another.
pub fn row_hash<'a>(scope: &str, cells: impl Iterator<Item = (&'a str, u64)>) -> u128 {
    let (mut low, mut high) = (DefaultHasher::new(), DefaultHasher::new());
    scope.hash(&mut low);
    1_u8.hash(&mut high);
    for (column, cell) in cells {
        (column, cell).hash(&mut low);
        (cell, column).hash(&mut high);
    }
    scope.hash(&mut high);
    u128::from(high.finish()) << 64 | u128::from(low.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_its_cells_and_where_they_stand() {
        let row = |scope: &str, cells: &[(&str, u64)]| row_hash(scope, cells.iter().copied());
        let one = row("", &[("a", 1), ("b", 2)]);
        assert_eq!(one, row("", &[("a", 1), ("b", 2)]));
        for other in [
            row("", &[("a", 2), ("b", 1)]),
            row("", &[("a", 1)]),
            row("f", &[("a", 1), ("b", 2)]),
            row("", &[("b", 1), ("a", 2)]),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn neighbours_are_spread() {
        let low = |n: u64| {
            let mut spread = Spread::default();
            spread.write_u64(n);
            spread.finish() & 0xFFFF
        };
        let all: std::collections::BTreeSet<u64> = (0..4096).map(|n| low(n * 16)).collect();
        assert!(all.len() > 3500, "{}", all.len());
    }
}
