//! Writes the inputs to begin from: `corpus/TARGET/N`.

#[expect(dead_code, reason = "each target is one of these")]
mod targets;

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (number, (target, bytes)) in targets::seeds().into_iter().enumerate() {
        std::fs::create_dir_all(folder.join(target))?;
        std::fs::write(folder.join(target).join(number.to_string()), bytes)?;
    }
    Ok(())
}
