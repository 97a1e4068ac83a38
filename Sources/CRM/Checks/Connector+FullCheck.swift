package import Domain

extension Connector {
    /// Every step of ``check()`` and the version, then the mapping against the account and, where that is wished, a sample record. What comes
    /// after a step that failed is left out where it could tell nothing.
    /// - Parameters:
    ///   - mapping: nil where nothing is mapped.
    ///   - writesAt: the moment; nil writes nothing.
    package func fullCheck(_ mapping: MappingCheck?, writesAt now: Timestamp?) async -> [CheckStep] {
        var steps = await check()
        if let place = steps.firstIndex(where: { $0.name == .credential && $0.isPassed }),
            let version = await versionStep()
        {
            steps.insert(version, at: place + 1)
        }
        let isThrough = steps.contains { $0.name == .permissions || $0.name == .receiver }
        guard isThrough, steps.allSatisfy(\.isPassed) else { return steps }
        steps += await mapping?.steps(self) ?? [.nothingMapped]
        guard let now else { return steps }
        let sample = await trialWrite(now: now)
        return steps + [steps.contains(where: \.isOfMissingFields) ? sample.asNote : sample]
    }
}

extension CheckStep {
    fileprivate static let nothingMapped = CheckStep.noted(
        .mapping, en: "No field is mapped: messages are recorded, and contacts are not kept alike.",
        es: "No hay campos relacionados: se registran los mensajes y los contactos no se mantienen iguales.")

    /// The first start makes what is missing.
    fileprivate var isOfMissingFields: Bool {
        if name == .fields, case .noted = outcome { true } else { false }
    }

    fileprivate var asNote: CheckStep {
        guard case .failed(let cause, _) = outcome else { return self }
        return .noted(
            name, en: "It can be written once the fields are there. Until then: \(cause.en)",
            es: "Se podrá escribir cuando existan los campos. Hasta entonces: \(cause.es)")
    }
}
