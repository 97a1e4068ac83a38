import Domain

/// Everything Odoo remembers, behind the one lock of ``Odoo``.
struct OdooState {
    /// What happened to a partner, for automation rules.
    enum Event: Sendable {
        case written(Int64)
        case deleted(Int64)
    }

    static let systemUID: Int64 = 1
    /// The person who works in Odoo's pages.
    static let personUID: Int64 = 2
    /// The user of the API key.
    static let bridgeUID: Int64 = 4
    /// The company's own partner, and those of its users.
    static let ownPartners: ClosedRange<Int64> = 1...5
    static let noteSubtype: Int64 = 2

    var options: SandboxConfiguration.Odoo
    var tables: [String: OdooTable] = [:]
    var events: [Event] = []
    /// Of transactions that were committed.
    private(set) var contactWrites = ContactWrites()
    /// Of the one under way.
    private var openWrites = ContactWrites()
    /// A fault of the sandbox: whether this one record is refused.
    var refusesRecord: @Sendable () -> Bool = { false }
    /// Who acts, how, and when: set for each call.
    var context: JSON = [:]
    var user = bridgeUID
    var now: Int64 = 0

    init(_ configuration: SandboxConfiguration, options: SandboxConfiguration.Odoo, now: Int64) {
        self.options = options
        self.now = now
        for model in OdooModel.all(version: options.version) {
            let isLarge = ["res.partner", "mail.message", "ir.model.data"].contains(model.name)
            tables[model.name] = OdooTable(
                model: model.name, book: model.book,
                capacity: isLarge ? configuration.bounds.crmRecords : 100_000, indexed: model.indexed)
        }
        seed()
        commit()
    }

    func table(_ model: String) throws(OdooError) -> OdooTable {
        guard let table = tables[model] else { throw .notFound("the model '\(model.prefix(80))' does not exist") }
        return table
    }

    mutating func commit() {
        for name in tables.keys { tables[name]?.commit() }
        events = []
        contactWrites = openWrites
    }

    mutating func rollBack() {
        for name in tables.keys { tables[name]?.rollBack() }
        events = []
        openWrites = contactWrites
    }

    /// The bridge's alone: people are not counted.
    mutating func countWrite(of model: String, isNew: Bool) {
        guard model == "res.partner", user == Self.bridgeUID else { return }
        if isNew { openWrites.created += 1 } else { openWrites.updated += 1 }
    }

    private mutating func seed() {
        user = Self.systemUID
        let partners = ["Ejemplo S.A.", "OdooBot", "Marta Gil", "Luis Pardo", "WhatsApp Bridge"]
        for (index, name) in partners.enumerated() {
            _ = insert("res.partner", ["name": .text(name), "active": .flag(true), "is_company": .flag(index == 0)])
        }
        let logins = ["__system__", "marta.gil@ejemplo.example", "luis.pardo@ejemplo.example", options.login]
        for (index, login) in logins.enumerated() {
            _ = insert(
                "res.users",
                [
                    "name": .text(partners[index + 1]), "login": .text(login), "active": .flag(true),
                    "share": .flag(false),
                    "email": login.contains("@") ? .text(login) : .flag(false),
                    "partner_id": .integer(Int64(index + 2)), "lang": .text("en_US"), "tz": .text("Europe/Madrid"),
                ])
        }
        _ = insert(
            "res.users",
            [
                "name": .text("Rosa Díaz"), "login": .text("rosa.diaz@ejemplo.example"), "active": .flag(false),
                "email": .text("rosa.diaz@ejemplo.example"), "share": .flag(false),
            ])
        for name in ["Discussions", "Note", "Activities"] { _ = insert("mail.message.subtype", ["name": .text(name)]) }
        for (name, code) in [
            ("Spain", "ES"), ("Mexico", "MX"), ("Argentina", "AR"), ("Brazil", "BR"), ("Germany", "DE"),
        ] {
            _ = insert("res.country", ["name": .text(name), "code": .text(code)])
        }
        for model in ["res.partner", "mail.message", "res.users"] { _ = insert("ir.model", ["model": .text(model)]) }
        for tag in ["VIP", "Proveedor", "WhatsApp"] { _ = insert("res.partner.category", ["name": .text(tag)]) }
        seedExternalIDs()
    }

    private mutating func seedExternalIDs() {
        let ids: [(module: String, name: String, model: String, id: Int64)] = [
            ("base", "main_partner", "res.partner", 1), ("base", "user_admin", "res.users", 2),
            ("mail", "mt_comment", "mail.message.subtype", 1), ("mail", "mt_note", "mail.message.subtype", 2),
            ("base", "es", "res.country", 1),
        ]
        for id in ids {
            _ = insert(
                "ir.model.data",
                [
                    "module": .text(id.module), "name": .text(id.name), "model": .text(id.model),
                    "res_id": .integer(id.id),
                ])
        }
        if let days = options.keyEndsInDays {
            _ = insert(
                "res.users.apikeys",
                [
                    "name": .text("Puente"), "user_id": .integer(Self.bridgeUID), "scope": .text("rpc"),
                    "expiration_date": .integer(now + Int64(days) * 86_400_000),
                ])
        }
    }

    /// Straight into the table, unchecked.
    mutating func insert(_ model: String, _ values: [String: OdooValue]) -> OdooRecord? {
        guard let book = tables[model]?.book else { return nil }
        return tables[model]?.insert(at: now, by: user) { record in
            for (name, value) in values { if let field = book.number(of: name) { record[field] = value } }
        }
    }
}
