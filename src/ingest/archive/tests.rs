use super::*;

const LIMITS: Limits = Limits { parts: 20, bytes: 10_000 };

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8], name: &str) -> Refusal {
    let opened = Archive::open(bytes, &LIMITS).and_then(|archive| archive.part(name));
    opened.unwrap_err()
}

#[test]
fn parts_by_any_case() {
    let bytes = zipped(&[("XL/Workbook.xml", b"<workbook/>"), ("a.png", b"image")]);
    let archive = Archive::open(&bytes, &LIMITS).unwrap();
    assert!(archive.has("xl/workbook.XML") && !archive.has("xl/autre.xml"));
    assert_eq!(archive.part("xl/workbook.xml").unwrap().unwrap(), b"<workbook/>");
    assert_eq!(archive.part("/xl\\workbook.xml").unwrap().unwrap(), b"<workbook/>");
    assert_eq!(archive.part("xl/autre.xml").unwrap(), None);
}

#[test]
fn stored_parts_are_the_same_without_pictures() {
    let long = vec![b'x'; 5000];
    let bytes = zipped(&[("xl/a.xml", &long), ("b.bin", b"2"), ("c.png", b"3")]);
    let stored = Archive::open(&bytes, &LIMITS).unwrap().stored().unwrap();
    assert!(stored.len() > long.len(), "nothing is deflated");
    let again = Archive::open(&stored, &LIMITS).unwrap();
    assert!(again.has("b.bin") && !again.has("c.png"));
    assert_eq!(again.part("xl/a.xml").unwrap().unwrap(), long);
}

#[test]
fn parts_together_stay_below_the_bound() {
    let part = vec![b'x'; 6000];
    let bytes = zipped(&[("a.xml", &part), ("b.xml", &part)]);
    let archive = Archive::open(&bytes, &LIMITS).unwrap();
    assert!(archive.part("a.xml").is_ok());
    assert_eq!(archive.part("b.xml").unwrap_err(), Refusal::Expands);
    assert_eq!(Archive::open(&bytes, &LIMITS).unwrap().stored().unwrap_err(), Refusal::Expands);
}

#[test]
fn more_bytes_than_declared_are_a_trap() {
    let mut bytes = zipped(&[("a.xml", &[b'x'; 9000])]);
    // The uncompressed size, in the local and in the central header.
    let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    for at in [22, central + 24] {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let refused = refusal(&bytes, "a.xml");
    assert!(matches!(refused, Refusal::Trapped(_) | Refusal::Unreadable(_)), "{refused:?}");
    // And the other way: more than deflate can pack.
    for at in [22, central + 24] {
        bytes[at..at + 4].copy_from_slice(&u32::MAX.saturating_sub(1).to_le_bytes());
    }
    let wide = Limits { bytes: u64::MAX, ..LIMITS };
    let refused = Archive::open(&bytes, &wide).and_then(|archive| archive.part("a.xml"));
    assert_eq!(refused.unwrap_err(), Refusal::Trapped("piege.taille-fausse"));
}

#[test]
fn many_or_overlapping_parts_are_refused() {
    let names: Vec<String> = (0..30).map(|i| format!("{i}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    let refused = Archive::open(&zipped(&parts), &LIMITS).err();
    assert_eq!(refused, Some(Refusal::Trapped("piege.parties-nombreuses")));

    let mut bytes = zipped(&[("a.xml", b"aaaa"), ("b.xml", b"aaaa")]);
    // The second central header points at the data of the first.
    let last = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[last + 42..last + 46].copy_from_slice(&0_u32.to_le_bytes());
    let refused = Archive::open(&bytes, &LIMITS).err();
    assert_eq!(refused, Some(Refusal::Trapped("piege.parties-superposees")));
}

#[test]
fn truncated_or_not_an_archive() {
    let bytes = zipped(&[("a.xml", b"aaaa")]);
    for cut in [0, 4, bytes.len() / 2, bytes.len() - 1] {
        let refused = Archive::open(&bytes[..cut], &LIMITS).err();
        assert!(matches!(refused, Some(Refusal::Unreadable(_))), "{cut}: {refused:?}");
    }
}

#[test]
fn entities_are_refused_where_they_are_declared() {
    let laughs = b"<?xml version=\"1.0\"?>\n<!-- a --><!DOCTYPE a [<!ENTITY b \"c\">]><a/>";
    assert_eq!(
        refusal(&zipped(&[("a.xml", laughs)]), "a.xml"),
        Refusal::Trapped("piege.entites-xml")
    );
    assert!(declares_entities(b"\xEF\xBB\xBF<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///x'>]>"));
    assert!(declares_entities(b"<!DOCTYPE a"));
    assert!(!declares_entities(b"<!DOCTYPE manifest:manifest PUBLIC \"-//O\" \"M.dtd\"><a/>"));
    assert!(!declares_entities(b"<?xml version=\"1.0\"?><a>&lt;!DOCTYPE [</a>"));
    assert!(!declares_entities(b"<!-- <!DOCTYPE [ "));
    assert!(!declares_entities(b"PK\x03\x04"));
}
