package import Domain

/// People in a CRM who change contacts, one after the other: each edit writes another city. They do so at the sandbox's
/// controls; the company's own system tells Puente itself, by signed events.
package struct ContactEdits: Sendable {
    private let crm: ConnectorKind
    private let records: [String]
    private let run: String

    /// - Parameter records: the CRM's ids of those who are edited, in turn.
    package init(in crm: ConnectorKind, of records: [String], run: String) {
        self.crm = crm
        self.records = records
        self.run = run
    }

    /// For Puente where the CRM is the company's own system, else for the sandbox.
    /// - Parameter seconds: Unix time; receivers refuse what is more than five minutes off.
    package func requests(_ edits: Range<Int>, at seconds: Int64) -> PreparedRequests {
        let signer = StandardSigner()
        var requests = PreparedRequests()
        for edit in edits {
            let record = records[edit % records.count]
            let body = Array(body(of: edit, record).utf8)
            if crm == .own {
                let id = "edit_\(run)_\(edit)"
                let headers = signer.headers(id: id, seconds: seconds, body: body)
                requests.append("POST", SystemCommands.path, headers: headers, body: body)
            } else {
                requests.append("PATCH", "/sandbox/crm/\(crm.rawValue)/contacts/\(record)", headers: [], body: body)
            }
        }
        return requests
    }

    private func body(of edit: Int, _ record: String) -> String {
        let city = "Villa \(RunMark(run: run, index: edit))"
        return switch crm {
        case .hubspot: #"{"properties":{"city":"\#(city)"}}"#
        case .salesforce: #"{"fields":{"MailingCity":"\#(city)"}}"#
        case .zoho: #"{"fields":{"Mailing_City":"\#(city)"}}"#
        case .odoo: #"{"city":"\#(city)"}"#
        case .own:
            """
            {"id":"edit_\(run)_\(edit)","type":"contact.updated","data":{"external_id":"\(record)","fields":\
            {"city":"\(city)"}}}
            """
        }
    }
}
