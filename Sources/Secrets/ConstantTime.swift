internal import CSodium

/// Comparisons whose duration says nothing about where two secrets differ.
package enum ConstantTime {
    /// Whether both hold the same bytes. A different length answers at once: lengths are not secret here.
    package static func areEqual(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        let one = ContiguousArray(one)
        let other = ContiguousArray(other)
        guard one.count == other.count else { return false }
        return one.withUnsafeBytes { first in
            other.withUnsafeBytes { second in
                guard let firstStart = first.baseAddress, let secondStart = second.baseAddress else {
                    return true  // Both are empty.
                }
                return sodium_memcmp(firstStart, secondStart, first.count) == 0
            }
        }
    }

    /// Whether both texts have the same UTF-8 bytes.
    package static func areEqual(_ one: String, _ other: String) -> Bool {
        areEqual(one.utf8, other.utf8)
    }
}
