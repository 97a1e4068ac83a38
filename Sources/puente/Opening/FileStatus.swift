#if canImport(Glibc)
    import Glibc
#endif
#if canImport(CoreFoundation)
    // Declares the system's `stat` a second time. Which of the two counts depends on what else is imported anywhere in the
    // target, so the one file that uses it sees both.
    import CoreFoundation
#endif

/// What the system says of a file.
struct FileStatus {
    /// `S_IFDIR`, `S_IFREG`, …
    let kind: mode_t
    /// Who may do what: `0o640`.
    let permissions: mode_t
    let owner: uid_t
    let bytes: Int
    /// The same for two names of one file.
    let identity: Identity

    struct Identity: Equatable {
        let device: dev_t
        let node: ino_t
    }

    /// Nil when nothing is there, or it cannot be looked at; then `errno` says why.
    /// - Parameter followsLinks: whether a link stands for what it leads to.
    init?(_ path: String, followsLinks: Bool = true) {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        kind = status.st_mode & S_IFMT
        permissions = status.st_mode & 0o7777
        owner = status.st_uid
        bytes = Int(status.st_size)
        identity = Identity(device: status.st_dev, node: status.st_ino)
    }
}
