//! The same work on many things, over the cores of the machine; results in the order of the things.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Workers at the most: more of them would hold more files in memory at once.
const MOST: usize = 4;

/// Does `work` on each item over a few threads called `name`, the items of greatest `weight` first, so
/// that the last thread to finish is not the one that began the longest item last. Results come in the
/// order of the items, whatever the threads did. A panic of `work` is the caller's.
pub fn map<T: Sync, R: Send>(
    name: &str,
    items: &[T],
    weight: impl Fn(&T) -> u64,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, MOST);
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|index| std::cmp::Reverse(weight(&items[*index])));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let labour = || {
        while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = work(&items[*index]);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((*index, result));
        }
    };
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers.min(items.len()))
            .filter_map(|i| {
                let builder = std::thread::Builder::new().name(format!("{name} {i}"));
                builder.spawn_scoped(scope, labour).ok()
            })
            .collect();
        // No thread to be had: the work is done here.
        if started.is_empty() {
            labour();
        }
        for thread in started {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
    let mut results = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Items gone through together by [`ranges`].
const PART: usize = 4096;

/// Does `work` on the numbers from 0 to `count`, a range of them at a time, over a few threads called
/// `name`. Results come in the order of the numbers.
pub fn ranges<R: Send>(
    name: &str,
    count: usize,
    work: impl Fn(Range<usize>) -> Vec<R> + Sync,
) -> Vec<R> {
    let starts: Vec<usize> = (0..count).step_by(PART).collect();
    let part = |start: &usize| work(*start..count.min(start + PART));
    map(name, &starts, |_| 1, part).into_iter().flatten().collect()
}

/// [`map`], for work that takes each item away.
pub fn consume<T: Send, R: Send>(
    name: &str,
    items: Vec<T>,
    weight: impl Fn(&T) -> u64,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let held: Vec<(u64, Mutex<Option<T>>)> =
        items.into_iter().map(|item| (weight(&item), Mutex::new(Some(item)))).collect();
    let take = |(_, item): &(u64, Mutex<Option<T>>)| {
        item.lock().unwrap_or_else(PoisonError::into_inner).take().map(&work)
    };
    map(name, &held, |(weight, _)| *weight, take).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{consume, map, ranges};

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1000).collect();
        let squares = map("essai", &items, |i| i % 7, |i| i * i);
        assert_eq!(squares, items.iter().map(|i| i * i).collect::<Vec<_>>());
        assert!(map("essai", &[], |_: &u8| 0, |i| *i).is_empty());
        assert_eq!(consume("essai", items.clone(), |i| *i, |i| i), items);
        for count in [0, 1, 4096, 10_000] {
            let all: Vec<usize> = (0..count).collect();
            assert_eq!(ranges("essai", count, |range| range.collect()), all);
        }
    }
}
