import Domain
import Foundation
import Store

/// Contacts that never were, the same in every run: names of several languages, numbers, addresses, labels, consents and
/// conversations, written by SQL.
struct ContactCrowd {
    private static let given = [
        "Lucía", "María", "José", "Juan", "Carlos", "Ana", "Sofía", "Miguel", "Elena", "Pedro", "Laura", "Diego",
        "Valentina", "Andrés", "Camila", "Jorge", "Paula", "Luis", "Marta", "Iván", "Noemí", "Raúl", "Inés", "Óscar",
        "Adrián", "Beatriz", "Tomás", "Julia", "Hugo", "Rosa", "Emma", "Noah", "Olivia", "Liam", "Priya", "Arjun",
    ]
    private static let family = [
        "García", "Fernández", "López", "Martínez", "Rodríguez", "Pérez", "Gómez", "Sánchez", "Díaz", "Hernández",
        "Torres", "Ruiz", "Ramírez", "Flores", "Vargas", "Castro", "Rojas", "Mendoza", "Silva", "Ortega", "Navarro",
        "Domínguez", "Vega", "Salazar", "Ibáñez", "Núñez", "Cabrera", "Peña", "Smith", "Johnson", "Patel", "Sharma",
    ]
    private static let syllables = [
        "ba", "be", "co", "cu", "da", "di", "fa", "go", "la", "le", "mo", "mu", "na", "ne", "pa", "pi", "ra", "ri",
        "sa", "so", "ta", "ti", "va", "ze",
    ]
    private static let chineseFamily = Array("王李張劉陳楊黃趙吳周徐孫馬朱胡林郭何高羅")
    private static let chineseGiven = Array("偉芳娜敏靜麗強磊軍洋勇艷傑娟濤明超秀霞平剛桂英華玉蘭紅建文志國")

    let workspace: WorkspaceID
    let number: NumberID
    private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

    init(workspace: WorkspaceID, number: NumberID) {
        self.workspace = workspace
        self.number = number
    }

    /// The rows of contacts from `first` on, and of what hangs on them. Ids grow as in life; changes lie anywhere.
    mutating func batch(from first: Int, count: Int) -> Batch {
        var batch = Batch()
        for index in first..<first + count { add(index, to: &batch) }
        return batch
    }

    struct Batch: Sendable {
        var contacts: [SQLArguments] = []
        var handles: [SQLArguments] = []
        var labels: [SQLArguments] = []
        var consents: [SQLArguments] = []
        var conversations: [SQLArguments] = []

        func write(on connection: any SQLConnection) throws {
            try connection.executeMany(
                """
                INSERT INTO contact
                    (id, workspace_id, name, profile_name, search_text, sort_name, created_at, updated_at)
                VALUES
                    (:id, :workspace_id, :name, :profile_name, :search_text, :sort_name, :created_at, :updated_at)
                """, contacts)
            try connection.executeMany(
                """
                INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                VALUES (:id, :workspace_id, :contact_id, :kind, '', :value, :address, 1, 'webhook')
                """, handles)
            try connection.executeMany(
                """
                INSERT INTO contact_label (workspace_id, contact_id, label_id, actor, added_at)
                VALUES (:workspace_id, :contact_id, :label_id, 'Ana', 1)
                """, labels)
            try connection.executeMany(
                """
                INSERT INTO consent (workspace_id, contact_id, purpose, standing, is_double, since, entry_id)
                VALUES (:workspace_id, :contact_id, 'marketing', :standing, 0, 1, 1)
                """, consents)
            try connection.executeMany(
                """
                INSERT INTO conversation
                    (id, workspace_id, number_id, contact_id, state, owner, last_message_at, created_at)
                VALUES (:id, :workspace_id, :number_id, :contact_id, :state, 'queue', :at, 1)
                """, conversations)
        }
    }

    private mutating func add(_ index: Int, to batch: inout Batch) {
        let id = Int64(index + 1) << 12
        let isChinese = roll(10) == 0
        let name = isChinese ? chineseName() : name()
        let phone = isChinese ? "8869" + ownDigits(index) : "521" + ["55", "33", "81", "22"][roll(4)] + ownDigits(index)
        let canonical = isChinese ? phone : "52" + phone.dropFirst(3)
        let email = roll(2) == 0 ? "\(name.folded)\(index)@\(domain())" : nil
        let text = ContactText(name: name, addresses: [email, phone, canonical].compactMap(\.self))
        let changed = 1_700_000_000_000 + Int64(roll(50_000_000)) * 1000
        batch.contacts.append([
            "id": id, "workspace_id": workspace, "name": name, "profile_name": "", "search_text": text.text,
            "sort_name": text.sortName, "created_at": 1_700_000_000_000 + Int64(index), "updated_at": changed,
        ])
        batch.handles.append(handle(id, "phone", value: canonical, address: phone, contact: id))
        if let email { batch.handles.append(handle(id + 1, "email", value: email, address: email, contact: id)) }
        // One label that a third carry, one of a hundredth, one of a few.
        for (label, share) in [(1, 3), (2, 100), (3, 20_000)] where roll(share) == 0 {
            batch.labels.append(["workspace_id": workspace, "contact_id": id, "label_id": label])
        }
        if roll(2) == 0 {
            batch.consents.append([
                "workspace_id": workspace, "contact_id": id, "standing": roll(50) == 0 ? "withdrawn" : "granted",
            ])
        }
        if roll(10) < 6 {
            batch.conversations.append([
                "id": id + 2, "workspace_id": workspace, "number_id": number, "contact_id": id,
                "state": roll(20) == 0 ? "open" : "closed", "at": changed,
            ])
        }
    }

    private func handle(_ id: Int64, _ kind: String, value: String, address: String, contact: Int64) -> SQLArguments {
        [
            "id": id, "workspace_id": workspace, "contact_id": contact, "kind": kind, "value": value,
            "address": address,
        ]
    }

    // MARK: Chance

    private mutating func name() -> String {
        Self.given[roll(Self.given.count)] + " " + familyName() + " " + familyName()
    }

    private mutating func familyName() -> String {
        guard roll(2) == 0 else { return Self.family[roll(Self.family.count)] }
        return (0..<roll(3) + 2).map { _ in Self.syllables[roll(Self.syllables.count)] }.joined().capitalized
    }

    private mutating func chineseName() -> String {
        var name = String(Self.chineseFamily[roll(Self.chineseFamily.count)])
        for _ in 0..<roll(2) + 1 { name.append(Self.chineseGiven[roll(Self.chineseGiven.count)]) }
        return name
    }

    private mutating func domain() -> String {
        ["gmail.com", "hotmail.com", "empresa\(roll(3000)).mx"][roll(3)]
    }

    /// Eight digits that nobody else has.
    private func ownDigits(_ index: Int) -> String {
        String(100_000_000 + index * 7_919_993 % 100_000_000).suffix(8).description
    }

    /// A number below `bound`, by xorshift: the same crowd each time.
    private mutating func roll(_ bound: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random % UInt64(bound))
    }
}
