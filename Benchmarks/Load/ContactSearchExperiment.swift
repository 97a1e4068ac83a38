import ArgumentParser
import Domain
import Foundation
import Logging
import PhoneNumbers
import Proving
import Secrets
import Store

/// How fast a page of contacts is found among a million, and what keeping them found costs those who write.
struct ContactSearchExperiment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts",
        abstract: "Lists and searches contacts among a million, page by page, on SQLite or PostgreSQL.")

    @Option(help: "How many contacts are made.")
    var count = 1_000_000

    @Option(help: "An empty database of PostgreSQL: postgresql://user@host/db. Without it SQLite is measured.")
    var database: String?

    @Option(help: "Where SQLite's file is made.")
    var folder = NSTemporaryDirectory()

    @Option(help: "How often each page is read.")
    var runs = 20

    func run() async throws {
        print("machine: \(MachineFigures().description)")
        let path = folder + "/puente-contacts-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }  // among the temporary files
        let opened: any SQLDatabase =
            if let database {
                try PostgresDatabase(PostgresOptions(url: database), log: Logger(label: "bench"))
            } else {
                try SQLiteDatabase(path: path + "/puente.db")
            }
        _ = try await Migrator(opened).migrate()
        let store = try Self.store(opened)
        let workspace = try await store.provision(Self.provision)
        try await fill(store, workspace)
        try await read(store, workspace)
        await opened.close()
    }

    // MARK: Filling

    private func fill(_ store: Store, _ workspace: WorkspaceID) async throws {
        guard let number = try await store.numberAccounts().first?.id else { return }
        try await store.database.write { connection in
            for (id, name) in [(1, "cliente"), (2, "mayorista"), (3, "embajador")] {
                try connection.execute(
                    """
                    INSERT INTO label (id, workspace_id, name, folded, color, created_at)
                    VALUES (:id, :workspace_id, :name, :name, 'green', 1)
                    """, ["id": id, "workspace_id": workspace, "name": name])
            }
        }
        var crowd = ContactCrowd(workspace: workspace, number: number)
        let index = ContactIndex(store.database)
        _ = try await index.prepare()
        var (writing, indexing) = (Duration.zero, Duration.zero)
        var longest = Duration.zero
        for first in stride(from: 0, to: count, by: 1000) {
            let batch = crowd.batch(from: first, count: min(1000, count - first))
            writing += try await ContinuousClock().measure {
                try await store.database.write(on: .work) { try batch.write(on: $0) }
            }
            var more = true
            while more {
                let taken = try await ContinuousClock().measure { more = try await index.catchUp() > 0 }
                indexing += taken
                longest = max(longest, taken)
            }
        }
        print(
            """
            \(count) contacts written in \(Int(writing / .seconds(1))) s, \
            taken into the index in \(Int(indexing / .seconds(1))) s beside, \
            \(Int(indexing / .microseconds(1)) / max(1, count)) µs each, 200 at a time in at most \
            \(decimal(longest / .milliseconds(1))) ms
            """)
    }

    // MARK: Reading

    private func read(_ store: Store, _ workspace: WorkspaceID) async throws {
        var all = DelayRecorder()
        for (title, query) in Self.questions {
            let pages = title.hasSuffix("deep") ? 20 : 1
            var recorder = DelayRecorder()
            var (rows, count, cut) = (0, "", false)
            for _ in 0..<runs {
                var query = query
                for _ in 0..<pages {
                    let start = Clocks.steady
                    let list = try await store.contacts(query, isCounted: true, in: workspace)
                    let taken = Clocks.steady - start
                    recorder.record(microseconds: taken)
                    all.record(microseconds: taken)
                    rows = list.page.items.count
                    count = list.count.map { "\($0.value)\($0.isMore ? "+" : "")" } ?? "–"
                    cut = list.page.next != nil && rows < query.limit
                    guard let next = list.page.next else { break }
                    query.after = next
                }
            }
            print("\(title): \(recorder.summary); \(rows) rows of \(count)\(cut ? ", goes on" : "")")
        }
        print("all pages: \(all.summary)")
    }

    private typealias Question = (String, ContactQuery)

    private static var questions: [Question] { ordered + searched + filtered }

    private static var ordered: [Question] {
        ContactQuery.Order.allCases.flatMap { order -> [Question] in
            [
                ("everybody by \(order)", ContactQuery(order: order)),
                ("everybody by \(order), deep", ContactQuery(order: order)),
                ("lucia by \(order)", ContactQuery(search: "lucia", order: order)),
                ("garcia lopez by \(order)", ContactQuery(search: "garcia lopez", order: order)),
            ]
        }
    }

    private static var searched: [Question] {
        let typed = [
            "l", "lu", "luc", "fernandez", "FERNÁNDEZ", "babeco", "zzzz", "王", "王芳", "小明", "小", "gmail.com",
            "empresa17.mx", "5512", "678", "521", "51234567", "55 1234", "+52 (55) 1234-5678", "o'neil", "a.b",
            "lucia garcia 5512", "mayor", "embajador", "lucia embajador", "cliente lucia",
        ]
        return typed.map { ("search \($0)", ContactQuery(search: $0, number: number($0))) }
    }

    private static var filtered: [Question] {
        let (many, some, few) = (LabelID(rawValue: 1), LabelID(rawValue: 2), LabelID(rawValue: 3))
        return [
            ("label of a third", ContactQuery(label: many)), ("label of a hundredth", ContactQuery(label: some)),
            ("label of few", ContactQuery(label: few)),
            ("label of few by name", ContactQuery(label: few, order: .name)),
            ("consent withdrawn", ContactQuery(consent: .withdrawn)),
            ("consent unknown", ContactQuery(consent: .unknown)), ("state of nobody", ContactQuery(state: .blocked)),
            ("lucia of a third, withdrawn", ContactQuery(search: "lucia", label: many, consent: .withdrawn)),
            ("a hundredth, unknown", ContactQuery(label: some, consent: .unknown, order: .activity)),
        ]
    }

    private static func number(_ text: String) -> String? {
        guard text.count(where: \.isNumber) >= 6 else { return nil }
        return try? PhoneNumber(text, region: "MX").digits  // what is no number is searched as it stands
    }

    // MARK: Opening

    private static func store(_ database: any SQLDatabase) throws -> Store {
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Clocks.wall / 1000) }
        return Store(
            database: database, ids: IDGenerator(node: 1, now: now), keys: try KeyRing.generate(), now: now,
            canonicalPhone: { WhatsAppNumber.canonical($0) })
    }

    private static var provision: Provision {
        var provision = Provision(workspaceName: "Ejemplo S.A.", region: "MX", language: "es")
        provision.apps["main"] = .init(appID: "1", secret: "s", previousSecret: nil, verifyToken: "v")
        provision.numbers["main"] = .init(
            app: "main", phoneNumberID: "106540352242922", wabaID: "102290129340398", portfolioID: "9",
            displayNumber: "+1 555-078-3881", accessToken: "t")
        return provision
    }
}
