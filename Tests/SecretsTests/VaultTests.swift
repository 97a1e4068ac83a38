import Domain
import Secrets
import Testing

@Suite struct VaultTests {
    private let ring: KeyRing
    private let vault: Vault

    init() throws {
        ring = try KeyRing.generate()
        vault = Vault(ring)
    }

    @Test(arguments: ["", "EAAG…token", "contraseña \u{0} 密碼", String(repeating: "x", count: 100_000)])
    func `what is sealed opens again`(text: String) throws {
        let sealed = try vault.seal(text, for: .sample)

        #expect(try vault.openText(sealed, for: .sample) == text)
        #expect(text.isEmpty || !sealed.contains(text))
    }

    @Test func `the same text is never sealed the same way twice`() throws {
        #expect(try vault.seal("token", for: .sample) != vault.seal("token", for: .sample))
    }

    @Test func `a sealed text begins with its version and key`() throws {
        #expect(try vault.seal("token", for: .sample).hasPrefix("p1.k1."))
    }

    @Test(arguments: [
        SealContext(table: "app", column: "token", row: 42, workspace: 7),
        SealContext(table: "credential", column: "secret", row: 42, workspace: 7),
        SealContext(table: "credential", column: "token", row: 43, workspace: 7),
        SealContext(table: "credential", column: "token", row: 42, workspace: 8),
        SealContext(table: "credential", column: "token", row: 42, workspace: nil),
        SealContext(table: "credentialt", column: "oken", row: 42, workspace: 7),
        SealContext(table: "credential", column: "token", row: 4, workspace: 27),
    ])
    func `a ciphertext moved to another place is refused`(elsewhere: SealContext) throws {
        let sealed = try vault.seal("token", for: .sample)

        let error = #expect(throws: PuenteError.self) { try vault.open(sealed, for: elsewhere) }

        #expect(error?.detail == "ciphertext_altered")
        #expect(error?.message.en.contains("\(elsewhere.table).\(elsewhere.column)") == true)
    }

    @Test func `every changed character is noticed`() throws {
        let sealed = Array(try vault.seal("token", for: .sample))

        for position in sealed.indices {
            var changed = sealed
            changed[position] = changed[position] == "A" ? "B" : "A"

            #expect(throws: PuenteError.self, "position \(position)") {
                try vault.open(String(changed), for: .sample)
            }
        }
    }

    @Test func `every shortened text is refused`() throws {
        let sealed = try vault.seal("token", for: .sample)

        for length in 0..<sealed.count {
            #expect(throws: PuenteError.self) { try vault.open(String(sealed.prefix(length)), for: .sample) }
        }
        #expect(throws: PuenteError.self) { try vault.open(sealed + "A", for: .sample) }
        #expect(throws: PuenteError.self) { try vault.open(sealed + ".", for: .sample) }
    }

    @Test func `another installation's key of the same name is told apart from an altered text`() throws {
        let sealed = try vault.seal("token", for: .sample)
        let other = Vault(try KeyRing.generate())

        let error = #expect(throws: PuenteError.self) { try other.open(sealed, for: .sample) }

        #expect(error?.detail == "key_different")
        #expect(error?.message.en.hasSuffix("Put the right key file in its place.") == true)
    }

    @Test func `a key that is not in the ring is named`() throws {
        let rotated = Vault(try ring.rotated())
        let sealed = try rotated.seal("token", for: .sample)

        let error = #expect(throws: PuenteError.self) { try vault.open(sealed, for: .sample) }

        #expect(error?.detail == "key_missing")
        #expect(error?.message.en.contains("\"k2\"") == true)
    }

    @Test func `bytes that are no text are refused as a text`() throws {
        let sealed = try vault.seal([0xFF, 0xFE], for: .sample)

        #expect(try vault.open(sealed, for: .sample) == [0xFF, 0xFE])
        #expect(throws: PuenteError.self) { try vault.openText(sealed, for: .sample) }
    }

    @Test func `an id makes the same place as its number`() {
        let row = Identifier<AppRow>(rawValue: 42)

        let context = SealContext(table: "credential", column: "token", row: row, workspace: WorkspaceID(rawValue: 7))

        #expect(context == .sample)
    }
}
