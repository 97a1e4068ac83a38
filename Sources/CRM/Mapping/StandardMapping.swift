package import Domain

extension FieldMapping {
    /// What is mapped while nobody chose otherwise: fields that a new account has, and those that a connector's `prepare`
    /// makes.
    ///
    /// What Puente knows for certain is told. Names, e-mail and what companies keep of people is the CRM's where both say
    /// something; numbers and countries fill blanks; labels, language and consent follow whoever wrote last, but that a
    /// withdrawn consent wins.
    /// - Parameter majorVersion: of Odoo, whose fields differ from version to version; nil where it is not known.
    package static func standard(for kind: ConnectorKind, majorVersion: Int? = nil) -> FieldMapping {
        switch kind {
        case .hubspot: FieldMapping(StandardRows.hubSpot)
        case .salesforce: FieldMapping(StandardRows.salesforce)
        case .zoho: FieldMapping(StandardRows.zoho)
        case .odoo: FieldMapping(StandardRows.odoo(majorVersion: majorVersion))
        case .own: FieldMapping(StandardRows.own)
        }
    }
}

/// The rows, CRM by CRM.
enum StandardRows {
    /// Told; the CRM's own word counts for nothing.
    static func told(_ local: LocalField, _ remote: String) -> MappingRow {
        MappingRow(local: local, remote: remote, direction: .toCRM, rule: .puenteWins)
    }

    /// Taken.
    static func taken(_ known: WellKnownField, _ remote: String) -> MappingRow {
        taken(.wellKnown(known), remote)
    }

    static func taken(_ local: LocalField, _ remote: String) -> MappingRow {
        MappingRow(local: local, remote: remote, direction: .fromCRM, rule: .crmWins)
    }

    static func both(
        _ local: LocalField, _ remote: String, _ rule: SyncRule, _ transforms: [FieldTransform] = []
    ) -> MappingRow {
        MappingRow(local: local, remote: remote, direction: .both, rule: rule, transforms: transforms)
    }

    /// Whatever writing it has there: only blanks are filled.
    static func phone(_ remote: String) -> MappingRow { both(.phone, remote, .fillBlank, [.phone(.e164)]) }

    static func email(_ remote: String) -> MappingRow { both(.email, remote, .crmWins, [.letters(.lower)]) }

    static func owner(_ remote: String) -> MappingRow { both(.wellKnown(.owner), remote, .crmWins) }

    static func consent(_ remote: String) -> MappingRow {
        both(.marketingConsent, remote, .newest, [.choices(SyncedOptIn.choices, otherwise: nil)])
    }

    /// For CRMs that want a last name of everybody: what the customer calls himself, else the number.
    static func lastNameInstead(_ remote: String) -> MappingRow {
        MappingRow(
            local: .profileName, remote: remote, direction: .toCRM, rule: .fillBlank,
            transforms: [.template("{{last_name|profile_name|phone}}")])
    }
}
