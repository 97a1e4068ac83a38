package import Domain

/// Holds a mapping against an account: each row that cannot work, by the names of its fields, with what to do.
package struct MappingCheck: Sendable {
    /// More of them help nobody.
    private static let most = 20

    let mapping: FieldMapping
    /// Of a connection that has none yet: the first start switches off what does not fit.
    let isKept: Bool
    private let shape: @Sendable (LocalField) -> FieldShape?
    private let title: @Sendable (LocalField) -> LocalizedText

    /// - Parameters:
    ///   - shape: of a field of ours; nil for one that is not there any more.
    ///   - title: what people call it.
    package init(
        _ mapping: FieldMapping, isKept: Bool, shape: @escaping @Sendable (LocalField) -> FieldShape?,
        title: @escaping @Sendable (LocalField) -> LocalizedText
    ) {
        self.mapping = mapping
        self.isKept = isKept
        self.shape = shape
        self.title = title
    }

    package func steps(_ connector: any Connector) async -> [CheckStep] {
        let fields: [RemoteField]
        do throws(CallFailure) {
            fields = try await connector.fields()
        } catch {
            return [.failed(.mapping, error)]
        }
        let described = connector.capabilities.takesAnyField ? nil : fields
        var found = steps(mapping.problems(remote: described, shape: shape), made: connector.ownFields)
        found += doubts(described).prefix(Self.most)
        found += clashes(in: fields).prefix(Self.most)
        return found + (await people(of: connector, named: fields))
    }

    /// What works and may not be meant.
    private func doubts(_ fields: [RemoteField]?) -> [CheckStep] {
        zip(mapping.rows, mapping.warnings(remote: fields, shape: shape)).flatMap { row, warnings in
            warnings.map { CheckStep(name: .mapping, outcome: .noted(cause(of: row, $0.sentence))) }
        }
    }

    /// Whether those can be read whom a mapped field names.
    private func people(of connector: any Connector, named fields: [RemoteField]) async -> [CheckStep] {
        let naming = Set(fields.filter { $0.shape == .user }.map(\.name))
        guard mapping.rows.contains(where: { $0.isOn && naming.contains($0.remote) }) else { return [] }
        do throws(CallFailure) {
            guard let users = try await connector.users() else { return [] }
            let isAnybody = users.contains { $0.isActive && $0.email != nil }
            return isAnybody ? [] : [Self.unnamed("", "")]
        } catch {
            return [Self.unnamed(error.advice.en, error.advice.es)]
        }
    }

    private static func unnamed(_ en: String, _ es: String) -> CheckStep {
        .noted(
            .mapping,
            en:
                "The CRM does not say who its people are: owners stay as they are on both sides until Puente may read them. \(en)"
                .trimmed,
            es:
                "El CRM no dice quiénes son sus usuarios: los propietarios se quedan como están en ambos lados hasta que Puente pueda leerlos. \(es)"
                .trimmed)
    }

    /// Fields that take each value once, and would be told the same of several people.
    private func clashes(in fields: [RemoteField]) -> [CheckStep] {
        let unique = Set(fields.filter(\.isUnique).map(\.name))
        return mapping.rows.filter { row in
            row.isOn && row.direction.givesOurs && unique.contains(row.remote)
                && (row.fallback != nil || !row.local.isOnesOwn)
        }.map(clash)
    }

    private func clash(_ row: MappingRow) -> CheckStep {
        let name = title(row.local)
        let whose =
            row.fallback == nil
            ? LocalizedText(en: "of two people with the same one", es: "de dos personas con el mismo")
            : LocalizedText(
                en: "of all people without one, who get the row's fallback,",
                es: "de todas las personas sin valor, que reciben el valor por defecto de la fila,")
        return .noted(
            .mapping,
            en:
                "“\(name.en)” and “\(row.remote)”: the CRM takes each value once there; \(whose.en) the second is refused and stands among the dead letters.",
            es:
                "«\(name.es)» y «\(row.remote)»: el CRM admite allí cada valor una sola vez; \(whose.es) la segunda se rechaza y queda entre las entregas fallidas."
        )
    }

    /// - Parameter own: fields that the connector makes where they are missing.
    private func steps(_ problems: [[MappingProblem]], made own: Set<String>) -> [CheckStep] {
        var (steps, waiting): ([CheckStep], [String]) = ([], [])
        for (row, problems) in zip(mapping.rows, problems) {
            for problem in problems {
                if problem == .noSuchField, own.contains(row.remote) {
                    waiting.append(row.remote)
                } else {
                    steps.append(step(of: row, problem))
                }
            }
        }
        if !waiting.isEmpty { steps.append(Self.waiting(for: waiting)) }
        return steps.isEmpty ? [allFit] : Array(steps.prefix(Self.most))
    }

    private var allFit: CheckStep {
        let count = mapping.rows.count { $0.isOn }
        return .passed(
            .mapping, en: "Every mapped field fits on both sides (\(count)).",
            es: "Todos los campos relacionados encajan en ambos lados (\(count)).")
    }

    private func step(of row: MappingRow, _ problem: MappingProblem) -> CheckStep {
        let cause = cause(of: row, problem.sentence)
        guard isKept else { return CheckStep(name: .mapping, outcome: .noted(cause)) }
        return .failed(
            .mapping, cause: cause,
            remedy: LocalizedText(
                en: "Change the row under Connections, Fields, or switch it off.",
                es: "Cambie la fila en Conexiones, Campos, o desactívela."))
    }

    private func cause(of row: MappingRow, _ why: LocalizedText) -> LocalizedText {
        let name = title(row.local)
        return LocalizedText(
            en: "“\(name.en)” and “\(row.remote)”: \(why.en)", es: "«\(name.es)» y «\(row.remote)»: \(why.es)")
    }

    private static func waiting(for fields: [String]) -> CheckStep {
        let list = fields.joined(separator: ", ")
        return .noted(
            .mapping,
            en:
                "Rows wait for these fields, which Puente makes when it begins to work with the CRM, and under Connections, Fields: \(list).",
            es:
                "Hay filas que esperan estos campos, que Puente crea al empezar a trabajar con el CRM y en Conexiones, Campos: \(list)."
        )
    }
}

extension LocalField {
    /// No two contacts say the same.
    fileprivate var isOnesOwn: Bool {
        switch self {
        case .phone, .whatsAppID, .userID, .email, .page: true
        case .name, .firstName, .lastName, .profileName, .username, .language, .note, .labels, .marketingConsent,
            .marketingConsentAt, .marketingConsentSource, .lastInboundAt, .lastOutboundAt, .windowEndsAt, .createdAt,
            .wellKnown, .custom:
            false
        }
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
