#![no_main]

#[expect(dead_code, reason = "each target is one of these")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::models(bytes));
