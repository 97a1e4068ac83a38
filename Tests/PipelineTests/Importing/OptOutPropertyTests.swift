import ContactFiles
import Domain
import Store
import Testing

@testable import Pipeline

/// Random lists through the whole way of a file: whatever becomes of a row, nobody is written to whom a row says no for,
/// and the report says what happens.
///
/// A failure names its seed.
@Suite(.timeLimit(.minutes(2))) struct OptOutPropertyTests {
    /// Answers of each column, by what they say: these are the test's own words.
    private static let noes = ["BAJA", "sí", "opted out", "退訂", "declined", "2024-05-17", "x", "Unsubscribed"]
    private static let staying = ["", "no", "subscribed", "訂閱", "0", "–"]
    private static let leaving = ["unsubscribed", "Baja", "退訂"]
    private static let answers = ["", "sí", "no", "quizá", "acepto"]

    private struct List {
        var text: String
        /// Numbers and addresses that stand in a row that says no.
        var refused: Set<String>
    }

    private static func phone(_ place: Int) -> String { "55\(12_345_600 + place)" }
    private static func email(_ place: Int) -> String { "p\(place)@example.com" }

    private static func list(_ dice: inout Dice) -> List {
        var list = List(text: "Nombre;Móvil;Trabajo;Correo;Baja;Acepta\n", refused: [])
        for row in 0..<80 {
            let phones = (0..<3).map { _ in phone(.random(in: 0..<25, using: &dice)) }
            let email = email(.random(in: 0..<12, using: &dice))
            let writings = [
                phones[0], "+52 1 \(phones[0])", "\(phones[0]) / \(phones[2])", "12", "", "ver nota",
            ]
            let writing = Int.random(in: writings.indices, using: &dice)
            let (work, mail) = (Bool.random(using: &dice), Bool.random(using: &dice))
            let saysNo = Int.random(in: 0..<10, using: &dice) == 0
            let isLeaving = Int.random(in: 0..<25, using: &dice) == 0
            let cells = [
                "Nr. \(row)", writings[writing], work ? phones[1] : "", mail ? email : "",
                (saysNo ? noes : staying).randomElement(using: &dice) ?? "",
                (isLeaving ? leaving : answers).randomElement(using: &dice) ?? "",
            ]
            list.text += cells.joined(separator: ";") + "\n"
            guard saysNo || isLeaving else { continue }
            let read = [[phones[0]], [phones[0]], [phones[0], phones[2]], [], [], []][writing]
            list.refused.formUnion(read.map { "52\($0)" } + (work ? ["52\(phones[1])"] : []) + (mail ? [email] : []))
        }
        return list
    }

    private static let granted = """
        SELECT h.value FROM handle h
        JOIN consent s ON s.workspace_id = h.workspace_id AND s.contact_id = h.contact_id
        WHERE h.valid_to IS NULL AND s.purpose = 'marketing' AND s.standing = 'granted'
        """

    @Test(arguments: [ImportOptions.Existing.fill, .overwrite, .skip])
    func `nobody stays or becomes granted for whom any row of a list says no`(
        existing: ImportOptions.Existing
    ) async throws {
        var (stayed, withdrawn, rejected) = (0, 0, 0)
        for _ in 0..<4 {
            let seed = UInt64.random(in: .min ... .max)
            var dice = Dice(state: seed)
            try await ImportRig.with { rig in
                var options = ImportOptions()
                options.existing = existing
                options.consent = .init(of: .everybody, words: "Acepto ofertas.", source: "Feria")
                let known = (0..<12).map { "Nr. \($0);\(Self.phone($0));\($0 < 6 ? Self.email($0) : "")" }
                try await rig.bring("Nombre;Móvil;Correo\n\(known.joined(separator: "\n"))\n", options)
                let list = Self.list(&dice)

                let checked = try await rig.check(
                    try await rig.upload(list.text), options, uses: ["Trabajo": .meaning(.phone)])
                let report = try #require(checked.report, "seed \(seed)")
                let done = try await rig.write(checked)

                let result = try #require(done.result)
                #expect(result.new == report.new, "seed \(seed)")
                #expect(result.fills == report.fills && result.changes == report.changes, "seed \(seed)")
                #expect(result.same == report.same && result.kept == report.kept, "seed \(seed)")
                #expect(result.consents == report.consents, "seed \(seed)")
                #expect(result.withdrawals == report.withdrawals, "seed \(seed)")
                let granted = try await rig.store.database.read { connection in
                    try connection.rows(Self.granted, [:]).map { try $0.get("value", as: String.self) }
                }
                #expect(list.refused.isDisjoint(with: granted), "seed \(seed)")
                stayed += granted.count
                withdrawn += report.withdrawals
                rejected += report.rejected
            }
        }
        // Of one list everybody may have left; of four hardly.
        #expect(stayed > 0 && withdrawn > 0 && rejected > 0)
    }
}

/// SplitMix64.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
