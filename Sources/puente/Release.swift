/// Which Puente this is. Everything that shows a version reads it here; the packages ask the program.
enum Release {
    /// Semantic Versioning. `CHANGELOG.md` says what is in it; a commit between two releases carries the next one's.
    static let version = "0.1.0"
}
