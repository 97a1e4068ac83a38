/// Live traffic and bulk (history, large bodies) are interpreted side by side. Both queue for the same writer, one
/// transaction of each at a time; bulk's are a third as long, so that it takes a quarter of the time at most while live
/// traffic waits, and all of it otherwise.
struct InterpreterShare {
    let isBulk: Bool
    /// Bodies in one claim. Bulk bodies have up to 3 MB and, decoded, several times that.
    let claimSize: Int
    /// Updates in one transaction, for which an answer to Meta may have to wait: 200 are about 20 ms.
    private let updatesPerTransaction: Int

    static let live = InterpreterShare(isBulk: false, claimSize: 200, updatesPerTransaction: 200)
    static let bulk = InterpreterShare(isBulk: true, claimSize: 2, updatesPerTransaction: 66)

    /// - Parameter isPressed: answers to Meta wait already; shorter transactions cost more in all, and hold up less.
    func updatesPerTransaction(isPressed: Bool) -> Int { isPressed ? updatesPerTransaction / 4 : updatesPerTransaction }
}
