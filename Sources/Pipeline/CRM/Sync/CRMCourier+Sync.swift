import CRM
import Domain
import Logging
import PhoneNumbers
package import Store

extension CRMCourier {
    /// As the log names the CRM.
    var shownName: String { CRMName.shown(account.slug, kind: account.kind) }

    func turn(_ cause: SyncCause) -> SyncTurn { .of(account, cause) }

    func comparison(_ cause: SyncCause, readAt: Timestamp) -> SyncComparison {
        SyncComparison(turn: turn(cause), context: syncContext, readAt: readAt)
    }

    var syncContext: SyncContext {
        .ofServer(publicURL: settings.publicURL, region: settings.region).knowing(connector)
    }

    /// What is compared, where the company lets contacts be kept alike: without the rows whose field the CRM lacks.
    func mapping() async throws -> FieldMapping? { try await keptMapping()?.resting(missing.names) }

    /// As people made it.
    func keptMapping() async throws -> FieldMapping? {
        try await context.store.mapping(of: account.id, in: account.workspace)?.mapping
    }

    /// Gives the connection the mapping that fits its kind, once: what the account lacks, or describes otherwise, is there
    /// and switched off.
    func seedMapping() async {
        guard settings.keepsContactsAlike, let kind = ConnectorKind(rawValue: account.kind) else { return }
        do {
            guard try await keptMapping() == nil else { return }
            let fields = connector.capabilities.takesAnyField ? nil : try await connector.fields()
            // Whoever describes nothing has not said what can be mapped.
            guard fields?.isEmpty != true else { return }
            let standard = try await context.store.fitting(
                FieldMapping.standard(for: kind), to: fields, in: account.workspace)
            try await context.store.seedMapping(standard, for: account.id, by: "puente", in: account.workspace)
        } catch {
            context.logger.warning(
                "the fields of the CRM could not be read: contacts are not kept alike yet",
                metadata: ["connector": "\(account.slug)", "error": "\(error)"])
        }
    }
}

extension SyncTurn {
    static func of(_ account: ConnectionAccount, _ cause: SyncCause) -> SyncTurn {
        SyncTurn(
            account.id, in: account.workspace, cause: cause,
            actor: CRMName.shown(account.slug, kind: account.kind))
    }
}

extension SyncContext {
    /// - Parameter region: of numbers that were written without a country code.
    package static func ofServer(publicURL: String?, region: String) -> SyncContext {
        SyncContext(
            publicURL: publicURL ?? "",
            // What is no number has no digits: it is compared as a text, and people are told.
            digits: { text in (try? PhoneNumber(text, region: region))?.digits },
            phone: { text, form in (try? PhoneNumber(text, region: region)).map { form.written($0, region) } })
    }

    /// The same for an account, as far as its people and its fields were read.
    func knowing(_ connector: any Connector) -> SyncContext {
        knowing(connector.knownUsers, held: { text, field in connector.held(text, by: field) })
    }
}

extension FieldTransform.PhoneForm {
    /// - Parameter region: as which it is read back: what would then be another number keeps its country.
    fileprivate func written(_ number: PhoneNumber, _ region: String) -> String {
        switch self {
        case .e164: number.e164
        case .digits: number.digits
        case .national where Self.isRead(number.nationalFormat, as: number, region): number.nationalFormat
        case .national, .international: number.internationalFormat
        }
    }

    private static func isRead(_ text: String, as number: PhoneNumber, _ region: String) -> Bool {
        // What is no number there is not this one.
        (try? PhoneNumber(text, region: region))?.digits == number.digits
    }
}

extension FieldMapping {
    /// The CRM's fields that are compared or written, each once.
    var remoteNames: [String] { Set(rows.filter(\.isOn).map(\.remote)).sorted() }

    /// The rows of these fields of the CRM are left alone.
    func resting(_ names: Set<String>) -> FieldMapping {
        guard !names.isEmpty else { return self }
        return FieldMapping(
            rows.map { row in
                var row = row
                row.isOn = row.isOn && !names.contains(row.remote)
                return row
            })
    }

    /// All that was asked for: blank where the record says nothing, and nothing of fields that the CRM does not have.
    func read(_ record: RemoteContact) -> [String: String] {
        let names = remoteNames.filter { !record.lacking.contains($0) }
        return Dictionary(names.map { ($0, record.fields[$0] ?? "") }, uniquingKeysWith: { $1 })
    }
}

extension ConnectorCapabilities {
    /// Its records can be asked for.
    var isReadable: Bool { findsContacts || changesByPull }
}
